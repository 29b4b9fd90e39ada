import { foldText } from '../text/fold';
import { printValue } from './print';
import { operatorOf, TOKEN } from './query';

/**
 * A query as it is written, but that the tags which it names whole have the names that `rename` gives them. `known`: the tags that there are: as in the
 * search, accents do not tell one from another.
 */
export function renameTags(input: string, rename: (name: string) => string | undefined, known: Iterable<string>): string {
  const renamed = (value: string): string => {
    const name = rename(value);
    if (name !== value) return name ?? value;
    const folded = foldText(value);
    for (const tag of known) if (foldText(tag) === folded) return rename(tag) ?? value;
    return value;
  };
  return input.replace(TOKEN, (written: string, ...found: unknown[]) => {
    const { minus, field, phrase, word } = found.at(-1) as Record<string, string | undefined>;
    if (field === undefined || operatorOf(field) !== 'tag') return written;
    const value = phrase ?? word ?? '';
    const name = renamed(value);
    return foldText(name) === foldText(value) ? written : `${minus}${field}:${printValue(name)}`;
  });
}
