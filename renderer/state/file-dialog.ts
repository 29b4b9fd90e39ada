interface FileDialog {
  /** Endings and media types that are offered; everything unless told. */
  accept?: string;
  isMultiple?: boolean;
  /** A folder is chosen, with all that is in it. */
  isFolder?: boolean;
}

/** The field of the dialog that was opened last. */
let field: HTMLInputElement | undefined;

/** Asks for files with the browser's own dialog, which every host has. Where it is cancelled, nothing is told. */
export function askForFiles({ accept = '', isMultiple = false, isFolder = false }: FileDialog, onChosen: (files: File[]) => void): void {
  field?.remove();
  const input = document.createElement('input');
  field = input;
  Object.assign(input, { type: 'file', hidden: true, accept, multiple: isMultiple, webkitdirectory: isFolder });
  input.addEventListener('cancel', () => input.remove());
  input.addEventListener('change', () => {
    input.remove();
    onChosen([...(input.files ?? [])]);
  });
  // One that is in no document can be collected as garbage while its dialog is open.
  document.body.append(input);
  input.click();
}
