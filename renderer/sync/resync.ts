import type { LibraryFolder } from '#api';
import { type TagDetails, tagKey } from '#model';
import { touchDocumentList } from '../state/actions/document-list';
import { recheckOpenDocument } from '../state/actions/documents';
import { setFolders } from '../state/actions/library';
import { putTags } from '../state/actions/notebooks';
import { reportError } from '../state/actions/notices';
import { followTags } from '../state/actions/results';
import { followSettings } from '../state/actions/settings';
import { call } from '../state/client';
import { rereadNotebooks } from '../state/notebook-sync';
import { type AppState, getState, setState } from '../state/store';

/** Events that wait while the state that they change is being read. */
export interface HeldEvents {
  hold(): void;
  release(): void;
}

/** ms until a host that did not answer is asked again. */
const RETRY = 2_000;

/** What the host tells by events, as it is now. */
export async function readTold(): Promise<
  Pick<AppState, 'info' | 'counts' | 'tagUses' | 'scanning' | 'indexProgress' | 'settings'> & {
    folders: LibraryFolder[];
    tags: TagDetails[];
  }
> {
  const [info, library, tags, settings, indexProgress] = await Promise.all([
    call('app.info', {}),
    call('library.overview', {}),
    call('tags.list', {}),
    call('settings.read', {}),
    call('search.progress', {}),
  ]);
  return {
    info,
    counts: library.counts,
    tagUses: new Map(library.tagUses.map(([name, count]) => [tagKey(name), { name, count }])),
    folders: library.folders,
    scanning: library.scanning,
    indexProgress,
    tags,
    settings,
  };
}

/**
 * Brings the window up to date after events that may not have arrived; asks again until the host answers. `catchUp` while it is under way
 * makes it begin once more.
 */
export function createCatchUp(events: HeldEvents): () => Promise<void> {
  let running: Promise<void> | undefined;
  let isWanted = false;

  const run = async () => {
    let hasFailed = false;
    while (isWanted) {
      isWanted = false;
      try {
        await readAgain(events);
      } catch (error) {
        if (!hasFailed) reportError(error);
        hasFailed = true;
        isWanted = true;
        await new Promise((resolve) => setTimeout(resolve, RETRY));
      }
    }
  };

  return () => {
    isWanted = true;
    running ??= run().finally(() => {
      running = undefined;
    });
    return running;
  };
}

async function readAgain(events: HeldEvents): Promise<void> {
  events.hold();
  try {
    const { folders, tags, settings, info, ...told } = await readTold();
    const others = getState().problems.filter(({ id, toldOnce }) => toldOnce && !info.problems.some((problem) => problem.id === id));
    setState({ ...told, info, libraryVersion: getState().libraryVersion + 1, problems: [...info.problems, ...others] });
    setFolders(folders);
    putTags(tags);
    followTags();
    followSettings(settings);
    touchDocumentList();
  } finally {
    events.release();
  }
  await rereadNotebooks();
  await recheckOpenDocument();
}
