/** An element of a list in a JSON text, as it is written there. */
export interface JsonElement {
  json: string;
  /** Counted from 1. */
  line: number;
  /** It ends with the text, in its midst. */
  isCut: boolean;
}

/**
 * The elements of the lists that stand under one of `keys` anywhere in a JSON text, each by itself: one that is damaged, or a text that is
 * cut off, takes no other along.
 */
export function* elementsOf(text: string, keys: readonly string[]): Generator<JsonElement & { key: string }> {
  const lines = createLineCount(text);
  for (let at = text.indexOf('"'); at !== -1 && at < text.length; at = text.indexOf('"', at)) {
    const end = endOfString(text, at);
    const key = text.slice(at + 1, end - 1);
    at = end;
    if (!keys.includes(key)) continue;
    const list = /\s*:\s*\[/y;
    list.lastIndex = at;
    if (!list.test(text)) continue;
    at = list.lastIndex;
    for (;;) {
      while (at < text.length && /[\s,]/.test(text[at] ?? '')) at += 1;
      if (at >= text.length || text[at] === ']') break;
      const next = endOfValue(text, at);
      yield { key, json: text.slice(at, next.at), line: lines(at), isCut: next.isCut };
      at = next.at;
    }
  }
}

/** Where the string that begins at `at` has ended. */
function endOfString(text: string, at: number): number {
  const special = /["\\]/g;
  special.lastIndex = at + 1;
  for (let found = special.exec(text); found; found = special.exec(text)) {
    if (found[0] === '"') return special.lastIndex;
    special.lastIndex += 1;
  }
  return text.length;
}

function endOfValue(text: string, from: number): { at: number; isCut: boolean } {
  const special = /["{}[\],]/g;
  special.lastIndex = from;
  let depth = 0;
  for (let found = special.exec(text); found; found = special.exec(text)) {
    const [character] = found;
    if (character === '"') special.lastIndex = endOfString(text, found.index);
    else if (depth === 0 && (character === ',' || character === ']')) return { at: found.index, isCut: false };
    else if (character === '{' || character === '[') depth += 1;
    else if (character !== ',') {
      depth -= 1;
      if (depth === 0) return { at: special.lastIndex, isCut: false };
    }
  }
  return { at: text.length, isCut: depth > 0 };
}

/** Tells the line of ascending places in a text, counted from 1. */
function createLineCount(text: string): (at: number) => number {
  let line = 1;
  let next = text.indexOf('\n');
  return (at) => {
    for (; next !== -1 && next < at; next = text.indexOf('\n', next + 1)) line += 1;
    return line;
  };
}
