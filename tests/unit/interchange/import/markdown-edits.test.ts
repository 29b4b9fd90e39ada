import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noteSchema } from '#model';
import type { Collected } from '../../../../electron/interchange/import/collect';
import { readExports } from '../../../../electron/interchange/import/exports';
import { anchor, arbitraryNotebooks, note, notebook, renderOne, sourceOf } from '../export/fixtures';

const modified = '2026-05-01T00:00:00.000Z';

async function read(text: string): Promise<Collected> {
  const result = await readExports([{ name: 'a.md', bytes: Buffer.from(text), modified: Date.parse(modified) }], () => undefined);
  if (!result.ok) throw new Error(result.failure.message);
  return result.value;
}

const first = note({
  anchor: anchor(3, 'the first\nquote, *with* a star'),
  body: 'The first words.\n\n- an item',
  tags: ['figures', 'to do'],
});
const second = note({ body: 'A note on all of it.\n\n***\n\nWith a line of stars in it.', colour: 'blue' });
const third = note({ anchor: anchor(40, 'the third quote'), body: '```\nleft open', tags: ['été'] });
const bare = note({ anchor: anchor(60, 'a bare highlight') });
const other = note({ body: 'On another document.' });
const source = sourceOf([
  notebook('document-1', [second, first, third, bare], { title: 'One' }),
  notebook('document-2', [other], { title: 'Two' }),
]);
const markdown = await renderOne(source, 'markdown');

/** What came by hand, with its document. */
const byHand = ({ notebooks, byHand: ids }: Collected) =>
  notebooks.flatMap(({ id, notes }) => notes.filter((each) => ids.has(each.id)).map(({ body, tags }) => ({ id, body, tags })));

const edits = (collected: Collected) => [...collected.edits].map(([id, { at, ...edit }]) => [id, edit]);

/** The file after someone put one text in place of another. */
function edit(...replacements: [from: string, to: string][]): string {
  return replacements.reduce((text, [from, to]) => {
    expect(text).toContain(from);
    return text.replace(from, () => to);
  }, markdown);
}

