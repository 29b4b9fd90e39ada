import { describe, expect, test } from 'vitest';
import { allowedAttributes, allowedElements, allowedMathAttributes, allowedMathElements } from '#model';
import { pageElement } from '../../../renderer/reader/page-attributes';

const attributesOf = (e: string, a: Record<string, string>) => {
  const drawn = pageElement({ e, a }, 'doc-1');
  return 'attributes' in drawn ? drawn.attributes : drawn;
};

describe('pageElement', () => {
  test('draws every allowed element and attribute, in its namespace', () => {
    const own = { styles: true, fonts: true, addressOf: (path: string) => path };
    for (const e of allowedElements) expect(pageElement({ e, a: { src: 'a.png' } }, 'doc-1', own).kind).toBe('html');
    for (const e of allowedMathElements) expect(pageElement({ e }, 'doc-1').kind).toBe('math');
    for (const name of allowedAttributes) expect(pageElement({ e: 'p', a: { [name]: 'x' } }, 'doc-1')).toMatchObject({ unknown: [] });
    for (const name of allowedMathAttributes) expect(pageElement({ e: 'mi', a: { [name]: 'x' } }, 'doc-1')).toMatchObject({ unknown: [] });
  });

  test.each(['script', 'style', 'iframe', 'object', 'svg', 'form', 'input', 'base', 'link', 'meta', 'SCRIPT', 'P', 'main', '__proto__'])(
    'draws no <%s>',
    (e) => {
      expect(pageElement({ e }, 'doc-1')).toEqual({ kind: 'unknown' });
    },
  );

  test('draws no attribute beside the list, and tells which', () => {
    const a = {
      onclick: 'x',
      style: 'x',
      class: 'app',
      name: 'x',
      srcset: 'x',
      target: 'x',
      slot: 'x',
      is: 'x',
      'data-href': 'x',
      lang: 'de',
    };
    expect(pageElement({ e: 'p', a }, 'doc-1')).toMatchObject({
      attributes: { lang: 'de' },
      unknown: ['onclick', 'style', 'class', 'name', 'srcset', 'target', 'slot', 'is', 'data-href'],
    });
    expect(pageElement({ e: 'mi', a: { href: 'https://a.test' } }, 'doc-1')).toMatchObject({ attributes: {}, unknown: ['href'] });
    expect(pageElement({ e: 'p', s: { position: 'fixed', '--level': '2' } }, 'doc-1')).toMatchObject({
      styles: { '--level': '2' },
      unknown: ['position'],
    });
  });

  test('makes links that only the application follows', () => {
    const link = { role: 'link', tabindex: '0' };
    expect(attributesOf('a', { href: 'https://a.test/x' })).toEqual({ 'data-href': 'https://a.test/x', ...link });
    expect(attributesOf('a', { href: '#part' })).toEqual({ 'data-href': '#part', ...link });
    expect(attributesOf('a', { href: 'java\nscript:alert(1)' })).toEqual({});
    expect(attributesOf('p', { href: 'https://a.test/x' })).toEqual({});
    expect(attributesOf('a', { 'title-link': 'Another' })).toEqual({ 'data-title': 'Another', ...link });
    expect(attributesOf('a', { 'tag-link': 'sea' })).toEqual({ 'data-tag': 'sea', ...link });
  });

  test('puts a prefix before names, also where they are referred to', () => {
    expect(attributesOf('h2', { id: 'root' })).toEqual({ id: 'doc-root' });
    expect(attributesOf('td', { headers: 'a  b' })).toEqual({ headers: 'doc-a doc-b' });
  });

  test('loads pictures that lie in the document’s own file from there, by the address that whoever draws it knows', () => {
    const own = { styles: false, fonts: false, addressOf: (path: string) => `/own?path=${encodeURIComponent(path)}` };
    const picture = { e: 'img', a: { src: 'within:a%2Fb%20c.png', alt: 'A' } };
    expect(pageElement(picture, 'doc-1', own)).toMatchObject({ kind: 'html', attributes: { src: '/own?path=a%2Fb%20c.png', alt: 'A' } });
    expect(pageElement(picture, 'doc-1')).toMatchObject({ kind: 'missing-image', label: 'A' });
    for (const src of ['within:%', 'Within:a.png', '//within:a.png'])
      expect(pageElement({ e: 'img', a: { src } }, 'doc-1', own)).toMatchObject({ kind: 'missing-image' });
  });

  test('names looks by classes of its own', () => {
    expect(pageElement({ e: 'p', l: ['paragraph', 'continued'] }, undefined)).toMatchObject({
      attributes: { class: 'doc-paragraph doc-continued' },
    });
  });

  test('loads images from beside the document and from within it, and says what others are', () => {
    const loading = { loading: 'lazy', decoding: 'async' };
    expect(attributesOf('img', { src: 'a b.png', alt: 'A' })).toEqual({ src: '/asset/doc-1/a%20b.png', alt: 'A', ...loading });
    expect(attributesOf('img', { src: 'data:image/svg+xml,%3Csvg/%3E' })).toMatchObject({ src: 'data:image/svg+xml,%3Csvg/%3E' });
    expect(attributesOf('img', { src: 'data:text/html,x' })).toEqual({
      kind: 'missing-image',
      label: 'Image',
      reason: 'Not loaded: data:text/html,x',
    });
    expect(attributesOf('img', { src: 'http://a.test/a.png', alt: ' Far ' })).toEqual({
      kind: 'missing-image',
      label: 'Far',
      reason: 'Not loaded: http://a.test/a.png',
    });
    // A note has nothing beside it.
    expect(pageElement({ e: 'img', a: { src: 'a.png' } }, undefined)).toEqual({
      kind: 'missing-image',
      label: 'Image',
      reason: 'Not loaded: a.png',
    });
  });

  test('plays what lies in the document’s file or beside it, and says of all else what it is', () => {
    const own = { styles: false, fonts: false, addressOf: (path: string) => `/in/${path}` };
    const sound = (src: string) => ({ e: 'audio', a: { src, title: 'A song' } });
    const player = { controls: '', preload: 'none', 'aria-label': 'A song' };
    expect(pageElement(sound('within:a%2Fb.mp3'), 'doc-1', own)).toMatchObject({
      attributes: { src: '/in/a/b.mp3', ...player },
      unknown: [],
    });
    expect(pageElement(sound('b.mp3'), 'doc-1')).toMatchObject({ attributes: { src: '/asset/doc-1/b.mp3', ...player } });
    for (const src of ['within:a.mp3', 'https://a.test/b.mp3', '/b.mp3'])
      expect(pageElement(sound(src), 'doc-1')).toEqual({ kind: 'missing-image', label: 'A song', reason: `Not loaded: ${src}` });
    expect(pageElement(sound('b.mp3'), undefined)).toMatchObject({ kind: 'missing-image' });
  });

  test('draws of the document’s own style sheets what the reader lets it, and only what cannot hide, load or lie over anything', () => {
    const own = { 'font-style': 'italic', '--own-font': 'book-font-1', color: 'red', display: 'none', 'text-indent': '-99999em' };
    const addressOf = (path: string) => `/in/${path}`;
    const drawn = (which?: { styles: boolean; fonts: boolean }) => pageElement({ e: 'p', own }, 'doc-1', which && { ...which, addressOf });
    const unknown = ['color', 'display', 'text-indent'];
    expect(drawn()).toMatchObject({ styles: {}, unknown });
    expect(drawn({ styles: true, fonts: false })).toMatchObject({ styles: { 'font-style': 'italic' }, unknown });
    expect(drawn({ styles: false, fonts: true })).toMatchObject({ styles: { '--own-font': 'book-font-1' }, unknown });
  });
});
