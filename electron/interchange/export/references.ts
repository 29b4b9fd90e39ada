import { bibtexEntry, type Cited, cslItem } from '#model';
import type { WriteFormat } from '../format';
import type { DocumentHead } from '../selection';

/** A bibliography of the documents, for LaTeX and for whatever else reads BibTeX. Their notes are not in it. */
export const writeBibtex: WriteFormat = async function* (content) {
  const taken = new Set<string>();
  let before = '';
  for await (const head of content.heads()) {
    yield before + bibtexEntry(citedOf(head), taken);
    before = '\n';
  }
};

/** The same as CSL-JSON, which Pandoc and Zotero read. */
export const writeCslJson: WriteFormat = async function* (content) {
  const taken = new Set<string>();
  let before = '[\n';
  for await (const head of content.heads()) {
    yield before + JSON.stringify(cslItem(citedOf(head), taken), undefined, 2).replace(/^/gm, '  ');
    before = ',\n';
  }
  yield '\n]\n';
};

const citedOf = ({ title, author, date, language, site, address, tags, format }: DocumentHead): Cited => ({
  title,
  author,
  date,
  language,
  site,
  address,
  tags,
  kind: format === 'html' ? 'webpage' : 'document',
});
