import { z } from 'zod';
import { colourSchema, momentSchema, tagNameSchema } from './notebook';
import { normalizeTagName, tagKey } from './tag-names';

/** What is kept of a tag beside its use. The tag's key is `tagKey(name)`. */
export const tagDetailsSchema = z.looseObject({
  /** The casing that is shown: the first one that was written. */
  name: tagNameSchema,
  colour: colourSchema.optional(),
  /** The tag that it became, or `null` where it was taken away: what comes with it by another way is given that one. */
  movedTo: tagNameSchema.nullable().optional(),
  /** It is another name of `movedTo`, also for the reader who writes it. */
  isAlias: z.boolean().optional(),
  /** When its casing, or where it went, was last set; of two machines the later one's is taken. */
  changedAt: momentSchema.optional(),
  /** The same of its colour. Absent where that is the same moment, as in what earlier versions wrote. */
  colouredAt: momentSchema.optional(),
});
export type TagDetails = z.infer<typeof tagDetailsSchema>;

/** When a tag's colour was last set. */
export const colourClock = ({ colouredAt, changedAt }: TagDetails): string | undefined => colouredAt ?? changedAt;

const NEVER = new Date(0).toISOString();

/** A tag of which all but the colour was set at `at`, or, without one, at an unknown moment. */
export const movedAt = <T extends TagDetails>(tag: T, at: string | undefined): T =>
  at === undefined ? tag : { ...tag, colouredAt: colourClock(tag) ?? NEVER, changedAt: at };

/** One change of what is kept of a tag beside its use. Each can be applied twice with the same outcome, so a retry is harmless. */
export const tagChangeSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('set-tag-colour'),
    name: tagNameSchema,
    /** `undefined` takes the colour away. */
    colour: colourSchema.optional(),
    at: momentSchema.optional(),
  }),
  /** `name` is another name of the tag `of`, or without one a name of its own again. */
  z.object({ type: z.literal('set-tag-alias'), name: tagNameSchema, of: tagNameSchema.optional(), at: momentSchema.optional() }),
]);
export type TagChange = z.infer<typeof tagChangeSchema>;

/** The tags after `change`; the argument is left as it was. Unknown fields survive. */
export function applyTagChange(tags: readonly TagDetails[], change: TagChange): TagDetails[] {
  const { name, at } = change;
  const key = tagKey(name);
  return withTag(tags, name).map((tag) => {
    if (tagKey(tag.name) !== key) return tag;
    if (change.type === 'set-tag-colour') {
      const { colour: _before, ...rest } = tag;
      return { ...rest, ...(change.colour !== undefined && { colour: change.colour }), ...(at !== undefined && { colouredAt: at }) };
    }
    const { movedTo: _to, isAlias: _alias, ...rest } = tag;
    return movedAt({ ...rest, ...(change.of !== undefined && { movedTo: change.of, isAlias: true }) }, at);
  });
}

/** The change that takes `change` back when it is applied after it. */
export function invertTagChange(tags: readonly TagDetails[], { type, name }: TagChange): TagChange {
  const before = tags.find((tag) => tagKey(tag.name) === tagKey(name));
  return type === 'set-tag-colour' ? { type, name, colour: before?.colour } : { type, name, of: before?.movedTo ?? undefined };
}

/** The tags with that of `name` among them; what is listed first keeps its casing. */
export function withTag(tags: readonly TagDetails[], name: string): readonly TagDetails[] {
  const shown = normalizeTagName(name);
  const isKnown = shown === '' || tags.some((tag) => tagKey(tag.name) === tagKey(shown));
  return isKnown ? tags : [...tags, { name: shown }];
}
