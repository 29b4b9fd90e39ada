/** The password of the open document, where it is protected by one: in this window's memory, and nowhere else. */
let known: { documentId: string; password: string } | undefined;

export const rememberPassword = (documentId: string, password: string): void => {
  known = { documentId, password };
};

/** `undefined` for a document that was opened without one. */
export const passwordOf = (documentId: string): string | undefined => (known?.documentId === documentId ? known.password : undefined);

export const forgetPassword = (): void => {
  known = undefined;
};
