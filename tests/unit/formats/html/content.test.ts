import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createHtmlReader, readHtml } from '../../../../electron/formats/html/content';

const html = (source: string) => readHtml(source).text;

describe('readHtml', () => {
  it.each([
    ['<p>One</p><p>Two</p>', 'One\n\nTwo'],
    ['<div>One<br>Two</div>', 'One\n\nTwo'],
    ['<p>in<b>ter</b>rupted</p>', 'interrupted'],
    ['<p>  many \n spaces </p>', 'many spaces'],
    ['<pre>  kept\n    shape</pre>', 'kept\n    shape'],
    ['a &amp; b &#x263A; &nosuch;', 'a & b ☺ &nosuch;'],
    ['<title>T</title><style>s{}</style><script>alert("<p>")</script><template>t</template><noscript>n</noscript>Text', 'Text'],
    ['<table><tr><td>1<td>2<tr><td>3</table>', '1\t2\n\n\t3'],
    ['<!-- no --><p>Unclosed <i>text', 'Unclosed text'],
    ['5 < 6 and <', '5 < 6 and <'],
  ])('reads %j', (source, text) => {
    expect(html(source)).toBe(text);
  });

  it('does not let an element that is never opened hide the rest', () => {
    expect(html('</script></noscript><p>Seen</p>')).toBe('Seen');
  });

  it('reads 200,000 nested elements', () => {
    expect(html(`${'<div>'.repeat(200_000)}deep${'</p>'.repeat(200_000)}end`)).toBe('deep\n\nend');
  });

  it('reads a long run of spaces in <pre>', () => {
    expect(html(`<pre>a${' '.repeat(2_000_000)}b</pre>`)).toHaveLength(2_000_002);
  });

  it('reads the same however the source is cut', () => {
    const piece = fc.constantFrom(
      '<p>',
      '</p>',
      'word ',
      '<pre>',
      '</pre>',
      '\n',
      '<h1 class="a">',
      '</h1>',
      '&amp;',
      '<script>',
      '</script>',
      '<!-- c -->',
      '<br>',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), fc.nat(200), (pieces, cut) => {
        const source = pieces.join('');
        const reader = createHtmlReader();
        reader.write(source.slice(0, cut));
        reader.write(source.slice(cut));
        const whole = readHtml(source);
        expect(reader.end().text.replace(/\s+/g, ' ')).toBe(whole.text.replace(/\s+/g, ' '));
      }),
    );
  });
});

describe('readHtml', () => {
  it('finds the first heading and title only', () => {
    const read = readHtml('<title>A</title><h1>One <em>two</em></h1><h1>Three</h1><svg><title>B</title></svg>');
    expect(read).toMatchObject({ title: 'A', heading: 'One two' });
  });
});
