import type { ExportFormat } from '#api';
import type { WriteFormat } from '../format';

/** Loads what writes a format, when it is needed; in the export's thread only. */
export const loadWriter: Record<ExportFormat, () => Promise<WriteFormat>> = {
  markdown: async () => (await import('./markdown')).writeMarkdown,
  html: async () => (await import('./html')).writeHtml,
  csv: async () => (await import('./csv')).writeCsv,
  'json-ld': async () => (await import('./json-ld')).writeJsonLd,
  pdf: async () => (await import('./copies')).writePdf,
  bibtex: async () => (await import('./references')).writeBibtex,
  'csl-json': async () => (await import('./references')).writeCslJson,
};
