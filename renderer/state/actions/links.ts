import { playedAs } from '#formats/list';
import {
  type LinkText,
  linkAsHtml,
  linkAsMarkdown,
  type PlaceAddress,
  placeName,
  quoteForAddress,
  quoteOf,
  readAddress,
  readTitleLink,
  SYSTEM_LINK,
  writePlace,
} from '#model';
import { call } from '../client';
import { isExactlyAt } from '../passages';
import { readerHandle } from '../reader-handle';
import { type Goal, getState, selectNotebook, wholeNoteOf } from '../store';
import { openDocument } from './documents';
import { focusPane } from './focus';
import { notify, notifyFailure } from './notices';
import { leaveLibraryDrawer } from './panes';
import { showDialog } from './view';

/** Opens an address outside once the reader has said so: asked by the host where it can, else by the window. */
export async function followExternal(url: string): Promise<void> {
  if (getState().info.capabilities.linkDialog) await openExternal(url);
  else showDialog({ type: 'link', url });
}

export async function openExternal(url: string): Promise<void> {
  const result = await call('shell.open-external', { url });
  if (!result.ok) notifyFailure(result.failure);
}

/** Opens the place that one of Lectern's own addresses names, or says why there is none. */
export async function openAddress(address: string): Promise<void> {
  const place = readAddress(address);
  if ('problem' in place) notify('error', place.problem);
  else await openPlace(place);
}

async function openPlace({ documentId: named, noteId, passage }: PlaceAddress): Promise<void> {
  const { documentId, note } = await call('links.place', { documentId: named, noteId });
  if (documentId === undefined) {
    notify('error', 'The document to which this link leads is not in the library: it was forgotten, or its file is not here.');
    return;
  }
  if (note === 'in-trash') notify('info', 'The note to which this link leads is in the trash. Its document is opened.');
  else if (note === 'gone') notify('info', 'The note to which this link leads is not here any more. Its document is opened.');
  const goal: Goal | undefined =
    note === 'here' && noteId !== undefined
      ? { type: 'note', noteId }
      : passage && {
          type: 'text',
          place: { start: passage.start, end: passage.end, textHash: passage.textHash },
          before: '',
          match: passage.quote,
          after: '',
        };
  await openHere(documentId, goal);
}

/** Opens a document to which a link leads; its text gets the keyboard. */
async function openHere(documentId: string, goal?: Goal): Promise<void> {
  await openDocument(documentId, { goal });
  leaveLibraryDrawer();
  focusPane('main');
}

/** Opens a note to which, or from which, a link leads. */
export const openNote = (documentId: string, noteId: string): Promise<void> => openHere(documentId, { type: 'note', noteId });

/**
 * Opens what `[[Title#Heading|words]]` names: where a title itself has the sign of a heading in it, that title. `besideId`: the document in the text of which
 * the link stands.
 */
export async function openByTitle(written: string, besideId?: string): Promise<void> {
  const { target, heading } = readTitleLink(written);
  const beforeHeading = heading === undefined || target === '' ? undefined : await call('links.find', { title: target, besideId });
  if (heading !== undefined && beforeHeading?.documentIds.length === 1)
    await openHere(beforeHeading.documentIds[0] ?? '', { type: 'name', name: placeName(heading) });
  else await openNamed(written, besideId);
}

/** The document to whose file a relative link in the open one leads; `undefined` where the library has none. */
async function fileLinked(path: string): Promise<string | undefined> {
  const { open } = getState();
  return open && (await call('library.find', { path, besideId: open.documentId })).documentId;
}

/**
 * Where a relative link in the open document leads: to the document of the library that has the file, else, from a page that was saved alone, to what lay
 * beside it on the web; `undefined` where neither is known.
 */
export async function fileTarget(path: string): Promise<{ documentId: string } | { address: string } | undefined> {
  const { open, documents } = getState();
  // Another one may be open by the time that the file is looked for.
  const page = documents.get(open?.documentId ?? '')?.address;
  const documentId = await fileLinked(path);
  if (documentId !== undefined) return { documentId };
  const url = page === undefined ? null : URL.parse(path, page);
  return url ? { address: url.href } : undefined;
}

/** A document to which a link leads, with the file that it is read from, and how the place in it is named. */
export interface LinkedDocument {
  documentId: string;
  rawHash: string;
  name?: string | undefined;
}

/** The same with what it takes to show what stands there. */
export async function documentLinked(path: string, name: string | undefined): Promise<LinkedDocument | undefined> {
  const documentId = await fileLinked(path);
  return documentId === undefined ? undefined : withFile(documentId, name);
}

async function withFile(documentId: string, name: string | undefined): Promise<LinkedDocument | undefined> {
  const opened = await call('library.open', { documentId });
  return opened.ok ? { documentId, rawHash: opened.value.source.rawHash, name } : undefined;
}

/**
 * The one document that `[[Title#Heading]]` in the text of the open document names, with the file that it is read from, and how its heading is named; `undefined` where there is none, or
 * more than one.
 */
