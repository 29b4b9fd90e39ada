import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { type DrawnNode, type Note, resolve } from '#model';
import { type OwnFolder, openOwnFolder } from './changed-documents';
import { type ReadDocument, readAll } from './formats/document-parts';
import { exportText } from './host-fixtures';
import { waitFor } from './wait-for';

const MARKDOWN = `---
title: The lake
---

# The lake

It falls twice a year.[^fall] Its depth is $d = \\frac{v}{a}$, as [[Tides|the tides]] tell.

$$
\\int_0^1 x^2 \\, dx = \\frac{1}{3}
$$

> [!warning] Thin ice
> Nobody walks there
in March.
> - Not alone
> - Not at night

| Month | Level |
| ----- | ----: |
| May   |  12 m |
| June  |  11 m |

\`\`\`js
const level = (month) => levels.get(month);
\`\`\`

- [ ] Ask the *ferryman*
- [x] Read ==the gauge==

<details><summary>More</summary>

Words that are folded.

</details>

> A proverb says
> that water remembers.

![[Rivers#Mouth]]

:tada: 日本の湖は静かです。 بحيرة هادئة

[^fall]: With the *snow*, and
    with the rain.
`;

const IN_MARKDOWN = [
  'It falls twice a year.[1] Its depth',
  '$d = \\frac{v}{a}$, as the tides',
  '$$\n\\int_0^1 x^2 \\, dx = \\frac{1}{3}\n$$',
  'Thin ice\nNobody walks there in March.',
  'in March.\nNot alone',
  'Not at night',
  'Month\tLevel\nMay\t12 m',
  '11 m',
  'const level = (month) => levels.get(month);',
  'levels.get(month);\n\n☐ Ask',
  'the ferryman',
  'Read the gauge',
  'More\nWords that are folded.',
  'A proverb says that water remembers.\nRivers > Mouth',
  '🎉 日本の湖',
  '静かです。 بحيرة',
  'بحيرة هادئة',
  'With the snow, and with the rain.',
  'The lake\nIt falls',
];

const SENTENCE = 'The river rises in spring, when the snow of the hills melts, and it carries the sand of a whole year to the sea.';
const PAGE = `<!doctype html><html lang=en><title>Where rivers rise | The Daily</title>
<body><nav><ul><li><a href=/>Home</a><li><a href=/news>News of the day</a></ul></nav>
<main><article><h1>Where rivers rise</h1>
<div class="article-body">${Array.from({ length: 7 }, (_, index) => `<p>${index + 1}. ${SENTENCE}</p>`).join('')}
<pre>high   water\nlow    water</pre><table><tr><th>May<th>June<tr><td>12 m<td>11 m</table><p>H<sub>2</sub>O and E = mc<sup>2</sup>.</p></div></article>
<section class="comments"><h2>Comments</h2>${'<p>I once saw a river, and I did not like it at all, to be honest.</p>'.repeat(6)}<p>But I liked the sea, I must say.</p></section></main>
<footer>© The Daily, all rights reserved</footer></body></html>`;

const IN_PAGE = [
  'Home\nNews of the day\nWhere rivers',
  'News of the day',
  'Where rivers rise\n1. The river rises',
  `2. ${SENTENCE}`,
  `to the sea.\n4. The river`,
  'high   water\nlow    water',
  'May\tJune\n12 m',
  'H2O and E = mc2.',
  'mc2.\nComments\nI once saw a river',
  'But I liked the sea',
  '© The Daily',
];

const FILES = {
  'The lake.md': { content: MARKDOWN, format: 'markdown', quotes: IN_MARKDOWN },
  'rivers.html': { content: PAGE, format: 'html', quotes: IN_PAGE },
} as const;

const names = ['The lake.md', 'rivers.html'] as const;

const fold = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** The texts of a document's quotations. */
function quotationsOf({ sections, text }: ReadDocument): string[] {
  const quotations: string[] = [];
  let at = 0;
  const walk = (nodes: readonly DrawnNode[]): void => {
    for (const node of nodes) {
      const start = at;
      if (typeof node === 'number') at += node;
      else if ('unseen' in node) at += node.unseen;
      else if ('replaced' in node) at += node.replaced;
      else if ('e' in node) {
        walk(node.c ?? []);
        if (node.e === 'blockquote') quotations.push(text.slice(start, at));
      }
    }
  };
  for (const { nodes } of sections) walk(nodes);
  return quotations;
}

/** Each note of a document with the passage where it stands in the text that its file gives now. */
async function placed({ folder, call, idOf }: OwnFolder, name: keyof typeof FILES): Promise<{ note: Note; passage: string }[]> {
  const { text, end } = await readAll(await readFile(path.join(folder, name)), FILES[name].format);
  const opened = await call('library.open', { documentId: idOf(name) });
  if (!opened.ok) throw new Error(opened.failure.message);
  return (opened.value.notebook.notes as Note[]).map((note) => {
    const place = note.anchor && resolve(note.anchor, text, end.textHash);
    return { note, passage: place?.state === 'exact' ? text.slice(place.start, place.end) : '' };
  });
}

it('thirty highlights over all that a document can hold are where they were after a restart, read as they read, and are exported so', async () => {
  const first = await openOwnFolder();
  for (const [name, { content, format, quotes }] of Object.entries(FILES)) {
    await first.write(name, content);
    await waitFor(() => expect(first.idOf(name)).toBeDefined());
    await first.mark(name, (await readAll(content, format)).text, quotes);
  }
  expect(IN_MARKDOWN.length + IN_PAGE.length).toBe(30);
  await first.core.close();

  const again = await openOwnFolder(first);
  for (const name of names) {
    await waitFor(() => expect(again.idOf(name)).toBeDefined());
    const notes = await placed(again, name);
    expect(notes.map(({ passage }) => passage)).toEqual(FILES[name].quotes);
    expect(notes.map(({ note }) => note.anchor?.exact)).toEqual(FILES[name].quotes);
    expect(again.row(name)?.toReview).toBeUndefined();
  }
  // Read as the Markdown that it is, in the order of the documents.
  const exported = await readAll(await exportText(again, 'markdown'), 'markdown');
  const inOrder = (name: keyof typeof FILES, text: string) =>
    FILES[name].quotes.toSorted((one, other) => text.indexOf(one) - text.indexOf(other));
  const texts = await Promise.all(names.map(async (name) => (await readAll(FILES[name].content, FILES[name].format)).text));
  const quotes = names.flatMap((name, index) => inOrder(name, texts[index] ?? ''));
  expect(quotationsOf(exported).map(fold)).toEqual(quotes.map(fold));
});
