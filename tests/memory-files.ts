import { mkdtempSync, readdirSync, readFileSync, rmSync, statfsSync, statSync } from 'node:fs';
import path from 'node:path';
import { systemCode } from '../electron/storage/errno.ts';

/** The file system in memory that Linux has. */
const MEMORY = '/dev/shm';

/** What the folders are called, with the process that made them. */
const FOLDER = 'lectern-tests-';

/** Bytes that must be free there: in a container it may be tiny. */
const ENOUGH = 2 * 1024 ** 3;

/**
 * Has this process, and those that it starts, make their temporary files in memory, where that is possible: each test has data of its own, and half of
 * its time it would wait until the disk has it for good. What a disk does to Lectern is tried on disks that are mounted, and by killing processes,
 * which take nothing from either. A `TMPDIR` that is given stays.
 */
export function keepFilesInMemory(): void {
  if (process.platform !== 'linux' || process.env['TMPDIR'] || !isFit()) return;
  removeLeftBehind();
  const folder = mkdtempSync(path.join(MEMORY, `${FOLDER}${process.pid}-`));
  process.env['TMPDIR'] = folder;
  process.on('exit', () => {
    try {
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    } catch (error) {
      // A process that is about to end may write there still; that is no fault of a test.
      process.stderr.write(`${folder} could not be removed: ${error}\n`);
    }
  });
}

/** Removes what processes have left that were killed: memory would be taken until the machine starts again. */
function removeLeftBehind(): void {
  for (const name of readdirSync(MEMORY)) {
    const pid = name.startsWith(FOLDER) ? Number.parseInt(name.slice(FOLDER.length), 10) : Number.NaN;
    if (!Number.isNaN(pid) && !isRunning(pid)) rmSync(path.join(MEMORY, name), { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // Another user's is running, too.
    return systemCode(error) !== 'ESRCH';
  }
}

function isFit(): boolean {
  try {
    const { bavail, bsize } = statfsSync(MEMORY);
    const options = readFileSync('/proc/mounts', 'utf8').match(/^\S+ \/dev\/shm \S+ (\S+)/m)?.[1];
    // Some tests run what they write. Older systems do not know there when a file was made, which the library goes by.
    return bavail * bsize >= ENOUGH && options?.split(',').includes('noexec') === false && statSync(MEMORY).birthtimeMs > 0;
  } catch {
    return false;
  }
}
