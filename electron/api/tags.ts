import { z } from 'zod';
import { colourSchema, tagNameSchema } from './notebook';

/** What is kept of a tag beside its use. The tag's key is `tagKey(name)`. */
export const tagDetailsSchema = z.looseObject({
  /** The casing that is shown: the first one that was written. */
  name: tagNameSchema,
  colour: colourSchema.optional(),
});
export type TagDetails = z.infer<typeof tagDetailsSchema>;

/** Tags are one when they are equal without case, Unicode composition, and space around their levels. */
export const tagKey = (name: string): string => normalizeTagName(name).toLowerCase();

/** A tag's name as it is kept: NFC, no leading `#`, one space within, none around `/`, no empty level. */
export function normalizeTagName(name: string): string {
  return name
    .normalize('NFC')
    .replace(/^[#\s]+/, '')
    .split('/')
    .map((level) => level.trim().replace(/\s+/g, ' '))
    .filter((level) => level !== '')
    .join('/');
}

/** Whether `name` is `ancestor` or lies under it. */
export const isTagWithin = (name: string, ancestor: string): boolean => {
  const key = tagKey(name);
  const above = tagKey(ancestor);
  return key === above || key.startsWith(`${above}/`);
};
