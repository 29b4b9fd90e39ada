import { ok, type Result } from '#api';
import {
  applyTagChange,
  largerOfEach,
  mergeTagDetails,
  mergeUnreadable,
  type TagChange,
  type TagDetails,
  tagDetailsSchema,
  tagKey,
  withTag,
} from '#model';
import type { FileKind } from '../storage/file-kind';
import type { Recoverable } from '../storage/losses';
import { type FileOptions, type FileStore, openFile } from '../storage/open-stored-file';
import { count, isRecord, listOf } from '../storage/records';
import type { Validated } from '../storage/validation';

/** What is kept of tags beside their use: the casing that is shown, and colours. */
export interface TagStore extends FileStore {
  list(): TagDetails[];
  /** Keeps the casing of tags that are new; the first casing stays. */
  remember(names: readonly string[]): Promise<Result<null>>;
  apply(changes: readonly TagChange[]): Promise<Result<null>>;
  /** Puts what `next` makes of all of them in their place; giving back the same array writes nothing. */
  update(next: (tags: readonly TagDetails[]) => readonly TagDetails[]): Promise<Result<null>>;
}

/** `tags.json`: in the order in which the tags were first written. `unreadable`: entries that could not be understood, as they were. */
interface TagFile {
  version: number;
  tags: TagDetails[];
  unreadable?: unknown[];
  [field: string]: unknown;
}

const VERSION = 1;
const label = 'The file of your tags (tags.json)';

const recovery: Recoverable<TagFile> = {
  subject: 'tags',
  lost: label,
  holds: ({ tags }) => count(tags.length, 'tag'),
  isBack: ({ tags }) => (tags.length === 1 ? '1 tag is back' : `${tags.length} tags are back`),
  goneOn: 'Your tags stay as they are now. The file that could not be read is still in the quarantine.',
  isLocking: false,
};

const kind: FileKind<TagFile> = { label, validate: validateTags, merge: mergeTags, recovery };

/** Opens `tags.json` of a data folder. */
export async function openTags(options: FileOptions): Promise<TagStore> {
  const { file, store } = await openFile<TagFile>('tags.json', kind, ({ tags }) => tags.length, options);
  const list = () => file.value?.tags ?? [];
  const change = async (next: (tags: readonly TagDetails[]) => readonly TagDetails[]): Promise<Result<null>> => {
    const written = await file.change((before = { version: VERSION, tags: [] }) => {
      const tags = next(before.tags);
      return tags === before.tags ? before : { ...before, tags: [...tags] };
    });
    return written.ok ? ok(null) : written;
  };
  return {
    ...store,
    list,
    async remember(names) {
      const known = list();
      return withTags(known, names) === known ? ok(null) : change((tags) => withTags(tags, names));
    },
    apply: (changes) => change((tags) => changes.reduce<readonly TagDetails[]>(applyTagChange, tags)),
    update: change,
  };
}

const withTags = (tags: readonly TagDetails[], names: readonly string[]): readonly TagDetails[] => names.reduce(withTag, tags);

/** The tags of `other`, then those that only `known` has, each as both say of it: whoever merges comes to the same, but for the order. */
export function mergeTags(known: TagFile, other: TagFile): TagFile {
  const before = new Map(known.tags.map((tag) => [tagKey(tag.name), tag]));
  const after = new Set(other.tags.map(({ name }) => tagKey(name)));
  const unreadable = mergeUnreadable(known.unreadable, other.unreadable);
  return {
    ...largerOfEach(known, other),
    tags: [
      ...other.tags.map((tag) => {
        const own = before.get(tagKey(tag.name));
        return own ? mergeTagDetails(own, tag) : tag;
      }),
      ...known.tags.filter(({ name }) => !after.has(tagKey(name))),
    ],
    ...(unreadable.length > 0 && { unreadable }),
  };
}

/** Entries that are wrong, or name a tag that is there already, are kept apart and do not take the others down. */
export function validateTags(content: unknown): Validated<TagFile> {
  if (!isRecord(content)) return { kind: 'bad', reason: 'it does not hold tags' };
  const { version } = content;
  const tags: TagDetails[] = [];
  const wrong: unknown[] = [];
  const keys = new Set<string>();
  if (content.tags !== undefined && !Array.isArray(content.tags)) wrong.push(content.tags);
  for (const entry of listOf(content.tags)) {
    const parsed = tagDetailsSchema.safeParse(entry);
    const key = parsed.success ? tagKey(parsed.data.name) : '';
    if (parsed.success && key !== '' && !keys.has(key)) tags.push(parsed.data);
    else wrong.push(entry);
    keys.add(key);
  }
  if (typeof version === 'number' && version > VERSION) return { kind: 'newer', value: { ...content, version, tags } };
  const unreadable = [...listOf(content.unreadable), ...wrong];
  const value: TagFile = { ...content, version: VERSION, tags, ...(unreadable.length > 0 && { unreadable }) };
  const remarks =
    unreadable.length > 0
      ? [`${label} has ${count(unreadable.length, 'entry', 'entries')} that could not be read. They are kept in it as they were.`]
      : [];
  return { kind: 'good', value, remarks };
}
