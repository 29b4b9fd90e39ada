import type { TokenizerAndRendererExtension as Extension } from 'marked';
import { escapeHtml, LONGEST_LINKED_TITLE, placeName, readTitleLink } from '#model';
import { isImage, playedAs } from '../list';

const WIKI_LINK = new RegExp(`^!?\\[\\[([^[\\]\\n]{1,${LONGEST_LINKED_TITLE}})\\]\\]`);

/** A file's name as an address: all signs in it are its own. */
const addressOf = (name: string): string => encodeURI(name.toWellFormed()).replace(/[?#]/g, encodeURIComponent);

/** What Obsidian alone can show: a chip says what it is. */
const OF_OBSIDIAN = /\.(?:base|canvas)$/i;

/** The words on a picture, and after a bar, or alone, how wide it is (`400`, `400x300`), as Obsidian has them. */
export function readPictureWords(words: string): { alt?: string; width?: string } {
  const [, alt, width] = /^(?:(.*)\|)?[ \t]*(\d{1,4})(?:x\d{1,4})?[ \t]*$/s.exec(words) ?? [];
  return width === undefined ? { alt: words } : { ...(alt !== undefined && { alt: alt.trim() }), width };
}

interface Picture {
  address: string;
  alt: string;
  width: string | undefined;
  title?: string | null;
}

/** The HTML of a picture, whose words may have characters written as HTML writes them (`&amp;`). */
export const picture = ({ address, alt, width, title }: Picture): string =>
  `<img src="${address}" alt="${escaped(alt)}"${title ? ` title="${escaped(title)}"` : ''}${width === undefined ? '' : ` width="${width}"`}>`;

/** The HTML of what plays the sound or film at an address that is written as HTML has it. */
export function player(address: string, words: string): string {
  const kind = playedAs(address.replace(/[?#].*$/s, '')) ?? 'video';
  return `<${kind} src="${address}" title="${escaped(words)}"></${kind}>`;
}

const escaped = (words: string): string => escapeHtml(words).replace(/&amp;(?=(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z]\w{1,31});)/gi, '&');

/**
 * Obsidian’s links and embeds: `[[Title]]`, `[[Title#Heading|words]]`, `![[picture.png]]`. An embedded note is drawn as a link to it, below
 * which the window shows what stands there: a document's text comes from its own file alone, so that no highlight of it is lost, or found twice, with another's.
 */
export const wikiLinks: Extension = {
  name: 'wiki-link',
  level: 'inline',
  tokenizer(source) {
    const [raw, written] = WIKI_LINK.exec(source) ?? [];
    if (raw === undefined || written === undefined || written.trim() === '' || this.lexer.state.inLink) return undefined;
    return { type: 'wiki-link', raw, written };
  },
  renderer({ raw, written }) {
    const { target, heading, words } = readTitleLink(written);
    if (raw.startsWith('!') && isImage(target)) {
      const { alt = target, width } = readPictureWords(words);
      return picture({ address: addressOf(target), alt, width });
    }
    const isEmbed = raw.startsWith('!');
    if (isEmbed && playedAs(target)) return player(addressOf(target), words);
    if (OF_OBSIDIAN.test(target)) return `<lectern-shortcode>${escapeHtml(words)}</lectern-shortcode>`;
    const where =
      target === '' && heading !== undefined
        ? `href="#${encodeURIComponent(placeName(heading).toWellFormed())}"`
        : `to="${escapeHtml(written.trim())}"`;
    return `<lectern-link ${where}${isEmbed ? ' embed' : ''}>${escapeHtml(words)}</lectern-link>`;
  },
};
