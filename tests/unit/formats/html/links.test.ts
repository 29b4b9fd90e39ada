import { expect, test } from 'vitest';
import { readAll, walkNodes } from '../document-parts';

async function linksOf(html: string) {
  const { sections } = await readAll(html, 'html');
  const nodes = [...walkNodes(sections.flatMap((section) => section.nodes))];
  return nodes.flatMap(({ node }) => (typeof node === 'object' && 'e' in node && node.e === 'a' ? [node.a?.['href']] : []));
}

const SAVED = '<!-- saved from url=(0028)https://example.org/a/b?page=1 -->';
const BODY =
  '<p id="n%C3%A4h">A<p id=note>B<a href="https://example.org/a/b?page=1#note">1</a> <a href="https://example.org/a/b?page=1#gone">2</a> <a href="/top?x">3</a> <a href="next.html">4</a> <a href="#note">5</a> <a href="mailto:a@b.test">6</a> <a href="https://example.org/a/b#note">7</a> <a href="//other.test/x">8</a>';

test('links of a saved page to its own places lead there, and those to its site go there', async () => {
  expect(await linksOf(SAVED + BODY)).toEqual([
    '#note',
    'https://example.org/a/b?page=1#gone',
    'https://example.org/top?x',
    'next.html',
    '#note',
    'mailto:a@b.test',
    'https://example.org/a/b#note',
    'https://other.test/x',
  ]);
});

test('it may have an address of its own, and one that it was saved from', async () => {
  const links = await linksOf(`${SAVED}<link rel=canonical href="https://example.org/a/b">${BODY}`);
  expect([links[0], links[6]]).toEqual(['#note', '#note']);
});

test('links begin at the base of a page', async () => {
  expect(await linksOf(`<base href="https://example.org/news/"><link rel=canonical href="/news/one">${BODY}`)).toMatchObject({
    3: 'https://example.org/news/next.html',
    4: '#note',
    6: 'https://example.org/a/b#note',
  });
  expect(await linksOf(`<base href="../"><p>${BODY}`)).toMatchObject({ 2: '/top?x', 3: 'next.html' });
});
