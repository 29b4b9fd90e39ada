import { type Args, type Clip, fail, type MethodName, ok, type PreparedExport, type Result, type Returns, readClip } from '#api';
import { cancelExport, receiveExport } from './exports';

type BrowserShellMethod = Exclude<Extract<MethodName, `shell.${string}`>, 'shell.flushed'>;

/** What the browser itself does of what Electron's shell does. Only `shell.flushed` is for the server. */
export const browserShell: { [M in BrowserShellMethod]: (args: Args<M>) => Promise<Returns<M>> } = {
  // The host has no dialog (`capabilities.folderDialog`): the reader writes a path.
  'shell.choose-folder': async () => null,
  'shell.save-export': ({ prepared }) => save(prepared),
  'shell.copy-export': ({ prepared }) => copyExport(prepared),
  'shell.cancel-export': async ({ exportId }) => cancelExport(exportId),
  'shell.copy-text': copy,
  'shell.read-clipboard': readClipboard,
  'shell.open-external': async ({ url }) => {
    window.open(url, '_blank', 'noopener,noreferrer');
    return ok(null);
  },
  // The host has no file manager (`capabilities.fileManager`): the reader copies the path.
  'shell.show-folder': async () => fail('not-opened', 'A browser cannot show a folder. Copy its path instead.'),
  'shell.reload': async () => {
    window.location.reload();
    return null;
  },
  'shell.set-theme': async () => null,
  'shell.set-keys': async () => null,
};

/** Receives an export whole, and only then gives it to the browser to be saved: one that breaks off leaves nothing behind. */
async function save({ id, name, fileCount, mediaType }: PreparedExport): Promise<Result<{ place: string }>> {
  const received = await receiveExport(id, 'file');
  if (!received.ok) return received;
  const isSingle = fileCount === 1;
  const file = isSingle ? name : 'Lectern export.zip';
  const url = URL.createObjectURL(received.value.slice(0, received.value.size, isSingle ? mediaType : 'application/zip'));
  const link = document.createElement('a');
  link.href = url;
  link.download = file;
  link.click();
  // The download has its own hold on the content once it began.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
  return ok({ place: `the browser’s downloads, as ${file}` });
}

async function copyExport({ id }: PreparedExport): Promise<Result<null>> {
  const received = await receiveExport(id, 'text');
  return received.ok ? copy({ text: await received.value.text() }) : received;
}

async function copy({ text, html, markdown }: Args<'shell.copy-text'>): Promise<Result<null>> {
  try {
    await navigator.clipboard.write([clipboardItem({ 'text/plain': text, 'text/html': html, 'web text/markdown': markdown })]);
    return ok(null);
  } catch {
    return copyBySelection(text)
      ? ok(null)
      : fail('write-failed', 'The browser does not let Lectern write to the clipboard. Allow it for this page, or export to a file.');
  }
}

/** The browser asks the reader whether the page may. It does not tell where something was copied from. */
async function readClipboard(): Promise<Result<Clip>> {
  try {
    return ok(await readClip(await navigator.clipboard.read()));
  } catch {
    const way = 'Allow it for this page, or move the keyboard to the library (F6) and paste there.';
    return fail('not-opened', `The browser does not let Lectern read the clipboard. ${way}`);
  }
}

/** What a clipboard takes of these forms, by media type; Markdown only where the browser has room for what pages agree upon. */
const clipboardItem = (forms: Readonly<Record<string, string | undefined>>): ClipboardItem =>
  new ClipboardItem(
    Object.fromEntries(
      Object.entries(forms).flatMap(([type, text]) =>
        text !== undefined && ClipboardItem.supports(type) ? [[type, new Blob([text], { type: type.replace(/^web /, '') })]] : [],
      ),
    ),
  );

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
