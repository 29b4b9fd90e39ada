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
  let at = 0;
  while (at < text.length) {
    if (text[at] !== '"') {
      at += 1;
      continue;
    }
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
  let end = at + 1;
  while (end < text.length && text[end] !== '"') end += text[end] === '\\' ? 2 : 1;
  return Math.min(text.length, end + 1);
}

function endOfValue(text: string, from: number): { at: number; isCut: boolean } {
  let depth = 0;
  let at = from;
  while (at < text.length) {
    const character = text[at];
    if (character === '"') {
      at = endOfString(text, at);
      continue;
    }
    if (depth === 0 && (character === ',' || character === ']')) return { at, isCut: false };
    if (character === '{' || character === '[') depth += 1;
    if (character === '}' || character === ']') depth -= 1;
    at += 1;
    if (depth === 0 && (character === '}' || character === ']')) return { at, isCut: false };
  }
  return { at, isCut: depth > 0 };
}

/** Tells the line of ascending places in a text, counted from 1. */
export function createLineCount(text: string): (at: number) => number {
  let [line, seen] = [1, 0];
  return (at) => {
    for (let next = text.indexOf('\n', seen); next !== -1 && next < at; next = text.indexOf('\n', seen)) {
      line += 1;
      seen = next + 1;
    }
    return line;
  };
}
