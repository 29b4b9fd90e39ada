import {
  type Block,
  type BlockKind,
  beginsUnspaced,
  type DocumentSection,
  type DrawnElement,
  type DrawnNode,
  endsUnspaced,
  type Heading,
  headingTitle,
  type Stretch,
  unspacedBreak,
} from '#model';

/** Where leaves are put. */
export interface Place {
  /** The nodes to which they are added. */
  out: DrawnNode[];
  /** How many elements it lies in. */
  depth: number;
  /** Separators there: between cells a tab; unseen where line breaks would be drawn. */
  separator: 'line' | 'cell' | 'unseen';
}

/** What the runs of text in a block element are. */
export interface BlockElement {
  kind: BlockKind;
  /** Of a heading: 1 to 6. Taken away when the outline has it. */
  level?: number;
}

/**
 * Writes the one text of a document, section by section, and the leaves into it: white space folded, `\n` between blocks, `\t` between
 * cells, so that the leaves joined are the text.
 */
export interface SectionWriter {
  /** The nodes of the section that is being written. */
  readonly nodes: DrawnNode[];
  /** UTF-16 code units of the section's text so far. */
  readonly length: number;
  /** What is written is not of the article. */
  isOutside: boolean;
  /** Adds text with its white space folded, or as it is. */
  text(place: Place, block: BlockElement, value: string, keepsSpace: boolean): void;
  lineBreak(place: Place): void;
  /** Adds text as one whole, in the place of which something else is drawn. */
  replaced(place: Place, block: BlockElement, value: string, by: DrawnElement): void;
  /** Adds front matter: not drawn, or as `nodes` draw all of it. */
  header(place: Place, value: string, nodes?: readonly DrawnNode[]): void;
  /** Tells that something was drawn in the line that is no text: an image. */
  object(): void;
  /** Tells that a block begins or ends at `place`. */
  boundary(place: Place): void;
  /** Lets what comes go on in the line that was cut. */
  joinLine(): void;
  target(name: string): void;
  /** The section, and a new one is begun. */
  finish(progress: number, isLast: boolean): DocumentSection;
}

/** A line that ends in another letter than those of ASCII. */
const WRAPPED = /[^\0-\x7f][ \t]*[\r\n]/;

interface Run {
  start: number;
  end: number;
  block: BlockElement;
}

