import path from 'node:path';
import { type FSWatcher, watch } from 'chokidar';
import { formatOf } from '#formats/list';
import { systemCode } from '../storage/errno';
import { whyUnread } from './unread-files';

export interface FolderWatch {
  /** Every file that was there at the start was told. */
  ready: Promise<void>;
  close(): Promise<void>;
}

interface WatchOptions {
  /** Absolute; need not exist. */
  root: string;
  /** Whether a folder within `root` is looked after by another watch. */
  isElsewhere(path: string): boolean;
  /** Something happened to a path that can be a document's, or that a reader takes for one. */
  onFile(path: string, event: 'found' | 'changed' | 'gone'): void;
  /** The folder itself came or went. */
  onRoot(event: 'came' | 'went'): void;
  onError(error: unknown): void;
}

/** ms between two looks where the system cannot watch any more folders. */
const POLLING = 1000;

/**
 * Watches a folder with all that is in it, but for hidden files and `node_modules`. Symbolic links to files count as
 * files; links to folders are not followed, so that no loop can be walked.
 */
export function watchFolder(options: WatchOptions): FolderWatch {
  const { root, onFile, onRoot, onError } = options;
  const { promise: ready, resolve } = Promise.withResolvers<void>();
  let watcher: FSWatcher | undefined;
  let closed = false;

  const start = (polling: boolean) => {
    let exhausted = false;
    const started = watch(root, {
      followSymlinks: false,
      ignored: (file, stats) =>
        isIgnored(file, options) || (stats !== undefined && !stats.isDirectory() && !formatOf(file) && !whyUnread(file)),
      ...(polling ? { backend: 'polling', pollingInterval: POLLING, pollingBinaryInterval: POLLING } : {}),
    });
    watcher = started;
    started
      .on('add', (file) => onFile(file, 'found'))
      .on('change', (file) => onFile(file, 'changed'))
      .on('unlink', (file) => onFile(file, 'gone'))
      .on('addDir', (folder) => folder === root && onRoot('came'))
      .on('unlinkDir', (folder) => folder === root && onRoot('went'))
      .on('ready', () => resolve())
      .on('error', (error) => {
        if (exhausted) return;
        onError(error);
        exhausted = !polling && ['ENOSPC', 'EMFILE'].includes(systemCode(error) ?? '');
        // No watches or handles are left in the system: then looking again and again must do.
        if (exhausted) void started.close().then(() => closed || start(true));
      });
  };

  start(false);
  return {
    ready,
    async close() {
      closed = true;
      await watcher?.close();
      resolve();
    },
  };
}

/** Whether a path within the watched folder is hidden, in `node_modules`, or another watch's. */
function isIgnored(file: string, { root, isElsewhere }: WatchOptions): boolean {
  if (file === root) return false;
  const relative = path.relative(root, file);
  return relative.split(path.sep).some((part) => part.startsWith('.') || part === 'node_modules') || isElsewhere(file);
}
