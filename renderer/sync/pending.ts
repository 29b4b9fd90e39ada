import { goneBetween, isSameAnchor, type Note, type NotebookChange, noteIdOf, type TagChange, tagKey } from '#model';

/**
 * Queues `change` behind what waits to be saved, leaving out what it makes needless: an earlier state of the same note
 * whose words are all in the later one, the earlier place. Applying the outcome gives the same notebook as applying everything, and no version
 * of a note is lacking that holds words which are nowhere else.
 */
export function queueChange(waiting: readonly NotebookChange[], change: NotebookChange): NotebookChange[] {
  if (change.type === 'put-note') {
    const last = waiting.findLastIndex((each) => noteIdOf(each) === change.note.id);
    const earlier = waiting[last];
    if (earlier?.type === 'put-note' && !change.keepsBefore && isContinued(earlier, change.note)) {
      const { basedOn, keepsBefore, from } = earlier;
      return waiting.with(last, { ...change, basedOn, from, ...(keepsBefore && { keepsBefore }) });
    }
  } else if (change.type === 'set-tags') {
    const earlier = waiting.find((each) => each.type === 'set-tags');
    return [...waiting.filter((each) => each !== earlier), earlier ? { ...change, from: earlier.from } : change];
  } else if (change.type.startsWith('set-')) {
    return [...waiting.filter((each) => each.type !== change.type), change];
  }
  return [...waiting, change];
}

/** Queues a change of a tag behind those that wait to be saved, leaving out an earlier one of the same kind and tag. */
export const queueTagChange = (waiting: readonly TagChange[], change: TagChange): TagChange[] => [
  ...waiting.filter(({ type, name }) => type !== change.type || tagKey(name) !== tagKey(change.name)),
  change,
];

type PutNote = Extract<NotebookChange, { type: 'put-note' }>;

/** Whether the later state adds to the earlier one and takes nothing away, and gives nothing back that the earlier one took away. */
const isContinued = ({ note: earlier, from }: PutNote, later: Note): boolean =>
  goneBetween(earlier.body, later.body).characters === 0 &&
  earlier.anchor?.exact === later.anchor?.exact &&
  earlier.tags.every((tag) => later.tags.includes(tag)) &&
  (!from ||
    ((later.colour !== from.colour || earlier.colour === from.colour) &&
      (later.body !== from.body || earlier.body === from.body) &&
      (later.partOf !== from.partOf || earlier.partOf === from.partOf) &&
      (!isSameAnchor(later.anchor, from.anchor) || isSameAnchor(earlier.anchor, from.anchor)) &&
      later.tags.every((tag) => earlier.tags.includes(tag) || !from.tags.includes(tag))));
