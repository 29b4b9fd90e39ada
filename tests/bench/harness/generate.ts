import { createRandom, type Random } from '../faults/trial';

/** A document that is made up. */
export interface GeneratedDocument {
  name: string;
  content: string;
}

const WORDS = 30_000;
const CHARACTERS = 3_000;
const FIRST_CHARACTER = 0x4e00;
const SYLLABLES =
  'ba be bi bo bu da de di do du fa fe ga ge gi go ha he ka ke ki la le li lo lu ma me mi mo na ne ni no pa pe ra re ri ro sa se si so ta te ti to va ve vi za';

/** One document in so many is Chinese. */
const CHINESE_EVERY = 20;

/** Words and paragraphs that come as often as those of a language: the word of rank n has a share of 1/n (Zipf). */
export interface Prose {
  /** One of English's length, or Chinese; no blank lines in it. */
  paragraph(isChinese?: boolean): string;
  words(count: number): string;
}

export function createProse(random: Random): Prose {
  const words = makeWords(WORDS);
  const rank = (end: number) => Math.floor(Math.exp(random() * Math.log(end + 1))) - 1;
  const word = () => words[rank(WORDS)] ?? '';
  const list = (count: number) => Array.from({ length: count }, word).join(' ');
  const sentence = () => {
    const text = list(6 + random.below(20));
    return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
  };
  const clause = () =>
    Array.from({ length: 5 + random.below(20) }, () => String.fromCodePoint(FIRST_CHARACTER + rank(CHARACTERS))).join('');
  return {
    words: list,
    paragraph: (isChinese = false) =>
      isChinese
        ? `${Array.from({ length: 2 + random.below(6) }, clause).join('，')}。`
        : Array.from({ length: 1 + random.below(6) }, sentence).join(' '),
  };
}

/** So many documents in turns of plain text, Markdown and HTML, of 2 to 60 KB, each twentieth in Chinese; the same ones for the same seed. */
export function* generateDocuments(count: number, seed: number): Generator<GeneratedDocument> {
  const random = createRandom(seed);
  const prose = createProse(random);
  for (let index = 0; index < count; index += 1) {
    const isChinese = index % CHINESE_EVERY === CHINESE_EVERY - 1;
    const size = Math.floor(2_000 * 30 ** random());
    const paragraphs: string[] = [];
    for (let length = 0; length < size; length += paragraphs.at(-1)?.length ?? 0) paragraphs.push(prose.paragraph(isChinese));
    const title = `${prose.words(3)} ${index}`;
    const name = String(index).padStart(5, '0');
    const { extension, write } = kinds[index % kinds.length] ?? kinds[0];
    yield { name: `${name}${extension}`, content: write(title, paragraphs) };
  }
}

/** At least so many characters of paragraphs. */
export function generateParagraphs(length: number, seed: number): string[] {
  const prose = createProse(createRandom(seed));
  const paragraphs: string[] = [];
  for (let made = 0; made < length; made += paragraphs.at(-1)?.length ?? 0) paragraphs.push(prose.paragraph());
  return paragraphs;
}

/** The first paragraphs that have at most so many characters together. */
export function upTo(paragraphs: readonly string[], size: number): string[] {
  let length = 0;
  const end = paragraphs.findIndex((paragraph) => {
    length += paragraph.length + 2;
    return length > size;
  });
  return paragraphs.slice(0, end < 0 ? undefined : end);
}

export const writeText = (title: string, paragraphs: readonly string[]): string => `${title}\n\n${paragraphs.join('\n\n')}\n`;

/** With headings, lists, quotes, links, emphasis, code and tables. */
export function writeMarkdown(title: string, paragraphs: readonly string[]): string {
  const blocks = paragraphs.map((text, index) => {
    const [first = '', second = '', ...rest] = text.split(' ');
    if (index % 12 === 0) return `## ${first} ${second}\n\n${text}`;
    if (index % 12 === 4) return `- ${first}\n- ${second}\n- ${rest.join(' ')}`;
    if (index % 12 === 7) return `> ${text}`;
    if (index % 36 === 9) return `| ${first} | ${second} |\n| --- | --- |\n| ${second} | \`${first}\` |`;
    return `**${first}** [${second}](https://example.org/${index}) _${rest[0] ?? ''}_ ${rest.slice(1).join(' ')}`;
  });
  return `# ${title}\n\n${blocks.join('\n\n')}\n`;
}

/** As dense as pages of documentation are: sections, lists, tables, links, code, classes. */
export function writeHtml(title: string, paragraphs: readonly string[]): string {
  const escapeMarkup = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const blocks = paragraphs.map((text, index) => {
    const [first = '', second = '', ...rest] = escapeMarkup(text).split(' ');
    if (index % 12 === 0)
      return `<h2 id="s${index}"><a class="anchor" href="#s${index}">${first}</a> ${second}</h2>\n<p>${escapeMarkup(text)}</p>`;
    if (index % 12 === 4) return `<ul class="list"><li>${first}</li><li>${second}</li><li>${rest.join(' ')}</li></ul>`;
    if (index % 12 === 7) return `<blockquote><p>${escapeMarkup(text)}</p></blockquote>`;
    if (index % 36 === 9)
      return `<table><tr><th>${first}</th><th>${second}</th></tr><tr><td>${second}</td><td><code>${first}</code></td></tr></table>`;
    return `<p class="text"><b>${first}</b> <a href="#s${index - (index % 12)}">${second}</a> <i>${rest[0] ?? ''}</i> ${rest.slice(1).join(' ')}</p>`;
  });
  return `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>${escapeMarkup(title)}</title></head>\n<body><h1>${escapeMarkup(title)}</h1>\n${blocks.join('\n')}\n</body></html>\n`;
}

const kinds = [
  { extension: '.txt', write: writeText },
  { extension: '.md', write: writeMarkdown },
  { extension: '.html', write: writeHtml },
] as const;

function makeWords(count: number): string[] {
  // The same language for every seed: only what is written in it differs.
  const random = createRandom(1);
  const syllables = SYLLABLES.split(' ');
  const words = new Set<string>();
  while (words.size < count)
    words.add(Array.from({ length: 1 + random.below(3) + (words.size > 200 ? 1 : 0) }, () => random.pick(syllables)).join(''));
  return [...words];
}
