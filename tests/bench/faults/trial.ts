/** What came of trying a fault once. */
export interface Outcome {
  /** Words that the reader was told are saved, and that are nowhere to be had any more. */
  lost: string[];
  /** Whether the reader was told; `undefined` where there is nothing to tell. */
  told: boolean | undefined;
}

/** One try of a fault. */
export interface Trial {
  /** From 0. */
  index: number;
  /** An empty folder of the trial's own. */
  folder: string;
  random: Random;
  /** Called at the end, the last first. */
  onEnd(action: () => unknown): void;
}

export interface Fault {
  /** A letter by which `--only` names it and those like it; a part of its name does too. */
  group: string;
  name: string;
  trials: number;
  /** It mounts a small disk in memory, which only root may, on Linux. */
  needsDisk?: boolean;
  /** Throws when Lectern does not survive. */
  run(trial: Trial): Promise<Outcome>;
}

/** A source of chance that can be repeated. */
export interface Random {
  (): number;
  /** From 0 to `end`, without it. */
  below(end: number): number;
  pick<T>(list: readonly T[]): T;
  /** 16 hexadecimal digits after a `w`, found again wherever they stand. */
  word(): string;
}

/** mulberry32 (T. Ettinger), good enough for choosing faults. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (end: number) => Math.floor(next() * end);
  return Object.assign(next, {
    below,
    pick<T>(list: readonly T[]): T {
      const picked = list[below(list.length)];
      if (picked === undefined) throw new Error('There is nothing to pick from');
      return picked;
    },
    word: () => `w${Array.from({ length: 16 }, () => below(16).toString(16)).join('')}`,
  });
}
