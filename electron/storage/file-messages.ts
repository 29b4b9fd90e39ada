import path from 'node:path';
import type { Log } from '../log';
import { digestOf } from './disk-state';
import type { Problems } from './problems';

/** The kind of a message on what another program or machine changed. */
export const CONFLICT = 'changed-outside';

interface FileMessagesOptions {
  /** Absolute. */
  file: string;
  /** As in "The file of your tags". */
  label: string;
  problems: Problems;
  log: Log;
}

/** What the reader is told of one file of theirs. `place`: where to look, if not at the file itself. */
export interface FileMessages {
  /** How the file stands; each start finds that again. */
  stands(kind: string, message: string): void;
  /** What happened to it. A later message `about` the same takes its place. The message's id. */
  happened(kind: string, message: string, about: string): string;
  /** A write of it was cut off, and its earlier state is back. */
  restored(place: string): void;
  /** A write of it was cut off, and what it was about to save was found. */
  foundUnfinished(): void;
  /** Another program's version of it cannot be merged. */
  unread(reason: string, place: string): void;
  /** A newer version of Lectern wrote it while this one was running. */
  replaced(place: string): void;
}

export function createFileMessages({ file, label, problems, log }: FileMessagesOptions): FileMessages {
  const stem = path.basename(file, '.json');
  const happened = (kind: string, message: string, about = message, place = file): string => {
    const id = `${stem}:${kind}:${digestOf(Buffer.from(about)).slice(0, 16)}`;
    log.warn(message);
    problems.tell({ id, message, path: place });
    return id;
  };
  return {
    stands(kind, message) {
      log.warn(message);
      problems.add({ id: `${stem}:${kind}`, message, path: file });
    },
    happened,
    restored(place) {
      const message = `${label} was damaged when Lectern was stopped in the middle of saving it. It is back as it was before; the damaged file is kept as ${place}.`;
      happened('restored', message, message, place);
    },
    foundUnfinished: () =>
      void happened(
        'restored',
        `${label} was being saved when Lectern was stopped. What was on its way to the disk was found and added to what is there; where both had words in one note, the others are under its “Earlier versions”.`,
      ),
    unread(reason, place) {
      const message = `${label} was changed by another program while Lectern was running and could not be read (${reason}). Lectern’s own version is written again; the other one is kept as ${place}.`;
      happened(CONFLICT, message, message, place);
    },
    replaced(place) {
      const message = `${label} was replaced by a newer version of Lectern while this one was running. What was here and is not in it is kept as ${place}.`;
      happened(CONFLICT, message, message, place);
    },
  };
}
