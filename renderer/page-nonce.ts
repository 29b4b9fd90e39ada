/** The nonce that the host made for this load: what CodeMirror and Radix need to add their `<style>` elements. */
export const pageNonce = (): string => document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
