import { expect, it } from 'vitest';
import { quoteForms } from '#model';

it('a quote says what it is taken from, as text, HTML and Markdown', () => {
  expect(quoteForms('One <b>.\nLine.\n\nTwo & three.', { title: 'A *quay*', author: 'Ada_B', date: '1874' })).toEqual({
    text: 'One <b>.\nLine.\n\nTwo & three.\n\n— Ada_B, A *quay*, 1874',
    html:
      '<blockquote dir="auto"><p>One &lt;b&gt;.<br>Line.</p><p>Two &amp; three.</p></blockquote>' +
      '<p dir="auto">— Ada_B, <cite>A *quay*</cite>, 1874</p>',
    markdown: '> One <b>.\n> Line.\n>\n> Two & three.\n>\n> — Ada\\_B, *A \\*quay\\**, 1874',
  });
  const locator = { chapter: 'Of *tides*', page: '143' };
  expect(quoteForms('One.', { title: 'A quay', date: '1874', locator })).toMatchObject({
    text: 'One.\n\n— A quay, 1874, Of *tides*, p. 143',
    markdown: '> One.\n>\n> — *A quay*, 1874, Of \\*tides\\*, p. 143',
  });
  expect(quoteForms('One.', { title: 'A quay' })).toMatchObject({ text: 'One.\n\n— A quay', markdown: '> One.\n>\n> — *A quay*' });
});

it('a quote leads back to its passage: by the title, or in text by the address below it', () => {
  const address = 'lectern://document/a?note=b&at=1-2';
  expect(quoteForms('One.', { title: 'A quay', author: 'Ada', date: '1874', address })).toEqual({
    text: `One.\n\n— Ada, A quay, 1874\n${address}`,
    html: `<blockquote dir="auto"><p>One.</p></blockquote><p dir="auto">— Ada, <a href="lectern://document/a?note=b&amp;at=1-2"><cite>A quay</cite></a>, 1874</p>`,
    markdown: `> One.\n>\n> — Ada, [*A quay*](${address}), 1874`,
  });
});
