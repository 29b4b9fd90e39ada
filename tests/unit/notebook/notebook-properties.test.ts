import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyChange, colours, type Notebook, type NotebookChange, notebookSchema, readingStatuses } from '#model';
import { validateNotebook } from '../../../electron/notebook/repair-notebook';
import { create, ID, makeDataFolder, notebookPath, open, readJson } from './fixtures';

const noteIds = ['018f0000-0000-7000-8000-000000000001', '018f0000-0000-7000-8000-000000000002', '018f0000-0000-7000-8000-000000000003'];
const noteId = fc.constantFrom(...noteIds);
const moment = fc.integer({ min: 0, max: 10_000_000 }).map((seconds) => new Date(1_760_000_000_000 + seconds * 1000).toISOString());
const text = fc.string({ unit: 'binary', maxLength: 30 });
const tags = fc.array(fc.constantFrom('figures', 'Ukraine/border', '日本', 'é'), { maxLength: 3 });
const note = fc.record({
  id: noteId,
  colour: fc.constantFrom(...colours),
  body: text,
  tags,
  createdAt: moment,
  modifiedAt: moment,
  history: fc.constant([]),
});
const change = fc.oneof(
  note.map((each) => ({ type: 'put-note' as const, note: each })),
  fc.record({ type: fc.constant('delete-note' as const), noteId, at: moment }),
  fc.record({ type: fc.constant('restore-note' as const), noteId }),
  fc.record({ type: fc.constant('purge-note' as const), noteId }),
  tags.map((each) => ({ type: 'set-tags' as const, tags: each })),
  fc.option(fc.constantFrom('A title', 'Заголовок'), { nil: undefined }).map((title) => ({ type: 'set-title' as const, title })),
  fc.constantFrom(...readingStatuses).map((status) => ({ type: 'set-status' as const, status })),
  fc.record({
    type: fc.constant('set-position' as const),
    position: fc.record({ offset: fc.nat(), progress: fc.double({ min: 0, max: 1, noNaN: true }) }),
    at: moment,
  }),
) as fc.Arbitrary<NotebookChange>;
const json = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<unknown>;
const onDisk = (notebook: Notebook): unknown => JSON.parse(JSON.stringify(notebook));

describe('a store', () => {
  it('holds what the pure changes make, whatever their batches and however often it is opened anew', async () => {
    const steps = fc.array(fc.record({ batches: fc.array(fc.array(change, { minLength: 1, maxLength: 4 }), { maxLength: 4 }) }), {
      minLength: 1,
      maxLength: 3,
    });
    await fc.assert(
      fc.asyncProperty(
        steps,
        fc.dictionary(
          fc.string({ minLength: 1 }).map((name) => `x-${name}`),
          json,
          { maxKeys: 3 },
        ),
        async (restarts, unknown) => {
          const dataFolder = await makeDataFolder();
          const localFolder = await makeDataFolder();
          let expected: Notebook = notebookSchema.parse(JSON.parse(JSON.stringify({ ...create()(), ...unknown })));
          const start = expected;
          for (const { batches } of restarts) {
            const store = await open(dataFolder, localFolder);
            const results = await Promise.all(batches.map((batch) => store.apply(ID, batch, () => start)));
            expect(results.every(({ ok }) => ok)).toBe(true);
            expected = batches.flat().reduce((notebook, each) => applyChange(notebook, each), expected);
            if (batches.length > 0) expect(store.get(ID)).toEqual(expected);
            await store.close();
            if (store.get(ID)) expect(await readJson(notebookPath(dataFolder))).toEqual(onDisk(expected));
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it('opens whatever a file holds, without losing a byte of it', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          json.map((value) => JSON.stringify(value)),
        ),
        async (content) => {
          const dataFolder = await makeDataFolder();
          await mkdir(path.join(dataFolder, 'notebooks'));
          await writeFile(notebookPath(dataFolder), content);
          const store = await open(dataFolder);
          expect(store.get(ID)).toBeUndefined();
          expect(store.problems()).toHaveLength(1);
          expect(await readFile(store.problems()[0]?.path ?? '', 'utf8')).toBe(content);
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe('repair', () => {
  const whole = fc
    .array(change, { maxLength: 12 })
    .map((changes) => onDisk(changes.reduce((notebook, each) => applyChange(notebook, each), create()())));

  it('leaves a whole notebook as it is', () => {
    fc.assert(
      fc.property(whole, (content) => {
        expect(validateNotebook(ID, content)).toEqual({ kind: 'good', value: content, remarks: [] });
      }),
    );
  });

  it('makes a valid notebook of any damage, keeps every value that it replaced, and has nothing left to repair', () => {
    const damage = fc.record({ at: fc.nat(), value: json });
    fc.assert(
      fc.property(whole, fc.array(damage, { minLength: 1, maxLength: 4 }), (content, damages) => {
        const damaged = damages.reduce<unknown>((before, { at, value }) => replaceAt(before, at, value), content);
        const validated = validateNotebook(ID, damaged);
        if (validated.kind !== 'good') return;
        expect(notebookSchema.safeParse(validated.value).success).toBe(true);
        const repaired = onDisk(validated.value);
        for (const word of wordsOf(damaged)) expect(wordsOf(repaired)).toContain(word);
        expect(validateNotebook(ID, repaired)).toEqual({ kind: 'good', value: repaired, remarks: validated.remarks });
      }),
      { numRuns: 150 },
    );
  });
});

/** The value with the `at`th of its parts (counted round) replaced. */
function replaceAt(value: unknown, at: number, by: unknown): unknown {
  const paths: string[][] = [];
  const walk = (part: unknown, path: string[]) => {
    if (typeof part !== 'object' || part === null) return;
    for (const [key, each] of Object.entries(part)) {
      paths.push([...path, key]);
      walk(each, [...path, key]);
    }
  };
  walk(value, []);
  const chosen = paths[at % paths.length];
  const copy = structuredClone(value);
  if (!chosen) return copy;
  let parent = copy as Record<string, unknown>;
  for (const key of chosen.slice(0, -1)) parent = parent[key] as Record<string, unknown>;
  parent[chosen.at(-1) ?? ''] = by;
  return copy;
}

/** The note bodies and other longer strings anywhere in a value. */
function wordsOf(value: unknown): string[] {
  if (typeof value === 'string') return value.trim().length > 2 ? [value.trim()] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(wordsOf);
}
