/** An object as JSON has them: neither `null` nor an array. */
export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The elements of an array; of anything else, none. */
export const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** "1 note", "2 notes". */
export const count = (number: number, singular: string, plural = `${singular}s`): string => `${number} ${number === 1 ? singular : plural}`;
