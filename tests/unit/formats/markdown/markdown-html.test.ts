import fc from 'fast-check';
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
    ['**注意：**后面', '<strong>注意：</strong>后面'],
    ['这是**“强调”**的字', '这是<strong>“强调”</strong>的字'],
    ['见**（附录）**中', '见<strong>（附录）</strong>中'],
    ['**この文を強調できますか？**残念', '<strong>この文を強調できますか？</strong>残念'],
    ['**이 용어(This term)**를 강조', '<strong>이 용어(This term)</strong>를 강조'],
    ['**`代码`**之后', '<strong><code>代码</code></strong>之后'],
    ['**[链接](x)**之后', '<strong><a href="x">链接</a></strong>之后'],
    ['𰻞𰻞**(ビャンビャン)**麺，葛󠄀**(こちら)**城', '𰻞𰻞<strong>(ビャンビャン)</strong>麺，葛󠄀<strong>(こちら)</strong>城'],
    ['字*（斜体）*字', '字<em>（斜体）</em>字'],
    ['旧~~（删）~~字', '旧<del>（删）</del>字'],
    ['***重：***字，**又。**', '<em><strong>重：</strong></em>字，<strong>又。</strong>'],
    ['**一：**二**三：**四', '<strong>一：</strong>二<strong>三：</strong>四'],
    ['二 ** 三 ** 四', '二 ** 三 ** 四'],
    ['中 a*"foo"* 文', '中 a*&quot;foo&quot;* 文'],
    ['_注意：_后', '_注意：_后'],
  ])('emphasises beside punctuation without spaces: %s', (markdown, html) => {
    expect(markdownToHtml(markdown)).toBe(`<p>${html}</p>\n`);
  });

  test('has a text without Chinese, Japanese or Korean as it is beside one that is not', () => {
    const marks = fc.constantFrom('*', '**', '_', '~~', ' ', '(', ')', '"', '.', 'a', 'b', '`', '[', ']');
    fc.assert(
      fc.property(fc.array(marks, { maxLength: 30 }), (pieces) => {
        const line = `x${pieces.join('')}`;
        expect(markdownToHtml(`${line}\n\n中`)).toBe(`${markdownToHtml(line)}<p>中</p>\n`);
      }),
    );
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
