import { setTimeout } from 'node:timers/promises';
import { readSeen, type Seen } from './disk-state';
import type { Validated } from './validation';

/** How long a file is waited for that another program seems to be in the midst of writing in place, instead of by a rename. */
export interface Patience {
  /** ms after its last change until a file counts as finished. */
  period: number;
  /** ms that it is waited for at most, however often it changes. */
  most: number;
  /** ms since 1970 */
  now(): number;
  /** Resolves after `ms`. */
  pause(ms: number): Promise<void>;
}

/** Together with what else is done when Lectern ends, less than the hosts wait for it. */
export const patience: Patience = { period: 2_000, most: 4_000, now: Date.now, pause: setTimeout };

/** ms between two looks: who writes in place is mostly done at once. */
const STEP = 200;

/** Tells for one file whether what cannot be read in it is taken as it is, or may yet become whole. */
export class HalfWritten {
  readonly #patience: Patience;
  /** ms */
  #waited = 0;

  constructor(patience: Patience) {
    this.#patience = patience;
  }

  /** ms until the file is to be read again; 0 when it is whole, has been still, or was waited for long enough. */
  waitFor({ changedAt }: Seen, validated: Validated<unknown>): number {
    const { period, most, now } = this.#patience;
    const isMaybeWritten = validated.kind === 'bad' && validated.isCutOff && now() - changedAt < period && this.#waited < most;
    this.#waited = isMaybeWritten ? this.#waited + STEP : 0;
    return isMaybeWritten ? STEP : 0;
  }
}

/** Reads and judges a file, again while another program seems to be writing it. Throws the system's error. */
export async function readWhenWritten<T>(
  file: string,
  validate: (bytes: Buffer) => Validated<T>,
  patience: Patience,
): Promise<{ bytes: Buffer; seen: Seen; validated: Validated<T> }> {
  const half = new HalfWritten(patience);
  for (;;) {
    const read = await readSeen(file);
    const validated = validate(read.bytes);
    const wait = half.waitFor(read.seen, validated);
    if (wait === 0) return { ...read, validated };
    await patience.pause(wait);
  }
}
