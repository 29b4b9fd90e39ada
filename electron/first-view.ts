import { readFile } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import {
  type AppInfo,
  type Args,
  type CoreMethodName,
  coreMethods,
  type DocumentPage,
  type DocumentQuery,
  type IndexProgress,
  pageOf,
  type Returns,
} from '#api';
import type { Clients } from './clients';
import type { Core, Searching } from './core';
import type { Log } from './log';
import { digestOf } from './storage/disk-state';
import { systemCode } from './storage/errno';
import { writeNewFile } from './storage/guarded-write';

/** Rows of the list that are kept: more than a window asks for at first. */
const ROWS = 200;

/** ms without another change until what a window would show first is kept again: not again and again while files are taken in. */
const REST = 5_000;

/** ms after which it is kept all the same. */
const LONGEST_REST = 60_000;

/** Raise the number when what is kept means something else than before. */
const VERSION = 1;

/** How it calls itself to the core. */
const CLIENT = 'first view';

const documents = coreMethods['library.documents'];

/** What a window shows first. Derived: it may be deleted at any time. */
const viewSchema = z.object({
  version: z.literal(VERSION),
  /** Of the file of the settings: a window opens the document that they name, and must not open another. */
  settingsDigest: z.string(),
  overview: coreMethods['library.overview'].result,
  tags: coreMethods['tags.list'].result,
  settings: coreMethods['settings.read'].result,
  query: documents.args.shape.query,
  page: documents.result,
});
type View = z.infer<typeof viewSchema>;

interface FirstViewOptions {
  /** In LOCAL; absolute. */
  file: string;
  /** Absolute. */
  settingsFile: string;
  /** What the core will say of the application, but for its problems. */
  info: Omit<AppInfo, 'problems'>;
  clients: Clients;
  log: Log;
  /** What answers searches before the core is there; never where nothing can. */
  searchable: Promise<Searching>;
}

type Handle = Core['handle'];

/** Answers calls as the core does, and some of them before it is opened. */
export interface FirstView {
  handle: Handle;
  /** Keeps what a window would show first now. */
  close(): Promise<void>;
}

/**
 * While the core is being opened, which takes a second with a large library, answers what a window asks for as it starts from what was kept
 * at the end of the last run. Once the core is there, who was answered so is told to ask again, unless it would get the same. Searches are answered
 * once the index is open. All other calls wait for the core.
 */
export function createFirstView(
  { file, settingsFile, info, clients, log, searchable }: FirstViewOptions,
  opening: Promise<Core>,
): FirstView {
  /** Until the core is there. */
  let kept: ReturnType<typeof readView> | undefined = readView(file, settingsFile, log);
  let core: Core | undefined;
  let wasShown = false;
  let timer: NodeJS.Timeout | undefined;
  /** Since when something is other than what was kept. */
  let touchedAt: number | undefined;
  let writing = Promise.resolve();
  let written = '';

  const write = async (opened: Core): Promise<void> => {
    try {
      const settingsDigest = await digestOfFile(settingsFile);
      const text = JSON.stringify({ ...(await takeView(opened.handle)), settingsDigest });
      if (text === written) return;
      await writeNewFile(file, Buffer.from(text));
      written = text;
    } catch (error) {
      log.warn('What the next start shows first could not be kept', error);
    }
  };
  const writeNow = (opened: Core): Promise<void> => {
    writing = writing.then(() => write(opened));
    return writing;
  };
  const touch = (): void => {
    clearTimeout(timer);
    const now = performance.now();
    touchedAt ??= now;
    timer = setTimeout(
      () => {
        touchedAt = undefined;
        if (core) void writeNow(core);
      },
      Math.min(REST, Math.max(0, touchedAt + LONGEST_REST - now)),
    ).unref();
  };
  clients.subscribe(CLIENT, (event) => {
    if (event === 'library.changed' || event === 'tags.changed') touch();
  });
  /** Whoever was answered from what was kept asks again, unless it is known that nothing is other. */
  const correct = async (shown: KeptView | undefined, opened: Core): Promise<void> => {
    const isSame = await isStillSo(shown, opened.handle).catch((error: unknown) => {
      log.warn('What was shown first could not be compared', error);
      return false;
    });
    if (!isSame) clients.emit('app.missed', {});
  };
  opening
    .then(async (opened) => {
      core = opened;
      touch();
      const shown = await kept;
      kept = undefined;
      if (wasShown) await correct(shown, opened);
    })
    // Who opens it tells of that.
    .catch(() => {});

  return {
    async handle(method, args, client) {
      if (method === 'settings.update') touch();
      const view = core ? undefined : (await kept)?.view;
      const shown = view && !core ? answerFrom(view, info, method, args) : undefined;
      if (shown === undefined) {
        const first = !core && method === 'search.run' ? await Promise.race([searchable, opening]) : undefined;
        if (typeof first === 'function') return first(args, client);
        const opened = await opening;
        const answered = await opened.handle(method, args, client);
        // What is forgotten is in no file once that is told.
        if (method === 'forget.apply') await writeNow(opened);
        return answered;
      }
      wasShown = true;
      return shown;
    },
    async close() {
      clearTimeout(timer);
      await writeNow(await opening);
    },
  };
}

