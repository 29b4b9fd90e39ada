/** How often the worker may break down at one thing before it is set aside. */
const MOST_TIMES = 2;

/** What the worker breaks down at: a text, by its content, or what else is searched of a document, by its version. */
export interface AtFault {
  key: string;
  part: 'text' | 'rest';
}

/** What is kept from the index until the next start, since the worker broke down at it. */
export interface SetAside {
  /** The worker broke down at this. */
  blame(fault: AtFault): void;
  /** The worker has taken it: it was not at fault. */
  clear(key: string): void;
  has(key: string): boolean;
  /** A sentence for the reader; none where nothing is set aside. `titleOf` gives the title of a document that has such a thing still. */
  notice(titleOf: (fault: AtFault) => string | undefined): string | undefined;
}

export function createSetAside(): SetAside {
  const times = new Map<string, number>();
  const setAside = new Map<string, AtFault>();

  return {
    blame(fault) {
      const before = times.get(fault.key) ?? 0;
      times.set(fault.key, before + 1);
      if (before + 1 >= MOST_TIMES) setAside.set(fault.key, fault);
    },
    clear: (key) => void times.delete(key),
    has: (key) => setAside.has(key),
    notice(titleOf) {
      const told = [...setAside.values()].flatMap((fault) => {
        const title = titleOf(fault);
        return title === undefined ? [] : `${fault.part === 'text' ? 'The text of ' : ''}“${title}”`;
      });
      const [first, ...others] = told;
      if (first === undefined) return undefined;
      const more = others.length > 0 ? `, like ${others.length} more,` : '';
      return `${first}${more} is not searched, because the search broke down at it twice. Lectern tries it again at its next start.`;
    },
  };
}
