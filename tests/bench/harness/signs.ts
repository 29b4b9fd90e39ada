import type { Sign } from './in-page';
import type { Library } from './library';

/** Some of the documents may be none that can be read. */
const PART = 0.9;

/** The list of the documents can be used. */
export const listed = ({ documents }: Library): Sign => ({
  ...(documents > 0 && { selector: '[role=option]' }),
  documents: Math.floor(documents * PART),
});

/** The library is read. */
export const wholeRead = (library: Library): Sign => ({ ...listed(library), gone: '[role=progressbar][aria-label="Reading the library"]' });

/** The beginning of a document whose text begins with its title. */
export const begun = (title: string): Sign => ({ selector: '.reading-text > :first-child', text: title });

/** A document is drawn to its end. */
export const wholeDrawn = (title: string): Sign => ({ ...begun(title), gone: '[role=progressbar][aria-label="Opening the document"]' });
