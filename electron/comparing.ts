import { type CallsOf, documentNotFound, type EarlierText, fail, ok, type ParsedArgs, pageOf, type Result, type TextPage } from '#api';
import { type Anchor, type ComparedParagraph, type Note, type Paragraph, paragraphsOf, wholeNotes } from '#model';
import type { Library } from './library';
import type { Log } from './log';
import type { NotebookStore } from './notebook';

interface ComparingOptions {
  notebooks: Pick<NotebookStore, 'get' | 'readText'>;
  library: Pick<Library, 'file' | 'readThrough'>;
  log: Log;
}

type PageArgs = ParsedArgs<'texts.page'>;

/** The texts that a document's notes were made on, by themselves or beside the present one. */
export interface Comparing {
  list(documentId: string): EarlierText[];
  /** A newer question of the same client for another text ends this one with `cancelled`. */
  page(args: PageArgs, client: string): Promise<Result<TextPage>>;
}

export const textsCalls = (comparing: Comparing): CallsOf<'texts'> => ({
  'texts.list': ({ documentId }) => comparing.list(documentId),
  'texts.page': (args, client) => comparing.page(args, client),
});

/** ms for which a text stays at hand after it was asked for last. */
const KEPT_FOR = 60_000;

/** Two texts as they are shown. */
interface Compared {
  before: string;
  now: string;
  rows: readonly ComparedParagraph[];
  changed: number;
}

interface Kept {
  key: string;
  compared: Promise<Result<Compared>>;
  timer?: NodeJS.Timeout;
}

export function createComparing({ notebooks, library, log }: ComparingOptions): Comparing {
  const clients = new Map<string, Kept>();

  const read = async ({ documentId, textHash, isCompared }: PageArgs): Promise<Result<Compared>> => {
    const kept = await notebooks.readText(textHash);
    if (!kept.ok) return kept;
    const before = kept.value;
    if (!isCompared) return ok({ before, now: '', rows: paragraphsOf(before).map((each) => ({ before: each, isSame: true })), changed: 0 });
    let compared: { text: string; rows: readonly ComparedParagraph[] } | undefined;
    const done = await library.readThrough(documentId, () => async ({ compare }) => {
      compared = await compare(before);
      return undefined;
    });
    if (!done.ok) return done;
    if (!compared) {
      log.error(`The texts of ${documentId} could not be compared`);
      return fail('document-unreadable', 'The two texts could not be compared. Try it again in a moment.');
    }
    return ok({ before, now: compared.text, rows: compared.rows, changed: compared.rows.filter(({ isSame }) => !isSame).length });
  };

  const keptOf = (client: string, args: PageArgs): Kept => {
    const { documentId, textHash, isCompared } = args;
    const key = JSON.stringify([documentId, textHash, isCompared && library.file(documentId)?.textHash]);
    const before = clients.get(client);
    clearTimeout(before?.timer);
    const kept: Kept = before?.key === key ? before : { key, compared: read(args) };
    kept.timer = setTimeout(() => forget(client, kept), KEPT_FOR);
    kept.timer.unref();
    clients.set(client, kept);
    return kept;
  };

  /** Forgets a text, unless another one was asked for since. */
  const forget = (client: string, kept: Kept): void => {
    clearTimeout(kept.timer);
    if (clients.get(client) === kept) clients.delete(client);
  };

  return {
    list(documentId) {
      const notebook = notebooks.get(documentId);
      if (!notebook) return [];
      const present = library.file(documentId)?.textHash;
      const byText = Map.groupBy(notebook.notes.filter(hasAnchor), ({ anchor }) => anchor.textHash);
      return [...byText]
        .map(([textHash, notes]) => {
          const until = notebook.identity.history.findLast((state) => state.textHash === textHash)?.until;
          return { textHash, noteCount: wholeNotes(notes).length, ...(until !== undefined && { until }), isPresent: textHash === present };
        })
        .sort((a, b) => Number(b.isPresent) - Number(a.isPresent) || ((a.until ?? '') < (b.until ?? '') ? 1 : -1));
    },
    async page(args, client) {
      const notebook = notebooks.get(args.documentId);
      if (!notebook) return documentNotFound();
      const kept = keptOf(client, args);
      const compared = await kept.compared;
      if (clients.get(client) !== kept) return fail('cancelled', 'Another text was asked for meanwhile.');
      if (!compared.ok) {
        forget(client, kept);
        return compared;
      }
      const { before, now, rows, changed } = compared.value;
      const notes = notebook.notes.filter(hasAnchor).filter(({ anchor }) => anchor.textHash === args.textHash && !anchor.area);
      const page = pageOf(rows, args);
      const at = rows.findIndex((row) => row.before && row.before[1] > args.at);
      return ok({
        ...page,
        at: Math.max(0, at),
        changed,
        rows: page.rows.map((row) => ({
          ...(row.before && { before: before.slice(...row.before) }),
          ...(row.now && { now: now.slice(...row.now) }),
          marks: row.before ? marksIn(row.before, notes) : [],
          isSame: row.isSame,
        })),
      });
    },
  };
}

type AnchoredNote = Note & { anchor: Anchor };

const hasAnchor = (note: Note): note is AnchoredNote => note.anchor !== undefined;

/** The passages of notes in a paragraph, in their order, none over another. */
function marksIn([start, end]: Paragraph, notes: readonly AnchoredNote[]): TextPage['rows'][number]['marks'] {
  let last = start;
  return notes
    .filter(({ anchor }) => anchor.start < end && anchor.end > start)
    .sort((a, b) => a.anchor.start - b.anchor.start)
    .flatMap(({ anchor, colour }) => {
      const from = Math.max(last, anchor.start);
      const to = Math.min(end, anchor.end);
      if (to <= from) return [];
      last = to;
      return [{ start: from - start, end: to - start, colour }];
    });
}
