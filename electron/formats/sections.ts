/** Fewest and most paragraphs of a section: fewer scroll slowly, more are drawn slowly. */
const MIN_BLOCKS = 60;
const MAX_BLOCKS = 100;
/** Code units from which a section is closed whatever it holds, so that very long paragraphs do not gather in one. */
const MAX_UNITS = 60_000;

/** What cutting needs to know of a block. */
export interface SectionItem {
  /** UTF-16 code units. */
  units: number;
  /** As how many blocks a reader sees it: a separator as none, a list as its items. */
  blocks: number;
  /** Headings start a section where that is possible. */
  heading: boolean;
}

/** Knows how much a section holds, and whether the next block is to begin another. */
export interface SectionMeter {
  isFullFor(item: SectionItem): boolean;
  add(item: Pick<SectionItem, 'units' | 'blocks'>): void;
  clear(): void;
}

export function createSectionMeter(): SectionMeter {
  let count = 0;
  let units = 0;
  return {
    isFullFor: (item) =>
      item.blocks > 0 &&
      ((count > 0 && count + item.blocks > MAX_BLOCKS) ||
        (count >= MIN_BLOCKS && item.heading) ||
        (count > 0 && units + item.units > MAX_UNITS)),
    add(item) {
      units += item.units;
      count += item.blocks;
    },
    clear() {
      units = 0;
      count = 0;
    },
  };
}

/** Gathers blocks into sections of 60 to 100 (fewer when they are very long), in order and without dropping any. */
export function* cutSections<T>(blocks: Iterable<T>, look: (block: T) => SectionItem): Generator<T[]> {
  const meter = createSectionMeter();
  let section: T[] = [];
  for (const block of blocks) {
    const item = look(block);
    if (meter.isFullFor(item)) {
      yield section;
      section = [];
      meter.clear();
    }
    section.push(block);
    meter.add(item);
  }
  if (section.length > 0) yield section;
}
