import type { DocumentContent, FileContent } from '../format';
import type { DocumentHead } from '../selection';
import type { Batch, PartRange, Place, Portion } from './protocol';

/** Asks the host for documents from `place` on and before `to`. */
export type AskBatch = (place: Place, to: number, withNotes: boolean) => Promise<Batch>;

/** What goes into one file, read from the host a batch at a time. */
export const contentOf = ({ from, to, ...part }: PartRange, ask: AskBatch): FileContent => ({
  ...part,
  heads: () => heads(ask, from, to),
  documents: () => documents(ask, from, to),
});

async function* heads(ask: AskBatch, from: number, to: number): AsyncGenerator<DocumentHead> {
  for await (const { head } of portions(ask, from, to, false)) yield head;
}

async function* documents(ask: AskBatch, from: number, to: number): AsyncGenerator<DocumentContent> {
  const all = portions(ask, from, to, true);
  for (let first = await all.next(); !first.done; first = await all.next()) {
    let portion: Portion = first.value;
    const notes = async function* () {
      yield portion.notes;
      while (portion.goesOn) {
        portion = await following(all);
        yield portion.notes;
      }
    };
    yield { ...portion.head, notes: notes() };
    while (portion.goesOn) portion = await following(all);
  }
}

async function following(all: AsyncGenerator<Portion, void>): Promise<Portion> {
  const { done, value } = await all.next();
  if (done) throw new Error('The notes of a document end before their end.');
  return value;
}

/** The next batch is asked for while this one is written. */
async function* portions(ask: AskBatch, from: number, to: number, withNotes: boolean): AsyncGenerator<Portion, void> {
  let coming: Promise<Batch> | undefined = ask({ document: from, note: 0 }, to, withNotes);
  while (coming) {
    const batch: Batch = await coming;
    coming = batch.next && ask(batch.next, to, withNotes);
    yield* batch.portions;
  }
}
