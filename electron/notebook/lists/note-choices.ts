import { DOCUMENTS_OFFERED, type NoteChoices } from '#api';
import { compareTitles, lastChangeOf, type NotebookOutline, tagKey, wholeNotes } from '#model';
import { type Pause, slicesOf, sortInSlices } from '../../pacing';
import type { DocumentTitles } from './document-titles';
import { emptyList, type Item, type KeptList, type NotebooksAtHand, type Part, updateList } from './kept-list';
import { createTagTest } from './query-filter';

/** What the notes of one document can be narrowed to. */
interface Offer extends Item {
  outline: NotebookOutline;
  newest: string;
  /** Names by key, in the casing that came first. */
  tags: ReadonlyMap<string, string>;
}

/** What the notes under a tag can be narrowed to, as far as the notebooks that it was asked of go. */
export interface KeptChoices {
  within: string | undefined;
  listing: KeptList<Offer>;
  tags: readonly string[];
}

/** The choices as they are now; `before` are those that were asked for last. */
export async function findChoices(
  within: string | undefined,
  before: KeptChoices | undefined,
  { outlines, notebook }: NotebooksAtHand,
  pause: Pause,
): Promise<KeptChoices> {
  const earlier = before?.within === within ? before : undefined;
  const isWithin = within === undefined ? () => true : createTagTest(within);
  const keys = new Map<string, string>();
  const keyOf = (name: string): string => {
    const key = keys.get(name) ?? tagKey(name);
    keys.set(name, key);
    return key;
  };
  const read = async (outline: NotebookOutline): Promise<Part<Offer>> => {
    const { id: documentId, noteTags, newestNoteAt = '' } = outline;
    const byKey = new Map<string, string>();
    const add = (tags: readonly string[]) => {
      for (const name of tags) if (!byKey.has(keyOf(name))) byKey.set(keyOf(name), name);
    };
    let newest = '';
    if (within === undefined) {
      newest = newestNoteAt;
      add(noteTags);
    } else if (isWithin(noteTags)) {
      for (const [index, notes] of slicesOf(wholeNotes((await notebook(documentId))?.notes ?? []))) {
        if (index > 0) await pause();
        for (const note of notes) {
          if (!isWithin(note.tags)) continue;
          const changedAt = lastChangeOf(note);
          if (changedAt > newest) newest = changedAt;
          add(note.tags);
        }
      }
    }
    return { outline, items: newest === '' ? [] : [{ documentId, outline, newest, tags: byKey }] };
  };
  const listing = await updateList<Offer, Part<Offer>>(earlier?.listing ?? emptyList(), outlines(), { read, compare }, pause);
  if (earlier?.listing === listing) return earlier;
  return { within, listing, tags: await tagsOf(listing, pause) };
}

const compareText = (a: string, b: string): number => Number(a > b) - Number(a < b);
const compare = (a: Offer, b: Offer): number => compareText(b.newest, a.newest) || compareText(a.documentId, b.documentId);

async function tagsOf({ parts }: KeptList<Offer>, pause: Pause): Promise<string[]> {
  const byKey = new Map<string, string>();
  for (const { items } of parts.values()) {
    const paused = pause();
    if (paused) await paused;
    for (const { tags } of items) for (const [key, name] of tags) if (!byKey.has(key)) byKey.set(key, name);
  }
  return (await sortInSlices([...byKey], ([a], [b]) => compareText(a, b), pause)).map(([, name]) => name);
}

/** What is offered of it; among many documents those with the newest notes, and the one that is chosen. */
export function offered({ listing: { order }, tags }: KeptChoices, titles: DocumentTitles, chosenId?: string): NoteChoices {
  const newest = order.slice(0, DOCUMENTS_OFFERED);
  const chosen = order.slice(DOCUMENTS_OFFERED).filter(({ documentId }) => documentId === chosenId);
  const documents = [...newest, ...chosen].map(({ documentId, outline }) => ({ id: documentId, title: titles.of(outline) }));
  return {
    tags: [...tags],
    people: [...new Set(order.flatMap(({ outline }) => outline.people ?? []))].sort(compareText),
    documents: documents.sort((a, b) => compareTitles(a.title, b.title) || compareText(a.id, b.id)),
    hasMore: order.length > DOCUMENTS_OFFERED,
  };
}
