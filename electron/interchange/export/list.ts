import type { ExportFormat } from '#api';

/** What a host needs to know of a format without loading what writes it. */
interface ExportFileType {
  extension: string;
  mediaType: string;
  /** How many times it loops over all notes: by that is said how far an export is. What refers to documents does not, and is done in a moment. */
  passes: number;
}

export const exportFileTypes: Record<ExportFormat, ExportFileType> = {
  markdown: { extension: 'md', mediaType: 'text/markdown', passes: 2 },
  html: { extension: 'html', mediaType: 'text/html', passes: 2 },
  csv: { extension: 'csv', mediaType: 'text/csv', passes: 1 },
  'json-ld': { extension: 'jsonld', mediaType: 'application/ld+json', passes: 1 },
  pdf: { extension: 'pdf', mediaType: 'application/pdf', passes: 1 },
  bibtex: { extension: 'bib', mediaType: 'application/x-bibtex', passes: 0 },
  // https://www.iana.org/assignments/media-types/application/vnd.citationstyles.csl+json
  'csl-json': { extension: 'json', mediaType: 'application/vnd.citationstyles.csl+json', passes: 0 },
};
