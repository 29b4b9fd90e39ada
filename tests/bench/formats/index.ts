import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { DrawnNode } from '#model';
import { documentBytes } from '../../../electron/formats/format';
import { drawPage } from '../../../electron/formats/html/draw-page';
import { readPageFacts } from '../../../electron/formats/html/page-facts';
import { parseHtml } from '../../../electron/formats/html/tree';
import { readerOf } from '../../../electron/formats/registry';
import { UnreadableDocument } from '../../../electron/formats/unreadable';
import { otherwise } from './otherwise';
import { type Example, readExamples } from './spec';

/**
 * `npm run bench -- --formats DIR`: reads each example of DIR/spec.txt (CommonMark's own) as the library reads Markdown, and the HTML that it asks for as a
 * page, and prints how many are the same in text and elements, and of each other one why. Nothing is asserted.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { formats: { type: 'string' } } });
  const folder = path.resolve(process.env['INIT_CWD'] ?? process.cwd(), values.formats ?? '');
  const examples = readExamples(await readFile(path.join(folder, 'spec.txt'), 'utf8'));
  const outcomes = await Promise.all(examples.map(compare));
  const others = outcomes.filter(({ ours, theirs }) => ours !== theirs);
  const unexplained = others.filter(({ example }) => !otherwise.has(example.number));
  const byReason = Map.groupBy(
    others.filter(({ example }) => otherwise.has(example.number)),
    ({ example }) => otherwise.get(example.number) ?? '',
  );
  process.stdout.write(
    `CommonMark: ${examples.length - others.length} of ${examples.length} examples are the same in text and elements.\n`,
  );
  for (const [reason, all] of byReason)
    process.stdout.write(`${all.length} otherwise: ${reason} (${all.map(({ example }) => example.number).join(', ')})\n`);
  for (const number of otherwise.keys())
    if (!others.some(({ example }) => example.number === number)) process.stdout.write(`Example ${number} is the same by now.\n`);
  process.stdout.write(`${unexplained.length} wrong\n`);
  for (const { example, ours, theirs } of unexplained)
    process.stdout.write(`\n${example.number}, ${example.section}:\n${example.markdown}---\nours   ${ours}\ntheirs ${theirs}\n`);
}

/** An example as it is read, and as CommonMark has it: text and elements in one line. */
interface Outcome {
  example: Example;
  ours: string;
  theirs: string;
}

async function compare(example: Example): Promise<Outcome> {
  return { example, ours: await readMarkdown(example.markdown), theirs: readHtml(example.html) };
}

async function readMarkdown(markdown: string): Promise<string> {
  const source = documentBytes(new TextEncoder().encode(markdown), 'example.md');
  let line = '';
  try {
    for await (const part of (await readerOf('markdown')).read(source, { signal: new AbortController().signal }))
      if (part.part === 'section') line += lineOf(part.text, part.nodes);
  } catch (error) {
    // There is no document without words.
    if (error instanceof UnreadableDocument && error.code === 'document-empty') return '';
    throw error;
  }
  return line;
}

function readHtml(html: string): string {
  const parser = parseHtml(`<!doctype html><body>${html}`);
  const { body } = readPageFacts(parser.page);
  let line = '';
  for (const section of body ? drawPage(parser, body, { directed: false }) : []) if (section) line += lineOf(section.text, section.nodes);
  return line;
}

/** Attributes that say what an element is, not how it is reached or which way it goes. */
const TOLD: ReadonlySet<string> = new Set(['href', 'src', 'alt', 'title', 'start']);

function lineOf(text: string, nodes: readonly DrawnNode[]): string {
  let at = 0;
  const take = (units: number): string => {
    at += units;
    return JSON.stringify(text.slice(at - units, at)).slice(1, -1);
  };
  const draw = (all: readonly DrawnNode[]): string => all.map(drawOne).join('');
  const drawOne = (node: DrawnNode): string => {
    if (typeof node === 'number') return take(node);
    if ('ornament' in node) return '';
    if ('unseen' in node) {
      take(node.unseen);
      return '';
    }
    if ('replaced' in node) return `<replaced>${take(node.replaced)}</replaced>`;
    const inner = draw(node.c ?? []);
    // Parts of code that have colours, and what only stands around a line.
    if (node.e === 'span' || node.l?.includes('inline')) return inner;
    const told = Object.entries(node.a ?? {}).filter(([name]) => TOLD.has(name));
    return `<${node.e}${told.map(([name, value]) => ` ${name}=${JSON.stringify(addressOf(name, value))}`).join('')}>${inner}</${node.e}>`;
  };
  return draw(nodes);
}

/** `/ö` and `/%C3%B6` are one address. */
const addressOf = (name: string, value: string): string =>
  name === 'href' || name === 'src' ? (URL.parse(value, 'https://document/')?.href ?? value) : value;

await main();
