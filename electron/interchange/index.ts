import { type ExportFile, type ExportFormat, type ExportPreview, type ExportRequest, ok, type Result } from '../api';
import { csvFormat } from './csv';
import { nameFile } from './file-names';
import { htmlFormat } from './html';
import { jsonLdFormat } from './json-ld';
import { markdownFormat } from './markdown';
import { type CodePointRange, positionsOf } from './positions';
import { type ExportSource, type Selection, select } from './selection';

export type { ExportSource } from './selection';

/** One way to write a selection of notes as a file. */
export interface Format {
  extension: string;
  mediaType: string;
  /** Whether it says where passages stand in Unicode code points. */
  hasPositions?: boolean;
  /** `positions`: by note id; without those that are not known, and empty unless `hasPositions`. */
  write(selection: Selection, positions: ReadonlyMap<string, CodePointRange>): string;
}

const formats: Record<ExportFormat, Format> = {
  markdown: markdownFormat,
  html: htmlFormat,
  csv: csvFormat,
  'json-ld': jsonLdFormat,
};

/** How much of the first file a preview shows, in UTF-16 code units. */
const PREVIEW_LENGTH = 20_000;

/** The files that hold the notes asked for, under names safe on every system. Fails with `export-empty` where there is no note. */
export async function renderExport(
  source: ExportSource,
  request: ExportRequest,
): Promise<Result<{ files: ExportFile[]; documentCount: number; noteCount: number }>> {
  const selected = select(source, request.scope);
  if (!selected.ok) return selected;
  const parts = splitSelection(selected.value, request.layout);
  return ok({ files: await renderParts(source, parts, formats[request.format]), ...count(selected.value) });
}

/** The beginning of the first file of an export, and how much there is of it; fails as `renderExport` does. */
export async function previewExport(source: ExportSource, request: ExportRequest): Promise<Result<ExportPreview>> {
  const selected = select(source, request.scope);
  if (!selected.ok) return selected;
  const parts = splitSelection(selected.value, request.layout);
  const [first] = await renderParts(source, parts.slice(0, 1), formats[request.format]);
  const text = first?.text ?? '';
  const truncated = text.length > PREVIEW_LENGTH;
  return ok({
    name: first?.name ?? '',
    // A cut through a surrogate pair loses the half character.
    text: truncated ? text.slice(0, PREVIEW_LENGTH).replace(/[\uD800-\uDBFF]$/, '') : text,
    truncated,
    fileCount: parts.length,
    ...count(selected.value),
  });
}

function splitSelection(selection: Selection, layout: ExportRequest['layout']): Selection[] {
  if (layout === 'single') return [selection];
  return selection.documents.map((document) => ({ title: document.title, documents: [document] }));
}

async function renderParts(source: ExportSource, parts: readonly Selection[], format: Format): Promise<ExportFile[]> {
  const taken = new Set<string>();
  const files: ExportFile[] = [];
  for (const part of parts) {
    const positions = format.hasPositions ? await positionsOf(source, part) : new Map<string, CodePointRange>();
    const name = nameFile(part.title, format.extension, taken);
    files.push({ name, text: format.write(part, positions), mediaType: format.mediaType });
  }
  return files;
}

const count = (selection: Selection): { documentCount: number; noteCount: number } => ({
  documentCount: selection.documents.length,
  noteCount: selection.documents.reduce((sum, { notes }) => sum + notes.length, 0),
});
