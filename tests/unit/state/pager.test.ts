import { describe, expect, it } from 'vitest';
import { type Page, pageOf } from '#api';
import { createPager } from '../../../renderer/state/pager';

/** A host whose answers come when the test lets them, and the newest page that came of them. */
function open(lists: Record<string, string[]>) {
  const asked: { query: string; from: number; count: number; answer(): void; passOver(): void; fail(error: unknown): void }[] = [];
  const errors: unknown[] = [];
  let shown: { query: string; page: Page<string> } | undefined;
  const pager = createPager<string, Page<string>>({
    ask: (query, from, count) => {
      const { promise, resolve, reject } = Promise.withResolvers<Page<string> | undefined>();
      asked.push({
        query,
        from,
        count,
        answer: () => resolve(pageOf(lists[query] ?? [], { from, count })),
        passOver: () => resolve(undefined),
        fail: reject,
      });
      return promise;
    },
    onPage: (page, query) => {
      shown = { query, page };
    },
    onError: (error) => void errors.push(error),
  });
  /** Answers all questions, also those that come of the answers. */
  const answerAll = async () => {
    for (let index = 0; index < asked.length; index++) {
      asked[index]?.answer();
      await turn();
    }
    await pager.settled();
  };
  const held = () => shown && { query: shown.query, from: shown.page.from, end: shown.page.from + shown.page.rows.length };
  return { pager, asked, errors, answerAll, held, shown: () => shown?.page };
}

/** Lets all that waits for answers go on. */
const turn = () => new Promise((resolve) => setImmediate(resolve));

const numbered = (count: number) => Array.from({ length: count }, (_, index) => `row ${index}`);

describe('a pager', () => {
  it('asks for what is on the screen and something around it, and for more when that is nearly scrolled through', async () => {
    const { pager, asked, answerAll, held } = open({ all: numbered(10_000) });
    pager.show('all');
    await answerAll();
    expect(held()).toEqual({ query: 'all', from: 0, end: 91 });
    pager.want(20, 50);
    expect(asked).toHaveLength(1);
    pager.want(60, 90);
    await answerAll();
    expect(held()).toEqual({ query: 'all', from: 0, end: 151 });
    pager.want(9_980, 9_999);
    await answerAll();
    expect(held()).toEqual({ query: 'all', from: 9_860, end: 10_000 });
    expect(asked).toHaveLength(3);
  });

  it('asks no more for a list that is held as a whole, and once more when it may have changed', async () => {
    const lists = { all: numbered(5) };
    const { pager, asked, answerAll, shown } = open(lists);
    pager.show('all');
    await answerAll();
    pager.want(0, 40);
    pager.want(2, 4);
    expect(asked).toHaveLength(1);
    lists.all.push('another');
    pager.touch();
    await answerAll();
    expect(shown()).toEqual({ total: 6, from: 0, rows: lists.all });
    expect(asked).toHaveLength(2);
  });

  it('passes over the answer to an earlier query, whichever comes first', async () => {
    const { pager, asked, shown, held } = open({ old: ['old'], new: ['new'] });
    pager.show('old');
    pager.show('new');
    asked[1]?.answer();
    await pager.settled();
    expect(shown()?.rows).toEqual(['new']);
    asked[0]?.answer();
    await pager.settled();
    await turn();
    expect(held()?.query).toBe('new');
  });

  it('keeps what it has when the host passes a question over, and asks again when it is touched', async () => {
    const { pager, asked, answerAll, errors, shown } = open({ all: ['a'] });
    pager.show('all');
    await answerAll();
    pager.touch();
    asked[1]?.passOver();
    await pager.settled();
    expect(shown()?.rows).toEqual(['a']);
    pager.touch();
    await answerAll();
    expect(asked).toHaveLength(3);
    expect(errors).toEqual([]);
  });

  it('asks again after an answer that was under way when the list changed, once for many changes', async () => {
    const lists = { all: ['a'] };
    const { pager, asked, answerAll, shown } = open(lists);
    pager.show('all');
    lists.all.push('b');
    for (let change = 0; change < 10; change++) pager.touch();
    await answerAll();
    expect(shown()?.rows).toEqual(['a', 'b']);
    expect(asked).toHaveLength(2);
  });

  it('asks for the same places of another list, whose view may stay where it is, and for its beginning when that is gone to', async () => {
    const { pager, answerAll, held } = open({ long: numbered(1_000), other: numbered(1_000) });
    pager.show('long');
    await answerAll();
    pager.want(500, 520);
    await answerAll();
    pager.show('other');
    await answerAll();
    expect(held()).toMatchObject({ query: 'other', from: 440, end: 581 });
    pager.want(0, 20);
    await answerAll();
    expect(held()).toMatchObject({ query: 'other', from: 0 });
  });

  it('tells of a question that failed, and asks again when it is touched', async () => {
    const { pager, asked, errors, answerAll, shown } = open({ all: ['a'] });
    pager.show('all');
    asked[0]?.fail(new Error('The host does not answer.'));
    await pager.settled();
    expect(errors).toHaveLength(1);
    expect(shown()).toBeUndefined();
    pager.touch();
    await answerAll();
    expect(shown()?.rows).toEqual(['a']);
  });

  it('comes to rest when the list has become shorter than what was wanted of it', async () => {
    const lists = { all: numbered(1_000) };
    const { pager, asked, answerAll, held } = open(lists);
    pager.show('all');
    await answerAll();
    pager.want(900, 930);
    await answerAll();
    lists.all.length = 10;
    pager.touch();
    await answerAll();
    expect(held()).toEqual({ query: 'all', from: 0, end: 10 });
    expect(asked).toHaveLength(3);
  });

  it('asks at once for what is wanted as soon as a page is shown', async () => {
    const { pager, asked } = open({ all: numbered(1_000) });
    pager.show('all');
    asked[0]?.answer();
    // As soon as microtasks let it, as a view does that is drawn with the page.
    for (let step = 0; step < 6; step++) {
      await Promise.resolve();
      pager.want(200 + step, 230 + step);
    }
    await turn();
    expect(asked.length).toBeGreaterThan(1);
  });
});
