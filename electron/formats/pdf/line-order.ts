/** Letters that were drawn together, and where they begin on their line. */
interface Drawn {
  text: string;
  left: number;
}

/** Holds letters that are written from right to left. */
export const isRtl = (text: string): boolean =>
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u.test(text);

/** Signs over or under letters, such as vowels, that a font draws by themselves: they take no room. */
export const isMarks = (text: string): boolean => /^\p{M}+$/u.test(text);

/** Letters that are written from left to right. */
const isLtr = (text: string): boolean => /\p{L}/u.test(text) && !isRtl(text);

const lengthOf = (runs: readonly Drawn[]): number => runs.reduce((sum, { text }) => sum + text.trim().length, 0);

/**
 * The runs of each line of a page as they are read. Those of one that is read from right to left and was drawn from left to right are turned round, but for
 * numbers and words of other scripts in it, and so are brackets that are told by how they look there and not by what they mean.
 */
export function inReadingOrder<R extends Drawn>(lines: readonly (readonly R[])[]): (readonly R[])[] {
  const isTurnedRound = lines.map(isDrawnBackwards);
  const ordered = lines.map((runs, index) => (isTurnedRound[index] ? withOthersFromLeft(runs.toReversed()) : runs));
  const isWrong = createBracketCheck(ordered.filter((_, index) => isTurnedRound[index]).map(outerText));
  return ordered.map((runs, index) => (isTurnedRound[index] && isWrong(outerText(runs)) ? runs.map(withBrackets) : runs));
}

/** Is read from right to left, and was drawn from left to right. */
function isDrawnBackwards(runs: readonly Drawn[]): boolean {
  const words = runs.filter(({ text }) => text.trim() !== '');
  const letters = words.filter(({ text }) => !isMarks(text));
  const isDrawnFromLeft = letters.every(({ left }, index) => index === 0 || left >= (letters[index - 1]?.left ?? left));
  const isRead = lengthOf(words.filter(({ text }) => isRtl(text))) > lengthOf(words.filter(({ text }) => isLtr(text)));
  return words.length >= 2 && isRead && isDrawnFromLeft;
}

/** Runs of other scripts that follow each other in a line that was turned round, with what stands between them, and numbers with their signs, stand as they were drawn. */
function withOthersFromLeft<R extends Drawn>(runs: readonly R[]): R[] {
  const ordered: R[] = [];
  for (let from = 0; from < runs.length; ) {
    const to = endOfOthers(runs, from);
    ordered.push(...runs.slice(from, to).reverse());
    from = to;
  }
  return ordered;
}

function endOfOthers(runs: readonly Drawn[], from: number): number {
  const kindOf = (at: number): 'ltr' | 'number' | 'rtl' | 'sign' | 'other' => {
    const text = runs[at]?.text ?? '';
    if (isRtl(text)) return 'rtl';
    if (isLtr(text)) return 'ltr';
    if (/\p{N}/u.test(text)) return 'number';
    return /^[.,:/%+-]$/.test(text) ? 'sign' : 'other';
  };
  let end = from + 1;
  const first = kindOf(from);
  if (first !== 'ltr' && first !== 'number') return end;
  for (let at = end, hasLtr = first === 'ltr', isNear = true; at < runs.length; at++) {
    const kind = kindOf(at);
    if (kind === 'rtl') break;
    if (kind === 'ltr' || (kind === 'number' && (hasLtr || isNear))) {
      if (kind === 'ltr' && !hasLtr && !isNear) break;
      end = at + 1;
      hasLtr ||= kind === 'ltr';
      isNear = true;
    } else if (kind !== 'sign') isNear = false;
  }
  return end;
}

const OTHER_SIDE: ReadonlyMap<string, string> = new Map(
  ['()', '[]', '{}', '«»', '‹›'].flatMap(([a = '', b = '']) => [[a, b] as const, [b, a] as const]),
);
const OPENING = /[([{«‹]/;
const BRACKETS = /[()[\]{}«»‹›]/g;

const turned = (text: string): string => text.replace(BRACKETS, (bracket) => OTHER_SIDE.get(bracket) ?? bracket);

/** Whether each bracket that closes was opened before. */
function isPaired(text: string): boolean {
  const open: string[] = [];
  for (const [bracket] of text.matchAll(BRACKETS)) {
    if (OPENING.test(bracket)) open.push(bracket);
    else if (open.pop() !== OTHER_SIDE.get(bracket)) return false;
  }
  return open.length === 0;
}

/** What stands in a line outside of words of other scripts. */
const outerText = (runs: readonly Drawn[]): string =>
  runs
    .filter(({ text }) => !isLtr(text))
    .map(({ text }) => text)
    .join('');

const withBrackets = <R extends Drawn>(run: R): R => (isLtr(run.text) ? run : { ...run, text: turned(run.text) });

/**
 * Tells of the lines of a page whether the brackets in them are to be turned: where they are pairs then only. Of a line with one of a pair the others tell,
 * since a program writes all of a page in one way, or else all such lines together.
 */
function createBracketCheck(lines: readonly string[]): (line: string) => boolean {
  const isWrong = (text: string): boolean => !isPaired(text) && isPaired(turned(text));
  const isOpen = (text: string): boolean => !isPaired(text) && !isPaired(turned(text));
  const wrong = lines.filter(isWrong).length;
  const right = lines.filter((line) => isPaired(line) && !isPaired(turned(line))).length;
  const areOpenWrong = wrong === right ? isWrong(lines.filter(isOpen).join('')) : wrong > right;
  return (line) => isWrong(line) || (isOpen(line) && areOpenWrong);
}
