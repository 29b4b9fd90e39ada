import { expect, it } from 'vitest';
import { linkAsHtml, linkAsMarkdown, linkText } from '#model';

it('a link reads as the title with the beginning of the quote', () => {
  expect(linkText({ title: 'The  Winter\nQuay' })).toBe('The Winter Quay');
  expect(linkText({ title: 'Quay', quote: 'a few\n\nwords' })).toBe('Quay, “a few words”');
  expect(linkText({ title: 'Quay', quote: 'word '.repeat(40) })).toMatch(/^Quay, “word.*word…”$/);
});

it('nothing of its text is a mark, in Markdown or in HTML', () => {
  const text = { title: 'A [draft] *of* <b>', quote: '$x_1$ & `code`' };
  expect(linkAsMarkdown(text, 'lectern://document/1')).toBe(
    '[A \\[draft\\] \\*of\\* \\<b\\>, “\\$x\\_1\\$ \\& \\`code\\`”](lectern://document/1)',
  );
  expect(linkAsHtml(text, 'lectern://document/1?a=1&b="')).toBe(
    '<a href="lectern://document/1?a=1&amp;b=&quot;">A [draft] *of* &lt;b&gt;, “$x_1$ &amp; `code`”</a>',
  );
});
