import { type Colour, colours } from '../choices';
import { foldText } from '../text/fold';
import { printValue } from './print';
import { type Operator, oneOf, operatorOf, TOKEN } from './query';

/**
 * A query as it is written, but that the tags which it names whole have the names that `rename` gives them. `known`: the tags that there are: as in the
 * search, accents do not tell one from another.
 */
export function renameTags(input: string, rename: (name: string) => string | undefined, known: Iterable<string>): string {
  return replaceValues(input, 'tag', (value) => {
    const name = rename(value);
    if (name !== value) return name;
    const folded = foldText(value);
    for (const tag of known) if (foldText(tag) === folded) return rename(tag);
    return undefined;
  });
}

/** A query as it is written, but that `colour:` has a colour where what the reader means by one, in `names`, or its beginning, is written. */
export function nameColours(input: string, names: Partial<Record<Colour, string>>): string {
  const meant = colours.flatMap((colour) => (names[colour] === undefined ? [] : [{ colour, name: foldText(names[colour]) }]));
  if (meant.length === 0) return input;
  return replaceValues(input, 'colour', (value) => {
    const folded = foldText(value).trim();
    const whole = meant.find(({ name }) => name === folded);
    if (whole || folded === '' || oneOf(colours, value)) return whole?.colour;
    const begun = meant.filter(({ name }) => name.startsWith(folded));
    return begun.length === 1 ? begun[0]?.colour : undefined;
  });
}

/** A query with other values of one operator, where `replace` gives others. */
function replaceValues(input: string, operator: Operator, replace: (value: string) => string | undefined): string {
  return input.replace(TOKEN, (written: string, ...found: unknown[]) => {
    const { minus, field, phrase, word } = found.at(-1) as Record<string, string | undefined>;
    if (field === undefined || operatorOf(field) !== operator) return written;
    const value = phrase ?? word ?? '';
    const replaced = replace(value) ?? value;
    return foldText(replaced) === foldText(value) ? written : `${minus}${field}:${printValue(operator, replaced)}`;
  });
}