/** What was kept: as it is shown, and as it was written. */
interface KeptView {
  view: View;
  written: Omit<View, 'settingsDigest'>;
}

async function readView(file: string, settingsFile: string, log: Log): Promise<KeptView | undefined> {
  try {
    const written = JSON.parse(await readFile(file, 'utf8'));
    const view = viewSchema.parse(written);
    return view.settingsDigest === (await digestOfFile(settingsFile)) ? { view, written } : undefined;
  } catch (error) {
    // One of another version, or damaged: the window waits for the core, as at the first start.
    if (systemCode(error) !== 'ENOENT') log.warn('What the last run showed cannot be read', error);
    return undefined;
  }
}

/** Of a file that is not there `''`. */
async function digestOfFile(file: string): Promise<string> {
  try {
    return digestOf(await readFile(file));
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return '';
    throw error;
  }
}

/** What the window asks for as it starts, with its list in the order that the reader chose. */
async function takeView(handle: Handle): Promise<Omit<View, 'settingsDigest'>> {
  const ask = <M extends CoreMethodName>(method: M, args: Args<M>) => handle(method, args, CLIENT) as Promise<Returns<M>>;
  const settings = await ask('settings.read', {});
  const query: DocumentQuery = { sort: settings.sort, ascending: settings.sortAscending };
  const locate = settings.lastDocumentId === undefined ? [] : [settings.lastDocumentId];
  const [overview, tags, page] = await Promise.all([
    ask('library.overview', {}),
    ask('tags.list', {}),
    ask('library.documents', { query, from: 0, count: ROWS, locate }),
  ]);
  // So it is at each start.
  return { version: VERSION, overview: { ...overview, scanning: true }, tags, settings, query, page };
}

/** Whether a window that was answered from what was kept knows all that it would be answered now. */
async function isStillSo(kept: KeptView | undefined, handle: Handle): Promise<boolean> {
  if (!kept) return false;
  const ask = <M extends CoreMethodName>(method: M) => handle(method, {}, CLIENT) as Promise<Returns<M>>;
  const [{ problems }, progress, { scanning }] = [await ask('app.info'), await ask('search.progress'), await ask('library.overview')];
  if (problems.length > 0 || !isDeepStrictEqual(progress, NO_PROGRESS) || !scanning) return false;
  // Of the folders a window is told with the first thing that changes.
  const shown = ({ overview, tags, settings, page }: Omit<View, 'settingsDigest'>) =>
    JSON.stringify([overview.counts, overview.tagUses, tags, settings, page]);
  return shown(await takeView(handle)) === shown(kept.written);
}

const NO_PROGRESS: IndexProgress = { done: 0, total: 0, isStopped: false };

/** What the view answers to a call; `undefined` where the core is needed. */
function answerFrom(view: View, info: FirstViewOptions['info'], method: CoreMethodName, args: unknown): unknown {
  switch (method) {
    case 'app.info':
      return { ...info, problems: [] };
    case 'library.overview':
      return view.overview;
    case 'tags.list':
      return view.tags;
    case 'settings.read':
      return view.settings;
    case 'search.progress':
      return NO_PROGRESS;
    case 'library.documents':
      return pageFrom(view, args);
    default:
      return undefined;
  }
}

function pageFrom({ query, page }: View, args: unknown): DocumentPage | undefined {
  const { success, data } = documents.args.safeParse(args);
  if (!success || JSON.stringify(data.query) !== JSON.stringify(query)) return undefined;
  const { total, rows, places, located } = page;
  const knows = (id: string) => located.some((row) => row.id === id);
  if (Math.min(total, data.from + data.count) > rows.length || !data.locate.every(knows)) return undefined;
  return { ...pageOf(rows, data), total, places, located };
}
