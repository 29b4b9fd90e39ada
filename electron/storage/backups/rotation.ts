import type { Log } from '../../log';
import { systemCode } from '../errno';
import type { OpenCase } from '../quarantine';
import { type Backup, withZip } from './copies';
import { type Content, countIn, lacks, type Manifest, readManifest } from './manifest';

/** The newest backups that are kept whatever they hold: several may be made in a day. */
const NEWEST = 3;
/** Of how many days the last backup is kept. */
const DAYS = 10;

interface Rotation {
  /** Oldest first. */
  backups: readonly Backup[];
  /** What the files of the reader's hold now. One that is gone or damaged is not in it. */
  present: ReadonlyMap<string, Content | undefined>;
  /** Files that were set aside and about which the reader has not chosen. */
  openCases: ReadonlyMap<string, OpenCase>;
  givenUp: ReadonlyMap<string, Date>;
  log: Log;
}

/**
 * The backups that may go: beyond the newest and the last of each of the last days, those without which nothing is lost. A backup
 * stays when it has a file that is gone from the disk, damaged, or lacks what it had (`lacks`), and no newer one that stays has
 * it too; unless the reader chose to go on without.
 */
export async function chooseOutdated({ backups, present, openCases, givenUp, log }: Rotation): Promise<Backup[]> {
  const outdated: Backup[] = [];
  const kept: Backup[] = [];
  const days = new Set<string>();
  for (const backup of backups.toReversed()) {
    const day = backup.madeAt.toISOString().slice(0, 10);
    const isRecent = kept.length < NEWEST || (!days.has(day) && days.size < DAYS);
    if (isRecent) days.add(day);
    if (isRecent || (await isNeeded(backup))) kept.push(backup);
    else outdated.push(backup);
  }
  return outdated;

  async function isNeeded({ path: file, madeAt }: Backup): Promise<boolean> {
    try {
      return await withZip(file, async (zip) => {
        const { contents }: Manifest = await readManifest(zip);
        const wanted = [...contents.keys()].filter((name) => (givenUp.get(name) ?? 0) < madeAt);
        if (wanted.some((name) => (openCases.get(name)?.setAsideAt ?? 0) > madeAt)) return true;
        for (const name of wanted) {
          const [now, listed] = [present.get(name), contents.get(name)];
          if (now && listed && !lacks(name, now, listed)) continue;
          const then = await countIn(zip, name);
          const isLost = then !== undefined && (now === undefined || lacks(name, now, then));
          if (isLost && !(await isInNewer(name, then))) return true;
        }
        return false;
      });
    } catch (error) {
      log.warn(`the backup ${file} could not be read`, error);
      // A zip that is damaged as a whole has nothing to give; one that the system does not let be read may have.
      return systemCode(error) !== undefined;
    }
  }

  /** Whether a newer backup that stays really has the file, with all that counts of what it held `then`. */
  async function isInNewer(name: string, then: Content): Promise<boolean> {
    for (const { path: file } of kept) {
      const content = await withZip(file, (zip) => countIn(zip, name)).catch(() => undefined);
      if (content && !lacks(name, content, then)) return true;
    }
    return false;
  }
}