export async function documentNamed(written: string): Promise<LinkedDocument | undefined> {
  const { target, heading } = readTitleLink(written);
  const besideId = getState().open?.documentId;
  for (const [title, name] of heading === undefined ? [[written]] : [[target, placeName(heading)], [written]]) {
    const { documentIds } = title === undefined || title === '' ? { documentIds: [] } : await call('links.find', { title, besideId });
    const [documentId] = documentIds;
    if (documentId === undefined || documentIds.length > 1) continue;
    return withFile(documentId, name);
  }
  return undefined;
}

async function openNamed(title: string, besideId: string | undefined): Promise<void> {
  const { documentIds, note } = await call('links.find', { title, besideId });
  const [documentId] = documentIds;
  if (documentIds.length > 1) {
    notify('info', `${documentIds.length} documents have the title “${title}”. Choose the one that is meant.`);
    showDialog({ type: 'palette', query: `title:"${title.replaceAll('"', ' ')}"` });
  } else if (documentId !== undefined) await openHere(documentId);
  else if (note) await openNote(note.documentId, note.noteId);
  else if (!sayPlayed(readTitleLink(title).target)) showDialog({ type: 'missing-link', title });
}

/** Says of a link that leads to a sound or film, which this document does not play, why nothing is opened; false where it leads to another file. */
export function sayPlayed(path: string): boolean {
  const kind = playedAs(path);
  if (!kind) return false;
  const name = path.slice(path.lastIndexOf('/') + 1);
  notify(
    'info',
    `“${name}” is a ${kind === 'audio' ? 'sound' : 'film'}, not a document: it is played where a document shows it, and this one does not.`,
  );
  return true;
}

/** A place with how it is called, and which kind of place it is for a sentence. */
interface Linked {
  place: PlaceAddress;
  text: LinkText;
  kind: 'document' | 'note' | 'passage';
}

/** Puts a link on the clipboard: to the selected passage, else to the note in focus, else to the document. */
export async function copyLink(form: 'address' | 'markdown' = 'address'): Promise<void> {
  const linked = selectedPassage() ?? focusedNote() ?? openedDocument();
  if (linked) await copy(linked, form);
}

export async function copyLinkToNote(documentId: string, noteId: string): Promise<void> {
  const linked = noteIn(documentId, noteId);
  if (linked) await copy(linked, 'address');
}

/** Puts a link to a document on the clipboard, without one to the open document. */
export async function copyLinkToDocument(documentId = getState().open?.documentId): Promise<void> {
  if (documentId !== undefined) await copy(documentWith(documentId), 'address');
}

async function copy({ place, text, kind }: Linked, form: 'address' | 'markdown'): Promise<void> {
  const address = addressOf(place);
  const content = form === 'markdown' ? { text: linkAsMarkdown(text, address) } : { text: address, html: linkAsHtml(text, address) };
  const result = await call('shell.copy-text', content);
  if (result.ok) notify('info', `The link to the ${kind} is on the clipboard${form === 'markdown' ? ', as Markdown' : ''}.`);
  else notifyFailure(result.failure);
}

/** The address of a place as it can be opened from outside: by the system, or in the browser that has this page. */
export const addressOf = (place: PlaceAddress): string => linkBase() + writePlace(place);

/** What stands before a place in such an address. The page's own has no key in it. */
export const linkBase = (): string =>
  getState().info.capabilities.systemLinks ? SYSTEM_LINK : `${window.location.origin}${window.location.pathname}#`;

/** The address of the selected passage, or of the note that marks it. */
export function addressOfSelection(): string | undefined {
  const selected = selectedPassage();
  return selected && addressOf(selected.place);
}

/** The selected passage: by the note that marks it where one does, else by where it is and how it begins. */
function selectedPassage(): Linked | undefined {
  const handle = readerHandle();
  const selection = handle?.selection();
  const { open, placements } = getState();
  if (!handle || !selection || !open) return undefined;
  const marked = selectNotebook(getState())?.notes.find(({ id }) => isExactlyAt(placements.get(id), selection));
  if (marked) return noteIn(open.documentId, marked.id);
  const quote = handle.text().slice(selection.start, selection.end);
  // Without the hash of a text that is still coming, the passage is found by its words.
  const passage = { ...selection, textHash: open.textHash ?? '0'.repeat(64), quote: quoteForAddress(quote) };
  return { place: { documentId: open.documentId, passage }, text: { title: titleOf(open.documentId), quote }, kind: 'passage' };
}

function focusedNote(): Linked | undefined {
  const { open, focusedNoteId } = getState();
  return open && focusedNoteId !== undefined ? noteIn(open.documentId, focusedNoteId) : undefined;
}

function noteIn(documentId: string, noteId: string): Linked | undefined {
  const note = wholeNoteOf(documentId, noteId);
  const quote = note && (quoteOf(note) ?? note.body);
  return note && { place: { documentId, noteId: note.id }, text: { title: titleOf(documentId), quote }, kind: 'note' };
}

function openedDocument(): Linked | undefined {
  const { open } = getState();
  return open && documentWith(open.documentId);
}

const documentWith = (documentId: string): Linked => ({ place: { documentId }, text: { title: titleOf(documentId) }, kind: 'document' });

const titleOf = (documentId: string): string => getState().documents.get(documentId)?.title ?? 'Document';
