import { normalizeTagName, type TagDetails, tagKey } from '#model';

/**
 * A tag's name as it is kept: normalised, and each of its levels in the casing in which it was first written, alone or above
 * another (`trade/fish` after `Trade/slate` is `Trade/fish`). `known` is by `tagKey`, oldest first.
 */
export function inKnownCasing(name: string, known: ReadonlyMap<string, TagDetails>): string {
  const own = normalizeTagName(name);
  const exact = known.get(tagKey(own));
  if (exact) return exact.name;
  const asBeginning = levelsOfKnown(own, known);
  if (asBeginning !== undefined) return asBeginning;
  const above = own.lastIndexOf('/');
  return above < 0 ? own : inKnownCasing(own.slice(0, above), known) + own.slice(above);
}

/** The levels of `name` as they stand at the beginning of a known tag. */
function levelsOfKnown(name: string, known: ReadonlyMap<string, TagDetails>): string | undefined {
  const within = `${tagKey(name)}/`;
  const depth = name.split('/').length;
  for (const [key, details] of known) {
    if (key.startsWith(within)) return normalizeTagName(details.name).split('/').slice(0, depth).join('/');
  }
  return undefined;
}
