import type { TokenizerAndRendererExtension as Extension } from 'marked';
import { escapeHtml, LONGEST_LINKED_TITLE, placeName, readTitleLink } from '#model';
import { isImage } from '../list';

const WIKI_LINK = new RegExp(`^!?\\[\\[([^[\\]\\n]{1,${LONGEST_LINKED_TITLE}})\\]\\]`);

/** A file's name as an address: all signs in it are its own. */
const addressOf = (name: string): string => encodeURI(name.toWellFormed()).replace(/[?#]/g, encodeURIComponent);

/**
 * Obsidian’s links and embeds: `[[Title]]`, `[[Title#Heading|words]]`, `![[picture.png]]`. An embedded note is drawn as a link to it, on
 * which it shows what stands there: a document's text comes from its own file alone, so that no highlight of it is lost, or found twice, with another's.
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
      const width = /^\d{1,4}/.exec(words)?.[0];
      const alt = width === undefined && words !== target ? words : target;
      return `<img src="${addressOf(target)}" alt="${escapeHtml(alt)}"${width === undefined ? '' : ` width="${width}"`}>`;
    }
    if (target === '' && heading !== undefined)
      return `<a href="#${encodeURIComponent(placeName(heading).toWellFormed())}">${escapeHtml(words)}</a>`;
    return `<lectern-link to="${escapeHtml(written.trim())}"${raw.startsWith('!') ? ' embed' : ''}>${escapeHtml(words)}</lectern-link>`;
  },
};
