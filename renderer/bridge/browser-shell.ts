import { strToU8, zipSync } from 'fflate';
import { type Args, type ExportFile, fail, type MethodName, ok, type Result, type Returns } from '#api';

type BrowserShellMethod = Exclude<Extract<MethodName, `shell.${string}`>, 'shell.flushed'>;

/** What the browser itself does of what Electron's shell does. Only `shell.flushed` is for the server. */
export const browserShell: { [M in BrowserShellMethod]: (args: Args<M>) => Promise<Returns<M>> } = {
  // The host has no dialog (`capabilities.folderDialog`): the reader writes a path.
  'shell.choose-folder': async () => null,
  'shell.save-files': async ({ files }) => ok({ place: `the browser’s downloads, as ${download(files)}` }),
  'shell.copy-text': ({ text }) => copy(text),
  'shell.open-external': async ({ url }) => {
    window.open(url, '_blank', 'noopener,noreferrer');
    return ok(null);
  },
  'shell.reload': async () => {
    window.location.reload();
    return null;
  },
  'shell.set-theme': async () => null,
  'shell.set-keys': async () => null,
};

/** Downloads a file, or several in a zip; the name under which the browser saves it. */
function download(files: readonly ExportFile[]): string {
  const [first] = files;
  if (!first) throw new Error('There is no file to download.');
  const single = files.length === 1;
  const name = single ? first.name : 'Lectern export.zip';
  const content = single ? first.text : zip(files);
  const url = URL.createObjectURL(new Blob([content], { type: single ? first.mediaType : 'application/zip' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has its own hold on the content once it began.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
  return name;
}

const zip = (files: readonly ExportFile[]): Uint8Array<ArrayBuffer> =>
  new Uint8Array(zipSync(Object.fromEntries(files.map(({ name, text }) => [name, strToU8(text)]))));

async function copy(text: string): Promise<Result<null>> {
  try {
    await navigator.clipboard.writeText(text);
    return ok(null);
  } catch {
    return copyBySelection(text)
      ? ok(null)
      : fail('write-failed', 'The browser does not let Lectern write to the clipboard. Allow it for this page, or export to a file.');
  }
}

/** For browsers that keep the clipboard's interface from a page without focus or permission. */
function copyBySelection(text: string): boolean {
  const focused = document.activeElement;
  const area = document.createElement('textarea');
  area.value = text;
  area.style.position = 'fixed';
  area.style.opacity = '0';
  document.body.append(area);
  area.select();
  const copied = document.execCommand('copy');
  area.remove();
  if (focused instanceof HTMLElement) focused.focus();
  return copied;
}
