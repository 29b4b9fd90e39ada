import { type ExportFile, type ExportFormat, type ExportPreview, type ExportRequest, ok, type Result } from '#api';
import type { ExportFileFormat } from '../format';
import { type ExportSource, type Selection, select } from '../selection';
import { csvFormat } from './csv';
import { nameFile } from './file-names';
import { htmlFormat } from './html';
import { jsonLdFormat } from './json-ld';
import { markdownFormat } from './markdown';
import { positionsOf } from './positions';

export type { ExportSource } from '../selection';

const formats: Record<ExportFormat, ExportFileFormat> = {
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
  const { extension, mediaType } = formats[request.format];
  const taken = new Set<string>();
  const files: ExportFile[] = [];
  for (const part of splitSelection(selected.value, request.layout)) {
    const pieces = await Array.fromAsync(piecesOf(source, part, request));
    files.push({ name: nameFile(part.title, extension, taken), text: pieces.join(''), mediaType });
  }
  return ok({ files, ...count(selected.value) });
}

/** The beginning of the first file of an export, and how much there is of it; fails as `renderExport` does. */
export async function previewExport(source: ExportSource, request: ExportRequest): Promise<Result<ExportPreview>> {
  const selected = select(source, request.scope);
  if (!selected.ok) return selected;
  const parts = splitSelection(selected.value, request.layout);
  const [first = selected.value] = parts;
  let text = '';
  for await (const piece of piecesOf(source, first, request)) {
    text += piece;
    if (text.length > PREVIEW_LENGTH) break;
  }
  const truncated = text.length > PREVIEW_LENGTH;
  return ok({
    name: nameFile(first.title, formats[request.format].extension, new Set()),
    // A cut through a surrogate pair loses the half character.
    text: truncated ? text.slice(0, PREVIEW_LENGTH).replace(/[\uD800-\uDBFF]$/, '') : text,
    truncated,
    fileCount: parts.length,
    ...count(selected.value),
  });
}

const piecesOf = (source: ExportSource, part: Selection, { format, spreadsheetSafe = false }: ExportRequest) =>
  formats[format].write(part, { positionsOf: (document) => positionsOf(source, document), spreadsheetSafe });

function splitSelection(selection: Selection, layout: ExportRequest['layout']): Selection[] {
  if (layout === 'single') return [selection];
  return selection.documents.map((document) => ({ title: document.title, documents: [document] }));
}

const count = (selection: Selection): { documentCount: number; noteCount: number } => ({
  documentCount: selection.documents.length,
  noteCount: selection.documents.reduce((sum, { notes }) => sum + notes.length, 0),
});
