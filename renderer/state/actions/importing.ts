import { fail, type ImportedFiles, LARGEST_IMPORT, type NotesImport, type Result } from '#api';
import { call, upload } from '../client';
import { askForFiles } from '../file-dialog';
import { saving } from '../notebook-sync';
import { bring, takeBack } from './bringing';
import { notify, reportError } from './notices';
import { showDialog } from './view';

/** A file that notes are to be imported from, with the folders that it was found in. */
export interface NamedFile {
  name: string;
  file: File;
}

/** Files, and the person whose notes are in them; empty for the reader's own. */
export interface ImportSource {
  files: readonly NamedFile[];
  person: string;
}

/** Asks for files with notes, or shows what would be imported from some. */
export const showImport = (files?: readonly NamedFile[]): void => showDialog({ type: 'import', files });

/** Asks for files, or for a folder of them. */
export function chooseImport(of: 'files' | 'folder', onChosen: (files: NamedFile[]) => void): void {
  const isFolder = of === 'folder';
  askForFiles({ isMultiple: true, isFolder }, (chosen) => {
    const files = chosen.map((file) => ({ name: file.webkitRelativePath || file.name, file }));
    if (files.length > 0) onChosen(isFolder ? files.filter(mayBeExport) : files);
  });
}

/** What a folder of notes holds beside them. */
const OTHER = /(^|\/)\.|\.(avif|bmp|docx?|epub|gif|heic|ico|jpe?g|m4a|mobi|mov|mp[34]|ogg|pdf|png|pptx?|svg|tiff?|wav|webm|webp|xlsx?)$/i;

const mayBeExport = ({ name }: NamedFile): boolean => !OTHER.test(name);

/** The files that were dropped, and those in dropped folders. To be called while the event is dispatched. */
export async function filesOfDrop({ items }: DataTransfer): Promise<NamedFile[]> {
  const entries = [...items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  const found: NamedFile[] = [];
  for (const entry of entries) {
    if (entry.isDirectory) found.push(...(await filesIn(entry as FileSystemDirectoryEntry)).filter(mayBeExport));
    else found.push(await fileOf(entry as FileSystemFileEntry));
  }
  return found;
}

const fileOf = (entry: FileSystemFileEntry): Promise<NamedFile> =>
  new Promise((resolve, reject) => {
    entry.file((file) => resolve({ name: entry.fullPath.replace(/^\//, ''), file }), reject);
  });

async function filesIn(folder: FileSystemDirectoryEntry): Promise<NamedFile[]> {
  const reader = folder.createReader();
  const found: NamedFile[] = [];
  for (;;) {
    // It gives some at a time, and none at the end.
    const entries = await new Promise<FileSystemEntry[]>((resolve, reject) => {
      reader.readEntries(resolve, reject);
    });
    if (entries.length === 0) return found;
    for (const entry of entries) {
      if (entry.isDirectory) found.push(...(await filesIn(entry as FileSystemDirectoryEntry)));
      else found.push(await fileOf(entry as FileSystemFileEntry));
    }
  }
}

/** What importing would do. What was typed a moment ago is saved first, so that it is counted. */
export async function planImport({ files, person }: ImportSource): Promise<Result<NotesImport>> {
  const unsaved = await saving.flush();
  if (unsaved) return { ok: false, failure: unsaved };
  if (files.length === 0) return fail('import-empty', 'There is no file in this folder that may be an export of Lectern’s.');
  const size = files.reduce((sum, { file }) => sum + file.size, 0);
  if (size > LARGEST_IMPORT) {
    const [had, most] = [Math.ceil(size / 1_048_576), LARGEST_IMPORT / 1_048_576];
    return fail(
      'document-too-large',
      `All files together have ${had} MB, and up to ${most} MB are imported at once. Import some of them first.`,
    );
  }
  for (const { name, file } of files) {
    try {
      await file.slice(0, 1).arrayBuffer();
    } catch {
      return fail('file-not-importable', `“${name}” could not be read. If it is a folder, choose it as one.`);
    }
  }
  return upload('import.plan', packFiles(files, person.trim()));
}

/** All files as one, after a line that lists them: the host gets them whole, in one turn. */
function packFiles(files: readonly NamedFile[], person: string): File {
  const list: ImportedFiles = {
    ...(person !== '' && { creator: { name: person } }),
    files: files.map(({ name, file }) => ({ name: name.slice(-1000), size: file.size, modified: file.lastModified })),
  };
  return new File([`${JSON.stringify(list)}\n`, ...files.map(({ file }) => file)], 'import');
}

/** Lets go of a plan that is not carried out. */
export const forgetImport = (planId: string): void => void call('import.forget', { planId }).catch(reportError);

const undo = (planId?: string) => call('import.undo', { planId });

/** Does what was planned; says what was done, and offers to take it back. */
export const applyImport = (planId: string, undelete: boolean): Promise<void> =>
  bring({ dialog: 'import', label: 'Import notes', planId, apply: () => call('import.apply', { planId, undelete }), undo });

export const stopImport = (): Promise<null> => call('import.stop', {});

/** Takes back what the last import brought and was not changed since; nothing where that was by another plan than `planId`. */
export const undoImport = (planId?: string): Promise<void> => takeBack({ dialog: 'import', undo, planId });

/** UTF-16 code units of a file's beginning that tell what it is, and bytes of a zip's end that name its files. */
const BEGINNING = 4_000;
const DIRECTORY = 65_536;

/** Bytes of a document that is looked through for notes. */
const LOOKED_THROUGH = 8 * 1_048_576;

/** Whether a file is nothing but notes that Lectern exported. */
export async function isCertainExport(file: File): Promise<boolean> {
  if (/\.zip$/i.test(file.name)) {
    const names = await file.slice(-DIRECTORY).text();
    return /\.(md|html|jsonld)PK/.test(names) && !/notebooks\/|tags\.json/.test(names);
  }
  if (!/\.(json|jsonld)$/i.test(file.name)) return false;
  const beginning = await file.slice(0, BEGINNING).text();
  return beginning.includes('"AnnotationCollection"') && beginning.includes('urn:x-lectern:');
}

/** Whether a document holds notes that Lectern exported. */
export async function holdsNotes(file: File): Promise<boolean> {
  if (file.size > LOOKED_THROUGH || !/\.(md|markdown|html?|txt)$/i.test(file.name)) return false;
  const text = await file.text();
  return (
    /\n<!-- lectern(?: [0-9a-f]{8})?\r?\n/.test(text) || text.slice(0, BEGINNING).includes('<meta name="generator" content="Lectern">')
  );
}

/** Offers to import notes out of documents that hold them: they were opened, as it was asked for. */
export function offerImport(files: readonly File[]): void {
  const [first] = files;
  if (!first) return;
  const which = files.length === 1 ? `“${first.name}” holds` : `${files.length} of these files hold`;
  const action = { label: 'Import…', run: () => showImport(files.map((file) => ({ name: file.name, file }))) };
  notify('info', `${which} notes that Lectern exported. They can be imported.`, { action });
}
