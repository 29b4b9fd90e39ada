import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyNotebook, linksOf, nameOfPageNote, outlineOf, placeKey, SYSTEM_LINK, writePlace } from '#model';
import { readNote } from '../../../../electron/formats/markdown/note';
import { makeNote } from '../../host-fixtures';

const [document, note] = ['01890000-0000-7000-8000-000000000001', '01890000-0000-7000-8000-000000000002'];
const address = SYSTEM_LINK + writePlace({ documentId: document, noteId: note });
const page = `http://127.0.0.1:25327/#${writePlace({ documentId: document })}`;
const of = (body: string) => linksOf({ id: 'it', body });

describe('the links of a note', () => {
  it.each([
    ['Nothing [here](https://example.com/document/).', undefined],
    ['See [[The  Winter Quay]], [[the winter quay]].', { names: ['the winter quay'], places: [] }],
    [`[Words, “a quote…”](${address})`, { names: [], places: [placeKey(document, note)] }],
    [`<${address}> and [it](${address} "title")`, { names: [], places: [placeKey(document, note)] }],
    [`Look at ${page}. Or **${page}**`, { names: [], places: [document] }],
    [`[[ ]] and ${SYSTEM_LINK}document/x`, undefined],
    ['To [[Folder/Other#Far\\|words]]', { names: expect.arrayContaining(['other', 'folder/other']), places: [] }],
    ['A stray ` and [[A title]]', { names: ['a title'], places: [] }],
  ])('%s', (body, links) => {
    expect(of(body)).toEqual(links && { noteId: 'it', ...links });
  });

  it('are all that are drawn', () => {
    const titles = (nodes: unknown): string[] =>
      [...JSON.stringify(nodes).matchAll(/"title-link":"([^"]*)"/g)].map(([, title = '']) => title);
    const pieces = fc.constantFrom('[[One]]', '[[Two]]', '`', '``', '\n', '\n\n', 'words ', '```\n', '*', '[[', ']]', '- ');
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (written) => {
        const body = `${written.join('')}\n`;
        const drawn = new Set(titles(readNote(body).nodes).map((title) => title.toLowerCase()));
        // Code is told too, so there may be more.
        expect([...drawn.difference(new Set(of(body)?.names))]).toEqual([]);
      }),
    );
  });
});

it.each([
  ['# A name\n\nWords', 'a name'],
  ['## A name ##', 'a name'],
  ['Words\n\n# Later', undefined],
  ['#tag', undefined],
])('a note on the whole document goes by its heading: %s', (body, name) => {
  expect(nameOfPageNote(makeNote({ body }))).toBe(name);
});

it('are kept in the outline of a notebook, with the notes that have names', () => {
  const notes = [makeNote({ body: '[[Elsewhere]]' }), makeNote({ body: 'none' }), makeNote({ body: '# Named' })];
  const notebook = { ...emptyNotebook('0123456789', { paths: [], rawHash: '1'.repeat(64), history: [] }), notes };
  expect(outlineOf(notebook).links).toEqual([{ noteId: notes[0]?.id, names: ['elsewhere'], places: [] }]);
  expect(outlineOf(notebook).namedNotes).toEqual([['named', notes[2]?.id]]);
  expect(outlineOf({ ...notebook, notes: notes.slice(1, 2) })).not.toHaveProperty('links');
});
