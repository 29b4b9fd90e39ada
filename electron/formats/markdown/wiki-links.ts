import type { TokenizerAndRendererExtension as Extension } from 'marked';
import { escapeHtml, LONGEST_LINKED_TITLE, placeName, readTitleLink } from '#model';
import { isImage } from '../list';

const WIKI_LINK = new RegExp(`^!?\\[\\[([^[\\]\\n]{1,${LONGEST_LINKED_TITLE}})\\]\\]`);

/** A file's name as an address: all signs in it are its own. */
const addressOf = (name: string): string => encodeURI(name.toWellFormed()).replace(/[?#]/g, encodeURIComponent);

/** Sounds and films, which Obsidian plays: a chip says what they are. */
const PLAYED = /\.(flac|m4a|mp3|ogg|opus|wav|3gp|mkv|mov|mp4|ogv|webm)$/i;
const SOUNDS = /^(?:flac|m4a|mp3|ogg|opus|wav)$/i;

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
    const played = raw.startsWith('!') ? PLAYED.exec(target)?.[1] : undefined;
    if (played !== undefined) {
      const kind = SOUNDS.test(played) ? 'audio' : 'video';
      return `<${kind} src="${addressOf(target)}" title="${escapeHtml(words)}"></${kind}>`;
    }
    if (target === '' && heading !== undefined)
      return `<a href="#${encodeURIComponent(placeName(heading).toWellFormed())}">${escapeHtml(words)}</a>`;
    return `<lectern-link to="${escapeHtml(written.trim())}"${raw.startsWith('!') ? ' embed' : ''}>${escapeHtml(words)}</lectern-link>`;
  },
};