describe('a Markdown export that was edited', () => {
  it.each<[string, string, unknown[]]>([
    ['nothing', markdown, []],
    ['ends of lines', markdown.replaceAll('\n', '\r\n'), []],
    ['white space at the ends of lines, and empty lines at the end', `\ufeff${markdown.replace(/[ \t]+$/gm, '')}\n\n`, []],
    ['lines among what Lectern wrote at its end', markdown.replaceAll('\n{', '\n\n{'), []],
    ['addresses of another host', markdown.replaceAll('(lectern://', '(http://127.0.0.1:25327/#'), []],
    ['no addresses, as earlier exports', markdown.replace(/\[([\d-]+)\]\(lectern:[^)]*\)/g, '$1'), []],
    ['properties', edit(['title: All notes', 'title: Mine\nstatus: read']), []],
    ['a heading', edit(['# One\n', '# Number one\n']), []],
    ['words', edit(['The first words.', 'Other words.']), [[first.id, { body: 'Other words.\n\n- an item' }]]],
    [
      'words after the last line of a note',
      edit(['- an item\n', '- an item\n- another\n']),
      [[first.id, { body: 'The first words.\n\n- an item\n- another' }]],
    ],
    ['words beside a line of stars', edit(['A note on all', 'One on all']), [[second.id, { body: second.body.replace('A note', 'One') }]]],
    ['words in a fence that was closed', edit(['left open', 'closed']), [[third.id, { body: '```\nclosed' }]]],
    [
      'the words of a bare highlight',
      edit(['> a bare highlight\n', '> a bare highlight\n\nNot bare any more.\n']),
      [[bare.id, { body: 'Not bare any more.' }]],
    ],
    ['tags', edit(['#figures · #to-do · yellow', '#to-do #new/one · yellow']), [[first.id, { tags: ['to do', 'new/one'] }]]],
    [
      'a tag after the mark',
      edit(['> a bare highlight\n\nyellow · [2026-01-05]', '> a bare highlight\n\n#later · yellow · [2026-01-05]']),
      [[bare.id, { tags: ['later'] }]],
    ],
    ['a colour', edit(['blue · [2026', 'pink · [2026']), [[second.id, { colour: 'pink' }]]],
    [
      'words in the last line of a note',
      edit(['blue · [2026', 'see also there · blue · [2026']),
      [[second.id, { body: `${second.body}\n\nsee also there` }]],
    ],
  ])('with other %s', async (_name, text, expected) => {
    const collected = await read(text);
    expect(edits(collected)).toEqual(expected);
    expect([byHand(collected), collected.bad, collected.notices]).toEqual([[], [], []]);
  });

  it('keeps a quote, which is the document’s, and says so, but what was written into it comes as words of the note', async () => {
    const reworded = await read(edit(['> the third quote', '> the 3rd quote']));
    expect([edits(reworded), byHand(reworded)]).toEqual([[], []]);
    expect(reworded.notices).toEqual([expect.stringContaining('In “a.md” the quote of one note was changed')]);
    const written = await read(edit(['> the third quote', '> the 3rd quote\n> MY THOUGHT on this'], ['left open', 'closed']));
    expect(edits(written)).toEqual([[third.id, { body: '> MY THOUGHT on this\n\n```\nclosed' }]]);
    const [one, two] = markdown.split('\n').filter((line) => line.startsWith('> ')) as [string, string];
    const between = await read(edit([`${one}\n${two}`, `${one}\n> quite\n${two}`]));
    expect(edits(between)).toEqual([[first.id, { body: `> quite\n\n${first.body}` }]]);
    const bareOne = await read(edit(['> a bare highlight', '> a bare Highlight\n> 我的想法']));
    expect(edits(bareOne)).toEqual([[bare.id, { body: '> 我的想法' }]]);
  });

  it('leaves words between two notes to neither, whatever of what stood between them was deleted', async () => {
    const page = note({ body: 'On the whole', createdAt: '2026-01-01T00:00:00.000Z' });
    const next = note({ body: 'On the whole, too', createdAt: '2026-01-02T00:00:00.000Z' });
    const quoted = note({ anchor: anchor(3, 'quote of one'), body: 'Body of one', tags: ['tagged'] });
    const last = note({ anchor: anchor(20, 'quote of the last'), body: 'Body of the last' });
    const text = await renderOne(sourceOf([notebook('document-1', [page, next, quoted, last], { title: 'One' })]), 'markdown');
    const lines = text.split('\n').filter((line) => / <!-- \w{8}\.\w{12} -->$/.test(line));
    for (const line of lines.slice(0, -1)) {
      const mark = / <!-- .*$/.exec(line)?.[0] ?? '';
      const between = `${line}\n\n***\n`;
      for (const left of ['Words of mine', `${line}\n\nWords of mine`, `${line.replace(mark, '')}\n\nWords of mine`]) {
        for (const [gone, put] of [
          [between, `${left}\n`],
          [between, `${left}\n\n***\n`],
        ] as const) {
          expect(text).toContain(gone);
          const collected = await read(text.replace(gone, put));
          expect([edits(collected), byHand(collected), collected.notices]).toEqual([
            [],
            [{ id: 'document-1', body: 'Words of mine', tags: [] }],
            [],
          ]);
        }
      }
    }
    const changed = await read(text.replace(/#tagged · .*\n\n\*\*\*\n/, 'Words of mine\n').replace('Body of the last', 'Other words'));
    expect(edits(changed)).toEqual([[last.id, { body: 'Other words' }]]);
    expect(byHand(changed)).toEqual([{ id: 'document-1', body: 'Words of mine', tags: [] }]);
    // Where nothing tells them apart, it is said.
    const mixed = await read(text.replace(/yellow · .*\n\n\*\*\*\n/, 'Words of mine\n').replace('On the whole, too', 'Other words'));
    expect(mixed.notices).toEqual([expect.stringContaining('cannot be told from')]);
  });

  it('keeps words above a quote as words of its note, and those after its mark without the date', async () => {
    const above = await read(edit(['> the third quote', 'Above it.\n\n> the third quote']));
    expect([edits(above), byHand(above), above.notices]).toEqual([[[third.id, { body: `Above it.\n\n${third.body}` }]], [], []]);
    const mark = /blue · .*/.exec(markdown)?.[0] ?? '';
    const after = await read(edit([mark, `${mark} after it`]));
    expect([edits(after), byHand(after)]).toEqual([[[second.id, { body: `${second.body}\n\nafter it` }]], []]);
  });

  it('may consist of lines of stars, and may have lost thousands of notes or all marks', async () => {
    const stars = '***\n'.repeat(30_000);
    const full = await read(edit(['***\n\n> the third', `***\n\n${stars}> the third`]));
    expect(full.notebooks.flatMap(({ notes }) => notes)).toHaveLength(5);
    const notes = Array.from({ length: 3000 }, (_, index) =>
      note({ id: randomUUID(), body: `Words ${index}\n\nof a note`, ...(index % 2 === 0 && { anchor: anchor(index, `quote ${index}`) }) }),
    );
    const text = await renderOne(sourceOf([notebook('document-1', notes)]), 'markdown');
    const unmarked = await read(text.replace(/ <!-- \w+\.\w{12} -->/g, ''));
    expect([unmarked.edits.size, unmarked.byHand.size]).toEqual([0, 0]);
    const half = await read(text.replace(/ <!-- \w+\.\w{11}[02468ace] -->/g, ''));
    expect([half.edits.size, half.byHand.size]).toEqual([0, 0]);
  });

  it('keeps a note as it was exported that is not in it any more, in whole or but for its mark', async () => {
    const from = markdown.indexOf('> the first');
    const to = markdown.indexOf('***\n\n> the third');
    for (const text of [
      markdown.slice(0, from) + markdown.slice(to + 5),
      markdown.replace(new RegExp(` <!-- \\w+\\.${first.id.slice(-12)} -->`), ''),
      markdown.replace(/\n#figures.*\n/, '\n'),
    ]) {
      const collected = await read(text);
      expect([edits(collected), byHand(collected)]).toEqual([[], []]);
      expect(collected.notebooks[0]?.notes).toContainEqual(expect.objectContaining({ id: first.id, body: first.body }));
    }
  });

  it('may have its notes in another order', async () => {
    const from = markdown.indexOf('> the third');
    const to = markdown.indexOf('> a bare');
    const block = markdown.slice(from, to);
    for (const place of [markdown.indexOf('A note on all'), markdown.indexOf('> the first')]) {
      const rest = markdown.slice(place, from) + markdown.slice(to);
      const collected = await read(markdown.slice(0, place) + block + rest);
      expect([edits(collected), byHand(collected)]).toEqual([[], []]);
    }
  });

  it('brings what was written into it as notes on their documents, once', async () => {
    const text = edit(
      ['***\n\n> the third', 'A thought of\ntwo lines.\n\n#idea #new\n\n***\n\n> the third'],
      ['# Two\n', 'At the end of the first.\n\n# Two\n'],
    );
    const collected = await read(`${text}\nBelow everything.\n`);
    expect(byHand(collected)).toEqual([
      { id: 'document-1', body: 'A thought of\ntwo lines.', tags: ['idea', 'new'] },
      { id: 'document-1', body: 'At the end of the first.', tags: [] },
      { id: 'document-2', body: 'Below everything.', tags: [] },
    ]);
    expect(edits(collected)).toEqual([]);
    const ids = (each: Collected) => [...each.byHand].sort();
    expect(ids(await read(`${text}\r\n\r\nBelow everything.  \r\n`))).toEqual(ids(collected));
    for (const each of collected.notebooks.flatMap(({ notes }) => notes)) noteSchema.parse(each);
  });

  it('is not misled by notes that look like exports', async () => {
    const inner = await renderOne(sourceOf([notebook('document-1', [note({ body: markdown })])]), 'markdown');
    const changed = await read(inner.replace('The first words.', 'Other words.'));
    expect([...changed.edits.values()].map(({ body }) => body)).toEqual([markdown.replace('The first words.', 'Other words.').trimEnd()]);
    expect(byHand(changed)).toEqual([]);
  });

  it('gives every note and tells nothing wrong of its records, whatever is done to what stands above them', async () => {
    const lines = markdown.slice(0, markdown.lastIndexOf('<!-- lectern')).split('\n');
    const records = markdown.slice(markdown.lastIndexOf('<!-- lectern'));
    const all = [first, second, third, bare, other].map(({ id }) => id).sort();
    const change = fc.record({
      at: fc.nat(lines.length),
      gone: fc.nat(12),
      put: fc.array(fc.oneof(fc.constantFrom('***', '# One', '> q', '```', '<!--', '-->', ...lines), fc.string()), { maxLength: 4 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
        const edited = [...lines];
        for (const { at, gone, put } of changes) edited.splice(at, gone, ...put);
        const { notebooks, byHand: ids, bad } = await read(`${edited.join('\n')}\n${records}`);
        const known = notebooks.flatMap(({ notes }) => notes.map(({ id }) => id)).filter((id) => !ids.has(id));
        expect([known.sort(), bad]).toEqual([all, []]);
        for (const each of notebooks.flatMap(({ notes }) => notes)) noteSchema.parse(each);
      }),
      { numRuns: 100 },
    );
  });

  it('loses no line that was written anywhere in it', async () => {
    const lines = markdown.split('\n');
    const from = lines.indexOf('---', 1) + 1;
    const records = lines.findLastIndex((line) => line.startsWith('<!-- lectern'));
    const place = fc.oneof(fc.integer({ min: from, max: records }), fc.constant(lines.length));
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(place, { minLength: 1, maxLength: 5 }), async (places) => {
        const edited = lines.flatMap((line, index) => (places.includes(index) ? [`written${index}`, line] : [line]));
        if (places.includes(lines.length)) edited.push(`written${lines.length}`);
        const collected = await read(edited.join('\n'));
        const found = [...collected.edits.values(), ...byHand(collected)].map(({ body }) => body ?? '').join('\n');
        for (const each of places) expect(found).toMatch(new RegExp(`written${each}\\b`));
      }),
      { numRuns: 100 },
    );
  });

  it('has an edit of each note that was changed, and of no other', async () => {
    const words = fc.lorem({ maxCount: 3, mode: 'sentences' });
    await fc.assert(
      fc.asyncProperty(arbitraryNotebooks, fc.nat(), words, async (notebooks, which, body) => {
        const all = notebooks.flatMap(({ notes }) => notes);
        const plainly = notebooks.map((each) => ({
          ...each,
          notes: each.notes.map((one, index) => ({ ...one, id: `${one.id.slice(0, -2)}${index}0`, body: `<${one.id}> ${index}` })),
        }));
        const chosen = plainly.flatMap(({ notes }) => notes)[which % all.length];
        const text = await renderOne(sourceOf(plainly), 'markdown');
        const collected = await read(text.replace(`\n${chosen?.body}\n`, () => `\n${body}\n`));
        expect([...collected.edits.values()].map((each) => each.body)).toEqual([body]);
        expect(byHand(collected)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});
