import { canonical, inOrder, largerOfEach, timeOf } from './canonical';
import { colourClock, type TagDetails } from './tags';

/**
 * Two states of one tag as one: its colour is that which was set later, and so is, for itself, its casing with where it went. Commutative, associative
 * and idempotent.
 */
export function mergeTagDetails(one: TagDetails, other: TagDetails): TagDetails {
  const [, coloured] = inOrder(one, other, (tag) => [timeOf(colourClock(tag)), tag.colour ?? '']);
  const [, moved] = inOrder(one, other, ({ changedAt, movedTo, isAlias }) => [timeOf(changedAt), canonical({ movedTo, isAlias })]);
  const isOneLater = timeOf(one.changedAt) !== timeOf(other.changedAt);
  const { changedAt, movedTo, isAlias } = moved;
  const { colour } = coloured;
  const colouredAt = new Date(timeOf(colourClock(coloured))).toISOString();
  const isToldApart = one.colouredAt !== undefined || other.colouredAt !== undefined;
  const {
    colour: _colour,
    colouredAt: _colouredAt,
    changedAt: _changedAt,
    movedTo: _movedTo,
    isAlias: _isAlias,
    ...unknown
  } = largerOfEach(one, other);
  return {
    ...unknown,
    // Of two casings always the same one.
    name: isOneLater ? moved.name : one.name < other.name ? one.name : other.name,
    ...(colour !== undefined && { colour }),
    ...(movedTo !== undefined && { movedTo }),
    ...(isAlias !== undefined && { isAlias }),
    ...(changedAt !== undefined && { changedAt }),
    ...(isToldApart && { colouredAt }),
  };
}
