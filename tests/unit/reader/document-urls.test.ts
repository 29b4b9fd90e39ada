import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readImage, readLink } from '../../../renderer/reader/document-urls';

describe('readLink', () => {
  test.each([
    ['https://example.test/a b', { kind: 'external', url: 'https://example.test/a%20b' }],
    ['//example.test/x', { kind: 'external', url: 'https://example.test/x' }],
    ['MAILTO:a@b.test', { kind: 'external', url: 'mailto:a@b.test' }],
    ['#h%C3%A9', { kind: 'place', id: 'hé' }],
    ['notes/../other.html?x#part', { kind: 'file', path: 'other.html', fragment: 'part' }],
    ['100%.txt', { kind: 'file', path: '100%.txt' }],
    ['../space/./moon.md#phases', { kind: 'file', path: '../space/moon.md', fragment: 'phases' }],
    ['a/../../b.md', { kind: 'file', path: '../b.md' }],
    ['/docs/usage/#options', { kind: 'file', path: '/docs/usage', fragment: 'options' }],
    ['/../%2e%2e/about', { kind: 'file', path: '/about' }],
    ['/', { kind: 'file', path: '/' }],
  ])('%s', (href, target) => {
    expect(readLink(href)).toEqual(target);
  });

  test.each([
    '',
    'javascript:alert(1)',
    'java\nscript:alert(1)',
    ' \u0001javascript:x',
    'file:///etc/passwd',
    'C:\\x',
    'data:text/html,x',
    '..',
    'a/..',
    `${'../'.repeat(33)}x`,
    '/\\example.test/x',
    'https://',
  ])('leads nowhere: %j', (href) => {
    expect(readLink(href)).toBeUndefined();
  });
});

describe('readImage', () => {
  test.each([
    ['pictures/a b.png?v=1#x', { kind: 'local', url: '/asset/doc-1/pictures%2Fa%20b.png' }],
    ['./x/../%C3%A9.png', { kind: 'local', url: '/asset/doc-1/%C3%A9.png' }],
    ['a\\b.png', { kind: 'local', url: '/asset/doc-1/a%2Fb.png' }],
    ['data:image/png;base64,AAAA', { kind: 'embedded', url: 'data:image/png;base64,AAAA' }],
    ['http://example.test/a.png', { kind: 'elsewhere', address: 'http://example.test/a.png' }],
    ['//example.test/a.png', { kind: 'elsewhere', address: '//example.test/a.png' }],
    ['data:image/svg+xml,<svg>', { kind: 'embedded', url: 'data:image/svg+xml,<svg>' }],
    ['data:text/html,<p>', { kind: 'elsewhere', address: 'data:text/html,<p>' }],
    ['../map.png', { kind: 'local', url: '/asset/doc-1/..%2Fmap.png' }],
    ['%2e%2e/map.png', { kind: 'local', url: '/asset/doc-1/..%2Fmap.png' }],
    ['a/%2e%2e%2f..%2fmap.png', { kind: 'local', url: '/asset/doc-1/..%2Fmap.png' }],
    ['../..', { kind: 'elsewhere', address: '../..' }],
    ['%2fetc/passwd', { kind: 'local', url: '/asset/doc-1/etc%2Fpasswd' }],
    ['C:\\x.png', { kind: 'elsewhere', address: 'C:\\x.png' }],
    ['', { kind: 'elsewhere', address: '' }],
  ])('%j', (src, target) => {
    expect(readImage(src, 'doc-1')).toEqual(target);
  });

  test('asks for nothing but images of the document', () => {
    const piece = fc.constantFrom('..', '.', '/', '\\', '%2e', '%2f', '%5c', 'a', 'http:', ':', '?', '#', '\n', 'é');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const target = readImage(pieces.join(''), 'doc-1');
        if (target.kind !== 'local') return;
        const url = new URL(target.url, 'http://lectern.test/');
        expect(url.origin).toBe('http://lectern.test');
        expect(url.pathname.startsWith('/asset/doc-1/')).toBe(true);
      }),
    );
  });
});
