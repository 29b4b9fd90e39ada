import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatOf } from '#formats/list';
import type { DrawnElement } from '#model';
import { isXhtml, xhtmlAsHtml } from '../../../../electron/formats/html/xhtml';
import { expectSound, type ReadDocument, readAll, walkNodes } from '../document-parts';

const read = async (content: string): Promise<ReadDocument> => {
  const document = await readAll(content, 'html');
  expectSound(document);
  return document;
};

const pictures = ({ sections }: ReadDocument): string[] =>
  sections
    .flatMap(({ nodes }) => [...walkNodes(nodes)].map(({ node }) => node))
    .flatMap((node) => (typeof node === 'object' && 'e' in node && node.e === 'img' ? [(node as DrawnElement).a?.['src'] ?? ''] : []));

const archive = (...parts: string[]): string =>
  [
    'From: <Saved by a browser>',
    'Snapshot-Content-Location: https://paper.test/a/page',
    'MIME-Version: 1.0',
    'Content-Type: multipart/related;',
    '\ttype="text/html";',
    '\tboundary="--edge--"',
    '',
    '',
    ...parts.flatMap((part) => ['----edge--', part]),
    '----edge------',
    '',
  ].join('\r\n');

const PAGE = [
  'Content-Type: text/html; charset=windows-1252',
  'Content-Transfer-Encoding: quoted-printable',
  'Content-Location: https://paper.test/a/page',
  '',
  '<title>Caf=E9</title><p>The caf=E9 is open, and a=\r\nll tables =3D taken.</p><img src=3D"dot.gif"><img src=3D"cid:1@x"><img src=3D"gone.png">',
].join('\r\n');
const DOT = [
  'Content-Type: image/gif',
  'Content-Transfer-Encoding: base64',
  'Content-Location: https://paper.test/a/dot.gif',
  '',
  'R0lGODlh',
  'AQAB',
].join('\r\n');
const SCRIPT = ['Content-Type: text/html', 'Content-ID: <1@x>', '', '<p>no picture'].join('\r\n');

describe('a page with its pictures in one file', () => {
  it('is read as its page, in its encoding, with what pictures there are, and knows where it was saved from', async () => {
    const document = await read(archive(PAGE, DOT, SCRIPT));
    expect(document.text).toBe('The café is open, and all tables = taken.');
    expect(pictures(document)).toEqual(['data:image/gif;base64,R0lGODlhAQAB', 'cid:1@x', 'gone.png']);
    expect(document.head).toMatchObject({ encoding: 'windows-1252', metadata: { title: 'Café', address: 'https://paper.test/a/page' } });
  });

  it.each([
    ['without a page', archive(DOT)],
    ['without an end', archive(PAGE).slice(0, 600)],
    ['that is cut off in its headers', archive(PAGE).slice(0, 120)],
    ['of mail that has no parts', 'From: a@b.test\r\nContent-Type: text/plain\r\n\r\nHello'],
  ])('is read as far as it goes, as one %s', async (_, content) => {
    expect((await read(content)).text).not.toBe('');
  });

  it('is a model or a sentence, however it is damaged', async () => {
    const whole = archive(PAGE, DOT, SCRIPT);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.nat(whole.length), fc.string({ maxLength: 5 })), { maxLength: 6 }), async (cuts) => {
        let damaged = whole;
        for (const [at, piece] of cuts) damaged = damaged.slice(0, at) + piece + damaged.slice(at + 3);
        await read(damaged).catch((error: unknown) => expect(String(error)).toMatch(/^UnreadableDocument: “file” .*\.$/));
      }),
      { numRuns: 100 },
    );
  });
});

describe('XHTML', () => {
  it.each(['a.xhtml', 'a.XHT', 'a.mhtml', 'a.mht'])('%s is a page', (name) => expect(formatOf(name)).toBe('html'));

  it('has the ends that only XML sees', async () => {
    const page =
      '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title/><script src="a.js"/></head><body><a id="x"/><p>One<br/>two <![CDATA[<three>]]></p><div/><p>four</p></body></html>';
    const document = await read(page);
    expect(document.text).toBe('One\ntwo <three>\nfour');
    expect(document.sections.flatMap(({ targets }) => targets)).toEqual([['x', 0]]);
  });

  it('is told by its first words, and anything else stays as it is', () => {
    expect([
      isXhtml('<?xml version="1.0"?>'),
      isXhtml('<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN">'),
      isXhtml('<!doctype html><p>XHTML'),
    ]).toEqual([true, true, false]);
    expect(xhtmlAsHtml('<img src="a/b"/> a < b /> <p>x</p>')).toBe('<img src="a/b"/> a < b /> <p>x</p>');
  });
});
