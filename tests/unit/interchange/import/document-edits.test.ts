import { describe, expect, it } from 'vitest';
import { applyChange, type Notebook, type NotebookChange } from '#model';
import { applyImport, undoImport } from '../../../../electron/interchange/import/apply';
import { incomingOf, readExports } from '../../../../electron/interchange/import/exports';
import { planImport } from '../../../../electron/interchange/import/plan';
import { note, notebook, renderOne, sourceOf } from '../export/fixtures';
import { openTarget } from './library';

const pause = () => undefined;
const never = new AbortController().signal;
const at = '2026-03-01T00:00:00.000Z';
const one = note({ body: 'Words', tags: ['figures'], modifiedAt: at });
const exported = notebook('document-1', [one], { title: 'One', date: '2021-12-03', tags: ['to read', 'Two/three'] });
const markdown = await renderOne(sourceOf([exported]), 'markdown');

/** The file after someone put one text in place of another. */
function edit(...replacements: [from: string, to: string][]): string {
  return replacements.reduce((text, [from, to]) => {
    expect(text).toContain(from);
    return text.replace(from, () => to);
  }, markdown);
}

async function importInto(changes: readonly NotebookChange[], text: string) {
  const { target } = openTarget();
  await target.update('document-1', () => changes.reduce<Notebook>(applyChange, exported));
  const before = target.notebook('document-1');
  const read = await readExports([{ name: 'a.md', bytes: Buffer.from(text), modified: Date.parse('2026-05-01T00:00:00.000Z') }], pause);
  if (!read.ok) throw new Error(read.failure.message);
  const incoming = incomingOf(read.value, async () => undefined);
  const run = async () => {
    const { imported, ...plan } = await planImport(incoming, target, pause);
    const { record } = await applyImport({ imported, ...plan }, incoming, target, { undelete: false, signal: never, onProgress: () => {} });
    return { imported: imported[0], record };
  };
  const { imported, record } = await run();
  const after = target.notebook('document-1');
  expect((await run()).record.notebooks).toEqual([]);
  await undoImport(record, target, at);
  expect(target.notebook('document-1')).toEqual(before);
  return { said: imported?.said, after, bad: read.value.bad, notices: read.value.notices };
}

