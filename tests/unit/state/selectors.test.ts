import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type DocumentSummary, settingsSchema, sortOrders } from '#api';
import { countTagUses } from '#model';
import { tagTree, visibleDocuments } from '../../../renderer/state/selectors';
import type { AppState } from '../../../renderer/state/store';
import { makeRow } from './support';

const document = (id: string, part: Partial<DocumentSummary> = {}) => makeRow(id, { title: id, folderId: 'f', ...part });

/** As much of the state as selectors look at. */
const stateOf = (documents: readonly DocumentSummary[], part: Partial<AppState> = {}): AppState =>
  ({
    documents: new Map(documents.map((each) => [each.id, each])),
    settings: settingsSchema.parse({}),
    filter: { status: 'all', text: '' },
    tags: new Map(),
    ...part,
  }) as AppState;

const titles = (state: AppState) => visibleDocuments(state).map(({ title }) => title);

test('newest first, and what has no date comes last either way', () => {
  const documents = [document('a', { date: '2021-01-01' }), document('none'), document('b', { date: '2022-01-01' })];
  expect(titles(stateOf(documents))).toEqual(['b', 'a', 'none']);
  const ascending = { ...settingsSchema.parse({}), sortAscending: true };
  expect(titles(stateOf(documents, { settings: ascending }))).toEqual(['a', 'b', 'none']);
});

test('titles are sorted as a reader expects: without case, accents beside their letters, numbers by value', () => {
  const documents = ['Zebra', 'part 10', 'Part 2', 'Éclair', 'apple'].map((title) => document(title, { title }));
  const settings = { ...settingsSchema.parse({}), sort: 'title' as const, sortAscending: true };
  expect(titles(stateOf(documents, { settings }))).toEqual(['apple', 'Éclair', 'Part 2', 'part 10', 'Zebra']);
});

test('filters by status, folder, tag under its ancestor, and typed words without accents', () => {
  const documents = [
    document('one', { title: 'Études', tags: ['Music/Piano'], tagUses: countTagUses([['Music/Piano']]) }),
    document('two', { status: 'finished', folderId: 'g', tagUses: [['music', 1]] }),
  ];
  const with_ = (filter: Partial<AppState['filter']>) => titles(stateOf(documents, { filter: { status: 'all', text: '', ...filter } }));
  expect(with_({ text: 'etud' })).toEqual(['Études']);
  expect(with_({ text: 'piano one' })).toEqual(['Études']);
  expect(with_({ status: 'finished' })).toEqual(['two']);
  expect(with_({ folderId: 'g' })).toEqual(['two']);
  expect(with_({ tag: 'music' })).toHaveLength(2);
  expect(with_({ tag: 'MUSIC/piano' })).toEqual(['Études']);
});

test('the order does not depend on what was sorted before', () => {
  const row = fc.record({
    id: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    title: fc.string(),
    date: fc.constantFrom('2020-01-01', '2021-01-01', undefined),
  });
  const step = fc.record({
    rows: fc.uniqueArray(row, { selector: ({ id }) => id }),
    sort: fc.constantFrom(...sortOrders),
    sortAscending: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(step, { minLength: 1 }), (steps) => {
      let last: string[] = [];
      for (const { rows, sort, sortAscending } of steps) {
        const settings = { ...settingsSchema.parse({}), sort, sortAscending };
        last = visibleDocuments(
          stateOf(
            rows.map(({ id, ...part }) => document(id, part)),
            { settings },
          ),
        ).map(({ id }) => id);
      }
      const { rows, sort, sortAscending } = steps.at(-1) ?? { rows: [], sort: 'date', sortAscending: false };
      const settings = { ...settingsSchema.parse({}), sort, sortAscending };
      const anew = visibleDocuments(
        stateOf(
          rows.toReversed().map(({ id, ...part }) => document(id, part)),
          { settings },
        ),
      ).map(({ id }) => id);
      expect(last).toEqual(anew);
    }),
  );
});

test('the tag tree counts documents and notes, on each level', () => {
  const documents = [
    document('one', { tagUses: countTagUses([['a/b'], ['A/c'], ['a/b', 'a', 'A/c']]) }),
    document('two', { tagUses: countTagUses([['x']]) }),
  ];
  expect(tagTree(stateOf(documents)).map(({ name, depth, count }) => [name, depth, count])).toEqual([
    ['a', 0, 3],
    ['a/b', 1, 2],
    ['A/c', 1, 2],
    ['x', 0, 1],
  ]);
});

test('the tag tree is the same whatever was counted before', () => {
  const tag = fc.constantFrom('a', 'A/b', 'a/b', 'a/c', 'x', 'X/ y');
  const rows = fc.uniqueArray(
    fc.record({ id: fc.constantFrom('one', 'two', 'three'), carriers: fc.array(fc.array(tag, { maxLength: 3 })) }),
    {
      selector: ({ id }) => id,
    },
  );
  fc.assert(
    fc.property(fc.array(rows, { minLength: 1, maxLength: 5 }), (steps) => {
      const treeOf = (step: (typeof steps)[number]) =>
        tagTree(stateOf(step.map(({ id, carriers }) => document(id, { tagUses: countTagUses(carriers) })))).map(({ key, count }) => [
          key,
          count,
        ]);
      const last = steps.map(treeOf).at(-1);
      treeOf([]);
      expect(last).toEqual(treeOf(steps.at(-1) ?? []));
    }),
  );
});
