import { hash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { DocumentLine } from '#api';
import { type Anchor, describe as describePassage, type Note } from '#model';
import type { BeforeEnd, Library } from '../../electron/library';
import { buildFolder } from '../../electron/vite.shared';
import { allRows } from './all-rows';
import { makePdf } from './formats/pdf/make-pdf';
import { makeNote, type OpenedCore, openCore } from './host-fixtures';
import { waitFor } from './wait-for';

/** A core with one document; `asShipped` has it read by the bundled threads. */
async function openWith(text: string | Uint8Array, { asShipped = false, name = 'a.txt' } = {}) {
  const opened = await openCore({ ...(asShipped && { workersFolder: buildFolder }), documents: { [name]: text } });
  await opened.core.library.ready;
  const documentId = allRows(opened.core.library).find(({ fileName }) => fileName === name)?.id ?? '';
  return { ...opened, documentId };
}

const value = <T>(result: { ok: true; value: T } | { ok: false; failure: unknown }): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return result.value;
};

const sha256 = (text: string): string => hash('sha256', text);

async function readLines({ core }: OpenedCore, documentId: string, rawHash?: string, unlockKey?: string): Promise<DocumentLine[]> {
  const chunks = await Array.fromAsync(value(await core.documentLines(documentId, rawHash, unlockKey)));
  return Buffer.concat(chunks)
    .toString()
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

const textOf = (lines: readonly DocumentLine[]): string => lines.flatMap((line) => (line.part === 'section' ? [line.text] : [])).join('');

describe('a document that is opened', () => {
  it('comes in parts that add up to its text', async () => {
    const text = 'A title\n\nA first paragraph.\n\nA second one, with an emoji 🙂.\n';
    const opened = await openWith(text, { asShipped: true });
    const { source } = value(await opened.call('library.open', { documentId: opened.documentId }));
    const lines = await readLines(opened, opened.documentId, source.rawHash);
    expect(textOf(lines)).toBe(text);
    expect(lines[0]).toMatchObject({ part: 'head', encoding: 'utf-8' });
    expect(lines.at(-1)).toMatchObject({ part: 'end', textHash: sha256(text) });
  });

  it('is the one that was told of, or says that it was changed', async () => {
    const opened = await openWith('The first text.\n', { asShipped: true });
    const { source } = value(await opened.call('library.open', { documentId: opened.documentId }));
    await writeFile(path.join(opened.seedsFolder, 'a.txt'), 'Another text.\n');
    expect(await opened.core.documentLines(opened.documentId, source.rawHash)).toMatchObject({ failure: { code: 'document-changed' } });
  });

  it('is read with the password that its own window gave, whatever others give meanwhile, and once', async () => {
    const locked = makePdf([[{ text: 'What is in the cave.', x: 40, y: 500 }]], { password: 'open, sesame' });
    const opened = await openWith(locked, { name: 'cave.pdf' });
    const { documentId, core } = opened;
    const open = async (password?: string) => value(await opened.call('library.open', { documentId, password })).source;
    const [one, other, wrong] = [await open('open, sesame'), await open('open, sesame'), await open('shut')];
    expect(await opened.call('library.open', { documentId })).toMatchObject({ failure: { code: 'document-locked' } });
    expect(await core.documentLines(documentId, one.rawHash)).toMatchObject({ failure: { code: 'document-locked' } });
    expect(await core.documentLines(documentId, one.rawHash, wrong.unlockKey)).toMatchObject({ ok: false });
    for (const { rawHash, unlockKey } of [one, other])
      expect(textOf(await readLines(opened, documentId, rawHash, unlockKey))).toContain('What is in the cave.');
    expect(await core.documentLines(documentId, one.rawHash, one.unlockKey)).toMatchObject({ failure: { code: 'document-locked' } });
  });

  it.each([
    ['a line of 5 MB', 'word '.repeat(1024 * 1024), 0],
    ['a few NULs', 'A text\0with two\0of them.', 1],
    ['bytes that are no UTF-8', Buffer.concat([Buffer.from('Grüße aus Köln. '.repeat(4)), Buffer.from([0xff])]), 1],
    ['an encoding that must be guessed', Buffer.from('Grüße aus Köln, schöne Tage.', 'latin1'), 1],
  ])('is read with %s, and the reader is told what is to be told', async (_, content, notices) => {
    const opened = await openWith(content);
    const lines = await readLines(opened, opened.documentId);
    expect(lines[0]).toMatchObject({ part: 'head', notices: { length: notices } });
    const text = textOf(lines);
    if (typeof content === 'string') expect(text === content).toBe(true);
  });

  it('is read in the encoding that the reader chose', async () => {
    const opened = await openWith(Buffer.from('Привет'.repeat(3), 'utf16le'));
    const { documentId, call } = opened;
    value(await call('notebook.apply', { documentId, changes: [{ type: 'set-encoding', encoding: 'utf-16le' }] }));
    const [head, section] = await readLines(opened, documentId);
    expect(head).toMatchObject({ encoding: 'utf-16le' });
    expect(section).toMatchObject({ text: 'Привет'.repeat(3) });
  });

  it('says so when there is no such document', async () => {
    const { core } = await openWith('A text.\n');
    expect(await core.documentLines('no-such-document', undefined)).toMatchObject({ failure: { code: 'document-not-found' } });
  });
});

describe('notes that were made on another text of the same file', () => {
  const text = 'A title\n\nA first paragraph.\n\nA second one.\n';
  /** As an earlier reader of the format had it. */
  const earlier = 'A titleA first paragraph.A second one.';
  const locator = { chapter: 'A title' };
  const on = (of: string, quote: string): Anchor => {
    const start = of.indexOf(quote);
    return describePassage(of, start, start + quote.length, sha256(of));
  };

  async function openWithNotes(...notes: Note[]) {
    const opened = await openWith(text);
    const { documentId, call } = opened;
    const { rawHash } = value(await call('library.open', { documentId })).source;
    const told: string[] = [];
    opened.core.subscribe('a window', (event) => told.push(event));
    const tries = countTries(opened.core.library);
    value(await call('notebook.keep-text', { documentId, textHash: sha256(earlier), text: earlier }));
    value(await call('notebook.apply', { documentId, changes: notes.map((note) => ({ type: 'put-note' as const, note })) }, 'a window'));
    const read = async () => value(await call('library.notebook', { documentId })).notebook;
    return { ...opened, rawHash, read, told, tries };
  }

  /** How often passages were to be carried over, for a reader or for nobody. */
  function countTries(library: Library): { count: number } {
    const tries = { count: 0 };
    const { read, readThrough } = library;
    const counting =
      (beforeEnd: BeforeEnd): BeforeEnd =>
      (text) =>
        beforeEnd({
          ...text,
          async carryOver(each) {
            const carried = await text.carryOver(each);
            tries.count += 1;
            return carried;
          },
        });
    library.read = (id, rawHash, beforeEnd) => read(id, rawHash, counting(beforeEnd));
    library.readThrough = (id, beforeEnd) => readThrough(id, (rawHash) => counting(beforeEnd(rawHash)));
    return tries;
  }

  it('go along in silence', async () => {
    const passage = makeNote({ anchor: on(earlier, 'titleA first'), body: 'Words' });
    const pageNote = makeNote({ body: 'On the whole' });
    const opened = await openWithNotes(passage, pageNote);
    const lines = await readLines(opened, opened.documentId, opened.rawHash);
    expect(lines.at(-1)).toMatchObject({ part: 'end', textHash: sha256(text) });
    // The document may be read for its notes at the same time; whichever ends last tells the chapter.
    await waitFor(async () =>
      expect((await opened.read()).notes).toEqual([{ ...passage, anchor: { ...on(text, 'title\n\nA first'), locator } }, pageNote]),
    );
    await waitFor(async () => expect((await opened.read()).identity.textHash).toBe(sha256(text)));
    expect(opened.told).toContain('notebook.changed');
    expect(await opened.core.documentLines(opened.documentId, opened.rawHash)).toMatchObject({ ok: true });
  });

  it('are written once', async () => {
    const opened = await openWithNotes(makeNote({ anchor: on(earlier, 'second') }));
    await readLines(opened, opened.documentId, opened.rawHash);
    const once = value(await opened.call('library.notebook', { documentId: opened.documentId }));
    await readLines(opened, opened.documentId, opened.rawHash);
    expect(value(await opened.call('library.notebook', { documentId: opened.documentId }))).toEqual(once);
  });

  it('stay where their text was not kept, and go along with what can be told', async () => {
    const unknown = { ...on(earlier, 'second'), textHash: sha256('a text that was not kept') };
    const elsewhere = { ...on(earlier, 'second'), start: 500, end: 506 };
    const notes = [makeNote({ anchor: unknown }), makeNote({ anchor: elsewhere }), makeNote({ anchor: on(earlier, 'second') })];
    const opened = await openWithNotes(...notes);
    await readLines(opened, opened.documentId, opened.rawHash);
    const anchors = [unknown, elsewhere, on(text, 'second')].map((anchor) => ({ ...anchor, locator }));
    expect((await opened.read()).notes.map(({ anchor }) => anchor)).toEqual(anchors);
  });

  it('are tried again only when there is more to carry over', async () => {
    const opened = await openWithNotes(makeNote({ anchor: { ...on(earlier, 'second'), start: 500, end: 506 } }));
    await waitFor(() => expect(opened.tries.count).toBe(1));
    for (const _ of [1, 2, 3]) await readLines(opened, opened.documentId, opened.rawHash);
    expect(opened.tries.count).toBe(1);
    const more = makeNote({ anchor: on(earlier, 'second') });
    value(await opened.call('notebook.apply', { documentId: opened.documentId, changes: [{ type: 'put-note', note: more }] }));
    await waitFor(async () => expect((await opened.read()).notes.at(-1)?.anchor).toEqual({ ...on(text, 'second'), locator }));
    for (const _ of [1, 2]) await readLines(opened, opened.documentId, opened.rawHash);
    expect(opened.tries.count).toBe(2);
  });

  it('stay when the file itself was changed: that is for the reader to judge', async () => {
    const note = makeNote({ anchor: on(earlier, 'second') });
    const opened = await openWithNotes(note);
    await writeFile(path.join(opened.seedsFolder, 'a.txt'), `${text}A third one.\n`);
    await expect.poll(async () => (await opened.read()).identity.rawHash).toBe(sha256(`${text}A third one.\n`));
    await readLines(opened, opened.documentId, sha256(`${text}A third one.\n`));
    // The document may be read for its notes at the same time; whichever ends last tells the chapter.
    await waitFor(async () => expect((await opened.read()).notes).toEqual([{ ...note, anchor: { ...note.anchor, locator } }]));
  });
});

it('a link finds a file whose name is written otherwise: with accents that are letters of their own, as on a Mac, or in other case', async () => {
  const decomposed = 'notes/Cafe\u0301.md';
  const opened = await openCore({ documents: { 'notes/one.md': '# One', [decomposed]: '# Two', 'notes/CAFÉ/x.md': '# X' } });
  await opened.core.library.ready;
  const idOf = (file: string) => allRows(opened.core.library).find(({ relativePath }) => relativePath === file)?.id ?? '';
  const find = (link: string) => opened.call('library.find', { path: link, besideId: idOf('notes/one.md') });
  for (const link of ['Caf\u00e9.md', 'Cafe\u0301', 'caf\u00e9.MD', 'CAFE\u0301.md'])
    expect(await find(link)).toEqual({ documentId: idOf(decomposed) });
  expect(await find('Cafe.md')).toEqual({});
});

it('a link from the top of a site leads to the page that lies there, or says that it stands there', async () => {
  const files = {
    'site/_config.yml': '',
    'site/_posts/2024-01-31-one.md': '# One',
    'site/about.md': '# About',
    'site/pages/team.md': '---\npermalink: /team/\nredirect_from:\n- /people/\n---\nWe.',
    'about.md': '# Another',
  };
  const opened = await openCore({ documents: files });
  await opened.core.library.ready;
  const idOf = (file: string) => allRows(opened.core.library).find(({ relativePath }) => relativePath === file)?.id;
  const find = (link: string, from = 'site/_posts/2024-01-31-one.md') =>
    opened.call('library.find', { path: link, besideId: idOf(from) ?? '' });
  expect(await find('/about/')).toEqual({ documentId: idOf('site/about.md') });
  expect(await find('/About')).toEqual({ documentId: idOf('site/about.md') });
  expect(await find('/about', 'about.md')).toEqual({ documentId: idOf('about.md') });
  expect(await find('/2024/01/31/one.html', 'site/about.md')).toEqual({ documentId: idOf('site/_posts/2024-01-31-one.md') });
  for (const link of ['/team', '/people/']) expect(await find(link)).toEqual({ documentId: idOf('site/pages/team.md') });
  for (const link of ['/', '/nobody', '/etc/passwd']) expect(await find(link)).toEqual({});
});
