import { describe, expect, test } from 'vitest';
import { markdownToHtml } from '../../../../electron/formats/markdown/markdown-html';

describe('markdownToHtml', () => {
  test('names headings as GitHub does', () => {
    const names = [...markdownToHtml('# Hello, *World*!\n\n## Hello world\n\n# Über uns\n\n# 第一章').matchAll(/id="([^"]*)"/g)].map(
      (match) => match[1],
    );
    expect(names).toEqual(['hello-world', 'hello-world-1', 'über-uns', '第一章']);
  });

  test('writes task lists without form controls', () => {
    const html = markdownToHtml('- [x] done\n- [ ] open');
    expect(html).toContain('☑ done');
    expect(html).toContain('☐ open');
    expect(html).not.toContain('<input');
  });

  test('knows tables and strikethrough', () => {
    expect(markdownToHtml('| a |\n|---|\n| ~~b~~ |')).toMatch(/<table>[\s\S]*<del>b<\/del>/);
  });

  test.each([
    ['!', '!'.repeat(60_000)],
    ['<', '<'.repeat(200_000)],
  ])('reads any number of %s in a heading', (_mark, marks) => {
    expect(markdownToHtml(`# ${marks}`)).toContain(`>${marks.replaceAll('<', '&lt;')}</h1>`);
  });

  test('throws where nesting overflows the stack', () => {
    expect(() => markdownToHtml(`${'>'.repeat(20_000)} x`)).toThrow(RangeError);
  });
});