describe('the properties of a Markdown export that was edited', () => {
  it('change nothing as they were exported, in whatever shape', async () => {
    for (const text of [
      markdown,
      markdown.replaceAll('\n', '\r\n'),
      edit(['title: One', "title: 'One'"]),
      edit(['tags:', 'aliases: [x]\ntags:']),
    ]) {
      const { said, after, bad, notices } = await importInto([], text);
      expect([said, bad, notices]).toEqual([[], [], []]);
      expect(after).toMatchObject({ title: 'One', tags: ['to read', 'Two/three'] });
    }
  });

  it('are an update of title, date and tags, which is said and undone', async () => {
    const { said, after } = await importInto(
      [],
      edit(
        ['title: One', 'title: "Another: title"'],
        ['author: R. Writer', 'author:\n  - Jane Doe\n  - Roe, John'],
        ['date: 2021-12-03', 'date: 2020-01-02'],
        ['  - to-read\n', '  - new\n'],
      ),
    );
    expect(after).toMatchObject({ title: 'Another: title', author: 'Jane Doe; Roe, John', date: '2020-01-02' });
    expect(after?.tags.toSorted()).toEqual(['Two/three', 'new']);
    expect(said).toEqual([
      'Its title becomes “Another: title”.',
      'Its author becomes “Jane Doe; Roe, John”.',
      'Its date becomes 2020-01-02.',
      'It gets the tag “new”.',
      'It loses the tag “to read”.',
    ]);
  });

  it('stay what they are here where they were changed here, too, and that is said', async () => {
    const changes: NotebookChange[] = [
      { type: 'set-title', title: 'Mine' },
      { type: 'set-date' },
      { type: 'set-tags', tags: ['Two/three'] },
      { type: 'set-tags', tags: ['Two/three', 'to read'] },
      { type: 'set-tags', tags: ['Two/three', 'to read', 'new'] },
      { type: 'set-tags', tags: ['Two/three', 'to read'] },
    ];
    const { said, after } = await importInto(
      changes,
      edit(['title: One', 'title: Other'], ['date: 2021-12-03', 'date: 2020-01-02'], ['  - to-read\n', '  - new\n']),
    );
    expect(after).toMatchObject({ title: 'Mine', tags: ['Two/three', 'to read'] });
    expect(after?.date).toBeUndefined();
    expect(said).toEqual([
      'The file calls it “Other”, but its title was changed here, too, and stays.',
      'The file dates it 2020-01-02, but its date was changed here, too, and stays.',
      'The file has the tag “new”, which was taken away here, and stays so.',
      'The file has the tag “to read” no more, which was given again here, and stays so.',
    ]);
  });

  it('are listed with their line where they cannot be understood, and hinder nothing else', async () => {
    const noDate = await importInto([], edit(['date: 2021-12-03', 'date: last spring'], ['  - to-read\n', '  - to-read\n  - "#new"\n']));
    expect(noDate.notices).toEqual([expect.stringContaining('“last spring” in “a.md” (line 3) is no date')]);
    expect(noDate.said).toEqual(['It gets the tag “new”.']);
    const broken = await importInto([], edit(['title: One', 'title: "One']));
    expect(broken.notices).toEqual([expect.stringMatching(/^The properties at the beginning of “a.md” cannot be read \(line \d+\)/)]);
    const ofNote = await importInto([], edit(['  - figures\n', '']));
    expect(ofNote.notices).toEqual([expect.stringContaining('“figures”')]);
  });

  it('of several documents say nothing of one of them', async () => {
    const text = await renderOne(
      sourceOf([
        exported,
        notebook('document-2', [note({ body: 'x' })], { title: 'Two', identity: { ...exported.identity, rawHash: 'c'.repeat(64) } }),
      ]),
      'markdown',
    );
    const { said, notices } = await importInto([], text.replace('  - to-read\n', '  - other\n').replace(/title: .*/, 'title: Mine'));
    expect(said).toEqual([]);
    expect(notices).toEqual([expect.stringContaining('several documents')]);
  });
});

describe.each(['json-ld', 'html'] as const)('a %s export whose JSON was changed by hand', (format) => {
  it('brings the words, tags and colour that stand there', async () => {
    const text = await renderOne(sourceOf([exported]), format);
    const changed = text
      .replace(/("value":\s*)"Words"/, '$1"Other words"')
      .replace(/("value":\s*)"figures"/, '$1"pictures"')
      .replace(/("lectern:colour":\s*)"[a-z]+"/, '$1"pink"');
    expect(changed).not.toBe(text);
    const { after, bad } = await importInto([], changed);
    expect(bad).toEqual([]);
    expect(after?.notes).toMatchObject([{ body: 'Other words', tags: ['pictures'], colour: 'pink', history: [{ body: 'Words' }] }]);
    expect((await importInto([], text)).after?.notes).toEqual([one]);
  });
});

it('an HTML export whose page was changed by hand says that this is not seen', async () => {
  const text = await renderOne(sourceOf([exported]), 'html');
  expect((await importInto([], text)).notices).toEqual([]);
  const colourNames = () => ({ yellow: '(an idea)', green: 'evidence' });
  const named = await renderOne(sourceOf([exported]), 'html', undefined, { colourNames });
  expect(named).not.toBe(text);
  expect((await importInto([], named)).notices).toEqual([]);
  const { notices, after } = await importInto(
    [],
    text.replace('<p dir="auto">Words', '<p dir="auto">Other words').replace('>Words<', '>Other words<'),
  );
  expect(notices).toEqual([expect.stringContaining('does not stand as Lectern wrote it')]);
  expect(after?.notes).toEqual([one]);
});
