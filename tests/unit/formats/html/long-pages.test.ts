import { describe, expect, it } from 'vitest';
import type { DrawnElement, DrawnNode } from '#model';
import { documentBytes } from '../../../../electron/formats/format';
import { html } from '../../../../electron/formats/html/html';
import { turnsDuring } from '../../turns';
import { expectSound, readAll, walkNodes } from '../document-parts';

async function read(html: string) {
  const read = await readAll(html, 'html');
  expectSound(read);
  return read;
}

const elements = (nodes: readonly DrawnNode[], name: string): DrawnElement[] =>
  [...walkNodes(nodes)].flatMap(({ node }) => (typeof node === 'object' && 'e' in node && node.e === name ? [node] : []));

/** How often the thread can do other work before the first of a page comes: once for each piece of it that is parsed before. */
async function turnsUntilHead(length: number): Promise<number> {
  const source = documentBytes(Buffer.from(`<main>${'<p>Some words of a long page.</p>'.repeat(length / 33)}</main>`), 'page.html');
  const reading = html.read(source, { signal: new AbortController().signal })[Symbol.asyncIterator]();
  const turns = await turnsDuring(reading.next());
  await reading.return?.();
  return turns;
}

describe('a long page', () => {
  it('that is far longer than is parsed as a whole is not parsed as far as the longest of these before its beginning is shown', async () => {
    expect(await turnsUntilHead(6_000_000)).toBeLessThan((await turnsUntilHead(1_500_000)) * 0.6);
  });

  it('is cut into sections at its paragraphs, rather before a heading, however many wrappers are around them', async () => {
    const part = `<h2>Head</h2>${'<p>Text.</p>'.repeat(70)}`;
    const { sections, text } = await read(`<main lang=de><div><section>${part.repeat(5)}</section></div></main>`);
    expect(sections.map(({ blocks }) => blocks.length)).toEqual([71, 71, 71, 71, 71]);
    expect(sections.map((section) => section.text.startsWith('\nHead'))).toEqual([false, true, true, true, true]);
    expect(sections[1]?.nodes[0]).toBe(1);
    expect(sections[1]?.nodes[1]).toMatchObject({ e: 'h2', a: { lang: 'de' } });
    expect(text.split('\n')).toHaveLength(355);
  });

  it('has its long lists cut between items, counting on, with room for the longest number in all parts', async () => {
    const { sections, text } = await read(`<ol id=list start=9>${'<li>Item</li>'.repeat(1200)}</ol>`);
    const lists = sections.flatMap(({ nodes }) => elements(nodes, 'ol'));
    expect(sections.length).toBeGreaterThan(10);
    expect(lists).toHaveLength(sections.length);
    expect(lists.map(({ a }) => a?.['id'])).toEqual(['list', ...lists.slice(1).map(() => undefined)]);
    let number = 9;
    for (const list of lists) {
      expect(list.a?.['start']).toBe(String(number));
      expect(list.s).toEqual({ '--digits': '4' });
      number += elements([list], 'li').length;
    }
    expect(lists[0]?.l).toEqual(['directed', 'unfinished']);
    expect(lists[1]?.l).toEqual(['directed', 'goes-on', 'unfinished']);
    expect(lists.at(-1)?.l).toEqual(['directed', 'goes-on']);
    expect(text).toBe('Item\n'.repeat(1200).trimEnd());
  });

  it('has an item that is cut within its own list go on without a number', async () => {
    const { sections } = await read(`<ol><li>One<li value=5>Two<ol>${'<li>x'.repeat(1000)}</ol><li>Six</ol>`);
    const [, second] = sections;
    expect(second?.nodes[1]).toMatchObject({ e: 'ol', a: { start: '5' }, c: [{ e: 'li', l: ['goes-on', 'unfinished'] }] });
    expect(elements(second?.nodes ?? [], 'li')[0]?.a?.['value']).toBeUndefined();
  });

  it('has its long tables cut between rows that no cell reaches across, with columns of one width', async () => {
    const row = '<tr><td rowspan=2>a<td>some words</tr><tr><td>b</tr>';
    const { sections } = await read(`<table><caption>T</caption>${row.repeat(300)}</table>`);
    const tables = sections.flatMap(({ nodes }) => elements(nodes, 'table'));
    expect(tables.length).toBeGreaterThan(3);
    for (const table of tables) {
      expect(table.c?.[0]).toEqual(tables[0]?.c?.[0]);
      expect(table.l).toContain('columns');
      expect(elements([table], 'tr').length % 2).toBe(0);
    }
    expect(tables.flatMap((table) => elements([table], 'tr'))).toHaveLength(600);
  });

  it('has a table of 50,000 rows in sections that can be drawn', async () => {
    const { sections, text } = await read(`<table>${'<tr><td>a<td>b'.repeat(50_000)}</table>`);
    expect(Math.max(...sections.map(({ nodes }) => [...walkNodes(nodes)].length))).toBeLessThan(1000);
    expect(text).toBe('a\tb\n'.repeat(50_000).trimEnd());
  });

  it('has tables opened that lay it out', async () => {
    const { sections, text } = await read(`<table><tr><td>Menu<td>${'<p>Text.</p>'.repeat(1000)}</table>`);
    expect(sections.flatMap(({ nodes }) => elements(nodes, 'table'))).toEqual([]);
    expect(sections.length).toBeGreaterThan(9);
    expect(text).toBe(`Menu\n${'Text.\n'.repeat(1000)}`.trimEnd());
  });

  it('has a line of links cut at its breaks, without anything between the parts', async () => {
    const { sections, text } = await read('<a href=x>link</a> and<br>'.repeat(500));
    expect(text).toBe('link and\n'.repeat(500));
    const lines = sections.flatMap(({ nodes }) => elements(nodes, 'div'));
    expect(lines.length).toBeGreaterThan(1);
    expect(lines[1]?.l).toEqual(['inline', 'continued']);
  });

  it('is cut within an emphasis that nobody ended', async () => {
    const { sections } = await read(`<b><div>${'<p>Text.</p>'.repeat(1000)}</div>`);
    expect(sections.length).toBeGreaterThan(5);
    for (const { nodes } of sections) expect(elements(nodes, 'b').length).toBeGreaterThan(0);
  });
});
