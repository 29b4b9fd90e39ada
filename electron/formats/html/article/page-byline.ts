import { titleKey } from '#model';
import { findDate } from '../../dates';
import { attributeOf, descendantsOf, type HtmlElement } from '../tree';
import { foldedText } from './folded-text';
import { namesOf } from './names';

/** UTF-16 code units of the longest byline. */
const LONGEST_BYLINE = 120;

/** The bylines of a page, as they are written, of each place in which they may stand, the surest first. `near` are the elements around its title, `after` those below it. */
export function bylinesIn(
  elements: readonly HtmlElement[],
  near: readonly HtmlElement[],
  after: readonly HtmlElement[],
  language: string | undefined,
): string[][] {
  return [
    bylineIn(elements),
    bylineIn(near, true),
    bylineIn(elements, true),
    writtenBylineIn([...near, ...after], language),
    linkedAuthorIn(near),
  ];
}

const authorNames =
  / (?:author|authors|author name|authorname|byline|by line|autor|autoren|auteur|writer|posted by|submitted by|redakteur|vcard|wrote by|written by) /;

/** The names of the first element that is said to name the authors. */
function bylineIn(elements: readonly HtmlElement[], isLoose = false): string[] {
  const isAuthor = (element: HtmlElement): boolean => {
    if (/\bauthor\b/.test(attributeOf(element, 'rel') ?? '') || /\bauthor\b/.test(attributeOf(element, 'itemprop') ?? '')) return true;
    return (
      isLoose &&
      namesOf(element).some(
        (name) => authorNames.test(name) && (/(?<! prep) author $/.test(name) || !/ (?:img|image|avatar|bio|date|box|meta) /.test(name)),
      )
    );
  };
  for (const element of elements) {
    if (!isAuthor(element)) continue;
    const inner = [...descendantsOf(element)].find(
      (node) =>
        node.type === 'element' &&
        (/\bname\b/.test(attributeOf(node, 'itemprop') ?? '') || namesOf(node).some((name) => / (?:fn|author ?name) $/.test(name))),
    );
    const text =
      inner?.type === 'element'
        ? foldedText(inner) || (attributeOf(inner, 'content') ?? '')
        : foldedText(element) || (attributeOf(element, 'content') ?? '');
    const linked = inner ? undefined : linkedName(element);
    if (linked !== undefined) return [linked];
    if (text === '' || text.length > LONGEST_BYLINE) continue;
    return [text];
  }
  return [];
}

/** Nodes of a byline that are looked at. */
const MOST_NODES = 200;

/** The name in a byline whose one link leads to who has it. */
function linkedName(byline: HtmlElement): string | undefined {
  const links: HtmlElement[] = [];
  let nodes = 0;
  for (const node of descendantsOf(byline)) {
    if (++nodes > MOST_NODES) return undefined;
    if (node.type === 'element' && node.name === 'a' && foldedText(node) !== '') links.push(node);
  }
  const [link] = links;
  const name = link && links.length === 1 ? foldedText(link) : '';
  return NAME.test(name) ? name : undefined;
}

/** Where the addresses of those who write for a site stand in it. */
const AUTHORS =
  /\/(?:authors?|autor(?:en|in|es)?|auteurs?|creators?|reporters?|(?:news)?team|staff|people|personen|menschen|profile?s?|users?)\/(?:[^?#]*\/)?([^/?#]+?)(?:\.\w+)?\/?(?:[?#].*)?$/i;

/** UTF-16 code units of an address that are looked at. */
const LONGEST_ADDRESS = 500;

/** The name in the first link that leads to somebody who writes for the site: one that is written as names are, or as the address has it. */
function linkedAuthorIn(elements: readonly HtmlElement[]): string[] {
  for (const element of elements) {
    if (element.name !== 'a') continue;
    const address = AUTHORS.exec((attributeOf(element, 'href') ?? '').slice(0, LONGEST_ADDRESS))?.[1];
    if (address === undefined) continue;
    const text = foldedText(element);
    if (text.length <= LONGEST_BYLINE && (NAME.test(text) || titleKey(text) === titleKey(address))) return [text];
  }
  return [];
}

const PERSON = String.raw`\p{Lu}[\p{L}'’.-]*(?:\s(?:(?:von|van|de|der|den|di|da|la|le|du)\s)*\p{Lu}[\p{L}'’.-]*){0,3}`;
const PERSONS = String.raw`(?<names>${PERSON}(?:(?:\s*[,&]\s*|\s+(?:und|and|et|y|e)\s+)${PERSON})*)`;
/** How a line, or what follows a date in it, says by whom something is. */
const WRITTEN_BYLINE: readonly RegExp[] = [
  new RegExp(
    String.raw`^\W*(?:(?:[Vv]eröffentlicht|[Gg]eschrieben|[Vv]erfasst|[Ee]rstellt|[Gg]epostet|(?:[Ee]ine? )?(?:[Bb]log[ -]?)?(?:[Aa]rtikel|[Bb]eitrag|[Gg]astbeitrag|[Kk]olumne|[Kk]ommentar|[Bb]ericht|[Aa]nalyse|[Ee]ssay|[Rr]ezension|[Rr]eportage)|[Pp]osted|[Ww]ritten|[Pp]ublished|[Ii]nterview|[Tt]ext)\s+)?(?:[Vv]on|VON|[Bb]y|BY|[Pp]ar|[Pp]or|[Dd]i)\s*:?\s+${PERSONS}(?=$|[^\p{L}])`,
    'u',
  ),
  new RegExp(
    String.raw`^\W*(?:[Aa]utor(?:in|en)?|AUTOR|[Aa]uthor|[Tt]ext|[Aa]uteur|[Rr]edaktion)\s*:\s*${PERSONS}(?=$|[^\p{L}])(?!\s*:)`,
    'u',
  ),
  new RegExp(String.raw`^\W*(?:[Pp]osted|[Pp]ublished|[Ww]ritten)\s(?:on\s)?[^.!?]{4,30}\d{4},?\sby\s${PERSONS}`, 'u'),
  new RegExp(String.raw`^[^\p{L}]*\d[\d.:,/\s]*(?:Uhr\s+)?(?:von|by|par|por|di)\s+${PERSONS}\s*$`, 'u'),
];

/** What parts the pieces of a line that tells when something was written, and by whom. */
const BETWEEN = /\s*[|•·–—]\s*|\s+-\s+/u;
/** Two or three words that are written as names are. */
const NAME = /^\p{Lu}\p{Ll}[\p{L}'’.-]*(?:\s\p{Lu}[\p{L}'’.-]*){1,2}$/u;

/** The name in the first short line that begins as bylines do, or has one of its pieces do so, or that has a date and a name as its pieces. */
function writtenBylineIn(elements: readonly HtmlElement[], language: string | undefined): string[] {
  for (const element of elements) {
    const text = foldedText(element);
    if (text.length > LONGEST_BYLINE || text.length < 5) continue;
    const pieces = text.split(BETWEEN).filter((piece) => piece !== '');
    for (const piece of pieces) {
      const names = WRITTEN_BYLINE.map((pattern) => pattern.exec(piece)?.groups?.['names']).find((found) => found !== undefined);
      if (names !== undefined) return [names];
    }
    const names = pieces.filter((piece) => NAME.test(piece));
    const [name] = names;
    const isDated = pieces.some((piece) => !NAME.test(piece) && findDate(piece, language) !== undefined);
    if (name !== undefined && names.length === 1 && isDated && pieces.every((piece) => piece === name || /\d/.test(piece))) return [name];
  }
  return [];
}
