/** A list whose members are made when they are written. Written only as a member of objects, not of lists. */
export type LazyList = () => Iterable<unknown> | AsyncIterable<unknown>;

/** What `JSON.stringify(value, null, indent)` gives, in pieces: one for each member of a lazy list. */
export async function* jsonPieces(value: object, indent: number, depth = 0): AsyncGenerator<string> {
  const separator = indent > 0 ? ': ' : ':';
  let first = true;
  for (const [key, member] of Object.entries(value)) {
    if (member === undefined) continue;
    yield `${first ? '{' : ','}${newLine(indent, depth + 1)}${JSON.stringify(key)}${separator}`;
    first = false;
    if (typeof member === 'function') yield* listPieces(member, indent, depth + 1);
    else if (typeof member === 'object' && member !== null && !Array.isArray(member)) yield* jsonPieces(member, indent, depth + 1);
    else yield whole(member, indent, depth + 1);
  }
  yield first ? '{}' : `${newLine(indent, depth)}}`;
}

async function* listPieces(list: LazyList, indent: number, depth: number): AsyncGenerator<string> {
  let first = true;
  for await (const member of list()) {
    yield `${first ? '[' : ','}${newLine(indent, depth + 1)}${whole(member, indent, depth + 1)}`;
    first = false;
  }
  yield first ? '[]' : `${newLine(indent, depth)}]`;
}

/** A value without lazy lists. Line breaks within strings are escaped, so that all others are between values. */
const whole = (value: unknown, indent: number, depth: number): string =>
  JSON.stringify(value, null, indent).replaceAll('\n', newLine(indent, depth));

const newLine = (indent: number, depth: number): string => (indent > 0 ? `\n${' '.repeat(indent * depth)}` : '');
