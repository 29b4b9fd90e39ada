// What a reader chooses among. Without zod, whose loading the thread of the search would wait for at each start.

/** The five highlight colours, in the order of their keys 1 to 5. */
export const colours = ['yellow', 'green', 'blue', 'pink', 'violet'] as const;
export type Colour = (typeof colours)[number];

/** How far a document is read. */
export const readingStatuses = ['unread', 'reading', 'finished'] as const;
export type ReadingStatus = (typeof readingStatuses)[number];
