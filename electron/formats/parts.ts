import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { DocumentEnd, DocumentHead, DocumentPart, DocumentSection, DocumentSheets } from '#model';

type Drawn = DocumentSection | DocumentSheets | undefined;

/**
 * The head, the sections as they are made, and the end with the notices that there are by then and what else it has. Between two sections, and at each
 * `undefined`, other work of the thread has its turn.
 */
export async function* toParts(
  head: DocumentHead,
  sections: Iterable<Drawn> | AsyncIterable<Drawn>,
  signal: AbortSignal,
  notices: readonly string[] = [],
  ending: () => Promise<Pick<DocumentEnd, 'fileNotes'>> = async () => ({}),
): AsyncGenerator<DocumentPart, void, undefined> {
  signal.throwIfAborted();
  yield head;
  const hash = createTextHash();
  let length = 0;
  for await (const section of sections) {
    if (section?.part === 'section') {
      hash.add(section.text);
      length += section.text.length;
    }
    if (section) yield section;
    await setImmediate();
    signal.throwIfAborted();
  }
  const more = await ending();
  yield { part: 'end', textHash: hash.digest(), length, notices, ...more } satisfies DocumentEnd;
}

/** SHA-256 of the UTF-8 of a text that is given piece by piece, in lower-case hexadecimal; pieces may part a surrogate pair. */
function createTextHash(): { add(piece: string): void; digest(): string } {
  const hash = createHash('sha256');
  let held = '';
  return {
    add(piece) {
      const text = held + piece;
      held = /[\ud800-\udbff]$/.test(text) ? text.slice(-1) : '';
      hash.update(held === '' ? text : text.slice(0, -1), 'utf8');
    },
    digest: () => hash.update(held, 'utf8').digest('hex'),
  };
}