export function createSectionWriter(): SectionWriter {
  const known = new Set<string>();
  let nodes: DrawnNode[] = [];
  let text = '';
  /** Where the section begins in the document. */
  let base = 0;
  let runs: Run[] = [];
  let targets: [string, number][] = [];
  let waiting: string[] = [];
  /** Where a separator stands as soon as more text follows. */
  let separator: { place: Place; index: number } | undefined;
  /** White space is nothing here: a block or line has just begun. */
  let isAtStart = true;
  /** The last leaf when it ends in a space that goes where the block ends. */
  let space: { out: DrawnNode[]; index: number; isWrap: boolean } | undefined;
  /** An image or the like was drawn since the last text. */
  let hasObject = false;

  /** No block has begun or ended since the last run. */
  let isRunOpen = false;
  let isOutside = false;
  let outside: Stretch[] = [];

  const append = (place: Place, leaf: DrawnNode, value: string): void => {
    place.out.push(leaf);
    text += value;
    if (isOutside) addOutside(base + text.length - value.length, base + text.length);
  };

  /** A separator between two stretches belongs to them. */
  function addOutside(start: number, end: number): void {
    const last = outside.at(-1);
    const isNext = last !== undefined && /^[\n\t]?$/.test(text.slice(last[1] - base, start - base));
    if (isNext) outside[outside.length - 1] = [last[0], end];
    else outside.push([start, end]);
  }

  function beforeText(): void {
    if (separator) {
      const { place, index } = separator;
      place.out.splice(index, 0, place.separator === 'unseen' ? { unseen: 1 } : 1);
      text += place.separator === 'cell' ? '\t' : '\n';
      separator = undefined;
    }
    for (const name of waiting) targets.push([name, base + text.length]);
    waiting = [];
  }

  /** Takes back the space in which the text ends; `instead` stands in its place. */
  function takeBackSpace(instead: readonly DrawnNode[]): void {
    if (!space) return;
    const { out, index } = space;
    const leaf = out[index];
    const rest = typeof leaf === 'number' ? leaf - 1 : 0;
    out.splice(index, 1, ...(rest > 0 ? [rest] : []), ...instead);
    text = text.slice(0, -1);
    const run = runs.at(-1);
    if (run) run.end = Math.min(run.end, base + text.length);
    const stretch = outside.at(-1);
    if (stretch) outside[outside.length - 1] = [stretch[0], Math.min(stretch[1], base + text.length)];
    space = undefined;
  }

  /** Takes back a space at the end of a line; where an image stands after it, it is drawn all the same. */
  function endLine(): void {
    takeBackSpace(hasObject ? [{ ornament: ' ' }] : []);
    isAtStart = true;
    hasObject = false;
  }

  function addToRun(block: BlockElement, value: string): void {
    const end = base + text.length;
    const run = runs.at(-1);
    if (run && isRunOpen) run.end = end;
    else if (/\S/.test(value)) {
      runs.push({ start: end - value.length, end, block });
      isRunOpen = true;
    }
  }

  /** A wrapped line whose words have no spaces between them goes on without one, also where a link or the like begins or ends with it. */
  function withoutWraps(value: string): string {
    if (space?.isWrap && !hasObject && beginsUnspaced(value)) takeBackSpace([]);
    const next = /^[ \t]*[\r\n]/.test(value) && !isAtStart && !space && !hasObject ? value.trimStart() : undefined;
    const begun = next !== undefined && beginsUnspaced(next) && endsUnspaced(text) ? next : value;
    return WRAPPED.test(begun) ? begun.replace(/[ \t]*[\r\n][ \t\r\n]*/g, '\n').replace(unspacedBreak(), '') : begun;
  }

  /** Folds white space; of what begins with a space after another only the rest is left. */
  function fold(place: Place, written: string): string {
    const value = withoutWraps(written);
    const folded = /[\t\n\f\r]| {2}/.test(value) ? value.replace(/[ \t\n\f\r]+/g, ' ') : value;
    if (!folded.startsWith(' ') || !(isAtStart || space)) return folded;
    if (hasObject) place.out.push({ ornament: ' ' });
    hasObject = false;
    return folded.slice(1);
  }

  const headingsOf = (): Heading[] =>
    runs.flatMap(({ start, end, block }) => {
      const { level } = block;
      if (block.kind !== 'heading' || level === undefined) return [];
      delete block.level;
      return [{ level, start, end, title: headingTitle(text.slice(start - base, end - base)) }];
    });

  return {
    get nodes() {
      return nodes;
    },
    get length() {
      return text.length;
    },
    get isOutside() {
      return isOutside;
    },
    set isOutside(is) {
      isOutside = is;
    },
    text(place, block, value, keepsSpace) {
      const piece = keepsSpace ? value : fold(place, value);
      if (piece === '') return;
      beforeText();
      append(place, piece.length, piece);
      // A block that begins with a no-break space alone does not begin with the space behind it.
      addToRun(block, keepsSpace ? piece : piece.replace(/^ /, ''));
      space =
        !keepsSpace && piece.endsWith(' ')
          ? {
              out: place.out,
              index: place.out.length - 1,
              isWrap: /[\r\n][ \t]*$/.test(value) && endsUnspaced(piece.slice(0, -1) || text.slice(0, -1)),
            }
          : undefined;
      isAtStart = false;
      hasObject = false;
    },
    replaced(place, block, value, by) {
      if (value === '') return;
      beforeText();
      append(place, { replaced: value.length, by }, value);
      addToRun(block, value);
      space = undefined;
      isAtStart = false;
      hasObject = false;
    },
    lineBreak(place) {
      endLine();
      beforeText();
      if (place.separator !== 'unseen') place.out.push({ e: 'br' });
      append(place, 1, '\n');
    },
    header(place, value, nodes = [{ unseen: value.length }]) {
      beforeText();
      place.out.push(...nodes);
      text += value;
      runs.push({ start: base + text.length - value.length, end: base + text.length, block: { kind: 'header' } });
      isRunOpen = false;
    },
    object() {
      hasObject = true;
    },
    boundary(place) {
      endLine();
      isRunOpen = false;
      if (base + text.length === 0) return;
      if (!separator || place.depth < separator.place.depth) separator = { place, index: place.out.length };
    },
    joinLine() {
      separator = undefined;
    },
    target(name) {
      if (name === '' || known.has(name)) return;
      known.add(name);
      waiting.push(name);
    },
    finish(progress, isLast) {
      endLine();
      isRunOpen = false;
      if (isLast) {
        for (const name of waiting) targets.push([name, base + text.length]);
        waiting = [];
      }
      const headings = headingsOf();
      const blocks: Block[] = runs.filter(({ start, end }) => end > start).map(({ start, end, block }) => [start, end, block.kind]);
      const section: DocumentSection = { part: 'section', text, nodes, blocks, headings, targets, progress };
      const stretches = outside.filter(([start, end]) => end > start);
      if (stretches.length > 0) section.outside = stretches;
      base += text.length;
      nodes = [];
      text = '';
      runs = [];
      targets = [];
      outside = [];
      separator = base > 0 ? { place: { out: nodes, depth: 0, separator: 'line' }, index: 0 } : undefined;
      return section;
    },
  };
}
