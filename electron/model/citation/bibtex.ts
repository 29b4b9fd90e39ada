import { type Cited, citationKey, writeName } from './cited';
import { type Name, readNames } from './names';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/**
 * A document as an entry of BibTeX, which biblatex reads, too. The title stands in two pairs of braces, so that no style changes its
 * capitals. Letters are UTF-8 as they are; what TeX would take for a command is written as one. `taken`: keys of other entries.
 */
export function bibtexEntry(cited: Cited, taken: Set<string>): string {
  const { title, author = '', date, language, site, address, tags = [] } = cited;
  const [year, month, day] = date?.split('-') ?? [];
  const keywords = tags.map((tag) => escapeTex(tag.replaceAll(',', ';'))).join(', ');
  const fields: [name: string, value: string | undefined][] = [
    ['author', braced(readNames(author).map(texName).join(' and '))],
    ['title', `{{${escapeTex(title)}}}`],
    ['year', year && `{${year}}`],
    // A name that styles know in each language.
    ['month', month && MONTHS[Number(month) - 1]],
    ['day', day && `{${Number(day)}}`],
    ['organization', site && `{${escapeTex(site)}}`],
    ['url', address && `{${encodeBraces(address)}}`],
    ['language', language && `{${language}}`],
    ['keywords', braced(keywords)],
  ];
  const lines = fields.flatMap(([name, value]) => (value ? [`  ${name} = ${value}`] : []));
  return `@${cited.kind === 'webpage' ? 'online' : 'misc'}{${citationKey(cited, taken)},\n${lines.join(',\n')}\n}\n`;
}

const braced = (value: string): string | undefined => (value === '' ? undefined : `{${value}}`);

/** An address is read as it stands, but for braces and what begins a command. */
const encodeBraces = (address: string): string => address.replace(/[\\{}\s]/g, encodeURIComponent);

/** A name whose words BibTeX would part in the wrong places stands in braces. */
function texName(name: Name): string {
  if (name.literal !== undefined) return `{${escapeTex(name.literal)}}`;
  const parts = [name.family, ...(name.given === undefined ? [] : [name.given])];
  return parts.some((part) => /\band\b/i.test(part)) ? `{${escapeTex(writeName(name, false))}}` : escapeTex(parts.join(', '));
}

const COMMANDS: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  // A brace counts for BibTeX also where a backslash stands before it.
  '{': '\\textbraceleft{}',
  '}': '\\textbraceright{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
};

const escapeTex = (text: string): string =>
  text.replace(/\s+/g, ' ').replace(/[\\{}~^&%$#_]/g, (character) => COMMANDS[character] ?? `\\${character}`);
