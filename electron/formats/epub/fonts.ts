import type { OwnFont } from '#model';
import { type FontRule, unquote } from '../css/style-sheet';
import { resolveIn } from './paths';

/** The fonts that a book embeds, by what its style sheets call them. */
export interface BookFonts {
  /** Takes in what a style sheet at `base` declares. */
  add(rules: readonly FontRule[], base: string): void;
  /** What the first embedded font of a list of families is called; `undefined` where there is none. From now on it is used. */
  use(families: string): string | undefined;
  /** The files of fonts that are used, those that were not told of before. */
  take(): OwnFont[];
}

/** Files that are told of, as many as no book has. */
const MOST = 60;

interface Family {
  id: string;
  isUsed: boolean;
  files: OwnFont[];
}

/** `has`: whether a file is in the book. */
export function createBookFonts(has: (path: string) => boolean): BookFonts {
  const families = new Map<string, Family>();
  const known = new Set<string>();
  const found = new Map<string, string | undefined>();
  let waiting: OwnFont[] = [];
  return {
    add(rules, base) {
      for (const { family: name, weight, style, sources } of rules) {
        const path = sources.map((source) => resolveIn(base, source)?.path).find((each) => each !== undefined && has(each));
        const key = `${name} ${weight} ${style} ${path}`;
        if (path === undefined || known.has(key) || known.size === MOST) continue;
        known.add(key);
        const family = families.get(name) ?? { id: `book-font-${families.size + 1}`, isUsed: false, files: [] };
        families.set(name, family);
        const file: OwnFont = { family: family.id, weight, style, path };
        if (family.isUsed) waiting.push(file);
        else family.files.push(file);
        found.clear();
      }
    },
    use(list) {
      if (list === '' || families.size === 0) return undefined;
      if (!found.has(list)) {
        const family = list
          .split(',')
          .map((name) => families.get(unquote(name)))
          .find((each) => each !== undefined);
        if (family && !family.isUsed) {
          family.isUsed = true;
          waiting.push(...family.files);
        }
        found.set(list, family?.id);
      }
      return found.get(list);
    },
    take() {
      const taken = waiting;
      waiting = [];
      return taken;
    },
  };
}
