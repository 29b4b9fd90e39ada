import { printValue } from './print';
import { type Operator, operatorOf, operators } from './query';

/** What is being written at the caret: the beginning of an operator, or the value of one. UTF-16 code units. */
export interface Writing {
  /** The stretch that is replaced by what is chosen: from behind a `-` to the end of the word. */
  start: number;
  end: number;
  /** Absent while the operator itself is being written. */
  operator?: Operator;
  /** As far as it is written. */
  typed: string;
}

const TOKEN = /^-?(?:(?<field>\p{L}+):)?(?<quote>["“”„]?)(?<typed>.*)$/su;

/** What is being written in a query at the caret, where that can be completed. */
export function writingAt(input: string, caret: number): Writing | undefined {
  // In the midst of a word nothing is offered.
  if (/^[^\s"“”„]/u.test(input.slice(caret))) return undefined;
  const before = input.slice(0, caret);
  const start = tokenStart(before);
  const token = before.slice(start);
  const { field, quote, typed = '' } = TOKEN.exec(token)?.groups ?? {};
  const from = start + (token.startsWith('-') ? 1 : 0);
  const operator = field === undefined ? undefined : operatorOf(field);
  if (operator) return { start: from, end: caret, operator, typed };
  if (field !== undefined || quote || !/^\p{L}{2,}$/u.test(typed)) return undefined;
  return { start: from, end: caret, typed };
}

/** Where the word at the end of a text begins: at the last white space that is not within quotes. */
function tokenStart(text: string): number {
  let isQuoted = false;
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (/["“”„]/u.test(character)) isQuoted = !isQuoted;
    else if (!isQuoted && /\s/u.test(character)) start = at + 1;
  }
  return start;
}

/** The operators that begin with what is typed. */
export const operatorsFor = (typed: string): Operator[] =>
  operators.filter((name) => name.startsWith(typed.toLowerCase()) || (name === 'colour' && 'color'.startsWith(typed.toLowerCase())));

/** A query with what was chosen in the place of what was being written, and where the caret is then. */
export function complete(
  input: string,
  { start, end }: Writing,
  chosen: { operator: Operator; value?: string },
): { text: string; caret: number } {
  const { operator, value } = chosen;
  const written = `${operator}:${value === undefined ? '' : `${printValue(operator, value)} `}`;
  const rest = input.slice(end).replace(/^["“”„]/u, '');
  const after = value === undefined ? rest : rest.replace(/^\s+/u, '');
  return { text: input.slice(0, start) + written + after, caret: start + written.length };
}
