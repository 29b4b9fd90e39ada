import { expect, it } from 'vitest';
import { anchor, HASH, note, notebook, renderOne, sourceOf, summary } from './fixtures';

const text = `${' '.repeat(8)}the lamp is old, and the quay is long`;
const quay = note({ anchor: { ...anchor(text.indexOf('the quay'), 'the quay'), locator: { page: '9' } }, body: 'Both', tags: ['sea'] });
const lamp = note({ anchor: { ...anchor(text.indexOf('the lamp'), 'the lamp'), locator: { page: '7' } }, partOf: quay.id });
const other = note({ anchor: anchor(text.indexOf('is old'), 'is old') });
const source = sourceOf([notebook('document-1', [quay, other, lamp])], [summary('document-1')], { [HASH]: text });

it('a note on several passages stands once, at the first of them, in every format', async () => {
  const markdown = await renderOne(source, 'markdown');
  expect(markdown.split('***')[0]).toContain('> the lamp \\[…\\] the quay\n\nBoth\n\n#sea · p. 7 · yellow');
  const html = await renderOne(source, 'html');
  expect(html.match(/<blockquote[^>]*>[^<]*/g)).toEqual(['<blockquote dir="auto">the lamp […] the quay', '<blockquote dir="auto">is old']);
  const [, first, second] = (await renderOne(source, 'csv')).split('\n');
  expect(first).toMatch(/^the lamp \[…\] the quay,.*,Both,yellow,sea,order,8,.*,7$/);
  expect(second).toMatch(/^is old,/);
});

it('as Web Annotation it has a target for each passage, in the order of the text', async () => {
  const { total, first } = JSON.parse(await renderOne(source, 'json-ld'));
  expect(total).toBe(2);
  expect(first.items).toHaveLength(2);
  const [{ target, 'lectern:parts': parts }] = first.items;
  const position = (start: number) => ({ type: 'TextPositionSelector', start, end: start + 8 });
  expect(target).toMatchObject([
    { selector: [{ exact: 'the lamp' }, position(8)], 'lectern:page': '7' },
    { selector: [{ exact: 'the quay' }, position(text.indexOf('the quay'))], 'lectern:page': '9' },
  ]);
  expect(parts).toEqual([lamp]);
});

it('one passage of a note, where that is asked for, is the whole note', async () => {
  const scope = { type: 'note', documentId: 'document-1', noteId: lamp.id } as const;
  expect(await renderOne(source, 'markdown', scope)).toContain('> the lamp \\[…\\] the quay');
});
