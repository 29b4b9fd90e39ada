import { useEffect, useId, useState } from 'react';
import type { DocumentQuery, ExportFormat, ExportPreview, ExportRequest, ExportScope } from '#api';
import { exportFormats, isOfCopies, isOfReferences } from '#api';
import { documentQuery } from '../../state/actions/document-list';
import { cancelExport, type ExportTarget, runExport } from '../../state/actions/exporting';
import { linkBase } from '../../state/actions/links';
import { reportError } from '../../state/actions/notices';
import { updateSettings } from '../../state/actions/settings';
import { call } from '../../state/client';
import { saving } from '../../state/notebook-sync';
import { filterTag } from '../../state/selectors';
import { type AppState, useStore } from '../../state/store';
import { Button } from '../kit/Button';
import { Dialog } from '../kit/Dialog';
import { countOf } from '../kit/format';
import { useIsLong } from '../kit/use-is-long';
import { useFocusOnStep } from '../kit/use-return-focus';
import { useNoteChoices } from '../notes/use-note-choices';
import { describeExport } from '../notices/describe-export';
import { DocumentChooser } from './DocumentChooser';
import './dialogs.css';

const FORMAT_NAMES: Record<ExportFormat, string> = {
  markdown: 'Markdown (Obsidian reads its properties)',
  html: 'HTML (one page, prints well)',
  csv: 'CSV (Readwise’s columns)',
  'json-ld': 'W3C Web Annotation (JSON-LD)',
  pdf: 'PDF (a copy of the document with your notes in it)',
  bibtex: 'BibTeX (references to the documents)',
  'csl-json': 'CSL-JSON (references to the documents)',
};

/** Chooses what is exported and how, with a preview of the very file. */
export function ExportDialog({ initialScope }: { initialScope: ExportScope }) {
  const choices = useScopeChoices(initialScope);
  const [choice, setChoice] = useState(0);
  const [format, setFormat] = useState<ExportFormat>('markdown');
  const [layout, setLayout] = useState<ExportRequest['layout']>('single');
  const [isSafe, setIsSafe] = useState(false);
  const author = useStore((state) => state.settings.authorName);
  const [withOthers, setWithOthers] = useState(false);
  const version = useStore((state) => state.libraryVersion);
  const people = useNoteChoices(undefined, version)?.people ?? [];
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  // One more choice than those at hand: documents that are marked one by one.
  const isChoosing = choice === choices.length;
  const scope: ExportScope = isChoosing ? { type: 'documents', documentIds: [...chosen] } : (choices[choice]?.scope ?? initialScope);
  const request: ExportRequest = {
    scope,
    format,
    layout,
    withOthers,
    spreadsheetSafe: format === 'csv' && isSafe,
    linkBase: linkBase(),
  };
  const preview = usePreview(request);
  const canExport = preview?.ok === true;
  const ids = { scope: useId(), format: useId(), layout: useId(), safe: useId(), safeHint: useId(), others: useId(), author: useId() };

  const exporting = useStore((state) => state.exporting);
  // One that went on when the dialog was opened is shown at once.
  const [wentOn] = useState(exporting !== undefined);
  const isLong = useIsLong(exporting !== undefined) || (wentOn && exporting !== undefined);
  const progress = useFocusOnStep<HTMLElement>(`${isLong}`);
  const start = useFocusOnStep<HTMLButtonElement>(`${isLong}`);
  const run = (target: ExportTarget) =>
    void runExport(isOfCopies(format) && author.trim() !== '' ? { ...request, author: author.trim() } : request, target).catch(reportError);

  if (exporting && isLong) {
    const { told, what } = describeExport(exporting);
    return (
      <Dialog
        title="Export"
        width={720}
        foot={
          <>
            <span className="export-counts" role="status">
              {exporting.isCancelled ? told : `Exporting ${what}. Cancel ends it; Escape closes only this dialog.`}
            </span>
            <Button onClick={() => void cancelExport().catch(reportError)}>Cancel</Button>
          </>
        }
      >
        <section ref={progress} aria-label="Progress" tabIndex={-1} className="dialog-step">
          <p>{told}</p>
          <progress aria-label="Exporting" value={exporting.notes} max={exporting.prepared?.noteCount ?? 1} />
        </section>
      </Dialog>
    );
  }
  return (
    <Dialog
      title="Export"
      width={720}
      foot={
        <>
          <span className="export-counts" role="status">
            {preview?.ok &&
              `${isOfReferences(format) ? 'References to' : `${countOf(preview.value.noteCount, 'note')} from`} ${countOf(preview.value.documentCount, 'document')} in ${countOf(preview.value.fileCount, 'file')}`}
          </span>
          {!isOfCopies(format) && (
            <Button disabled={!canExport} onClick={() => run('clipboard')}>
              Copy
            </Button>
          )}
          <Button ref={start} kind="primary" disabled={!canExport} onClick={() => run('file')}>
            Export
          </Button>
        </>
      }
    >
      <div className="export-options">
        <label htmlFor={ids.scope}>What</label>
        <select id={ids.scope} className="field" value={choice} onChange={(event) => setChoice(Number(event.target.value))}>
          {choices.map(({ label }, index) => (
            <option key={label} value={index}>
              {label}
            </option>
          ))}
          <option value={choices.length}>Chosen documents…</option>
        </select>
        {isChoosing && (
          <DocumentChooser label="Documents to export" withAll={isOfReferences(format)} chosen={chosen} onChange={setChosen} />
        )}
        <label htmlFor={ids.format}>Format</label>
        <select id={ids.format} className="field" value={format} onChange={(event) => setFormat(event.target.value as ExportFormat)}>
          {exportFormats.map((name) => (
            <option key={name} value={name}>
              {FORMAT_NAMES[name]}
            </option>
          ))}
        </select>
        {format === 'csv' && (
          <div className="export-safe">
            <input
              id={ids.safe}
              type="checkbox"
              checked={isSafe}
              aria-describedby={ids.safeHint}
              onChange={(event) => setIsSafe(event.target.checked)}
            />
            <label htmlFor={ids.safe}>Safe for spreadsheets</label>
            <p id={ids.safeHint}>
              Cells that begin like a formula (=, +, -, @) get an apostrophe in front, so that Excel and others show them and do not compute
              them. The apostrophe then belongs to the text, wherever the file is read.
            </p>
          </div>
        )}
        {people.length > 0 && scope.type !== 'note' && scope.type !== 'notes' && !isOfReferences(format) && (
          <div className="export-safe">
            <input id={ids.others} type="checkbox" checked={withOthers} onChange={(event) => setWithOthers(event.target.checked)} />
            <label htmlFor={ids.others}>Also notes of others: {people.join(', ')}</label>
          </div>
        )}
        {isOfCopies(format) && (
          <>
            <label htmlFor={ids.author}>Author</label>
            <input
              id={ids.author}
              type="text"
              className="field"
              maxLength={200}
              placeholder="Nobody is named as the author of your notes"
              value={author}
              onChange={(event) => updateSettings({ authorName: event.target.value })}
            />
          </>
        )}
        {!isOfCopies(format) && (
          <>
            <label htmlFor={ids.layout}>Files</label>
            <select
              id={ids.layout}
              className="field"
              value={layout}
              onChange={(event) => setLayout(event.target.value as ExportRequest['layout'])}
            >
              <option value="single">One file</option>
              <option value="per-document">One file for each document</option>
            </select>
          </>
        )}
      </div>
      <Preview preview={preview} />
    </Dialog>
  );
}

/** As text, so that it is the same while nothing of it changes. */
const documentQueryText = (state: AppState): string => JSON.stringify(documentQuery(state));

/** What can be exported from here: what was asked for, what the list shows, the tag, everything. */
function useScopeChoices(initial: ExportScope): { label: string; scope: ExportScope }[] {
  const documents = useStore((state) => state.documents);
  const shown = useStore((state) => state.list?.total ?? 0);
  const all = useStore((state) => state.counts.documents);
  const list = useStore(documentQueryText);
  const tag = useStore(filterTag);
  const openId = useStore((state) => state.open?.documentId);
  const choices: { label: string; scope: ExportScope }[] = [];
  const title = (id: string) => documents.get(id)?.title ?? 'this document';
  const add = (label: string, scope: ExportScope) => {
    if (!choices.some(({ scope: known }) => JSON.stringify(known) === JSON.stringify(scope))) choices.push({ label, scope });
  };
  const labelOf = (scope: ExportScope): string => {
    switch (scope.type) {
      case 'note':
        return 'This note';
      case 'notes':
        return countOf(
          scope.notes.reduce((sum, { noteIds }) => sum + noteIds.length, 0),
          'selected note',
        );
      case 'documents':
        return scope.documentIds.length === 1 ? `“${title(scope.documentIds[0] ?? '')}”` : countOf(scope.documentIds.length, 'document');
      case 'list':
        return 'The documents in the list';
      case 'tag':
        return `Everything tagged #${scope.tag}`;
      case 'everything':
        return 'All notes of all documents';
    }
  };
  const everything: ExportScope = { type: 'everything' };
  add(labelOf(initial), initial);
  if (initial.type === 'note') {
    const scope: ExportScope = { type: 'documents', documentIds: [initial.documentId] };
    add(labelOf(scope), scope);
  }
  if (openId !== undefined) {
    const scope: ExportScope = { type: 'documents', documentIds: [openId] };
    add(labelOf(scope), scope);
  }
  if (tag !== undefined) add(labelOf({ type: 'tag', tag }), { type: 'tag', tag });
  const query = JSON.parse(list) as DocumentQuery;
  if (shown > 1 && shown < all) add(`The ${countOf(shown, 'document')} in the list`, { type: 'list', query });
  add(labelOf(everything), everything);
  return choices;
}

type PreviewState = { ok: true; value: ExportPreview } | { ok: false; message: string };

/** The preview of what is chosen; what was typed a moment ago is saved first, so that it is in it. */
function usePreview(wanted: ExportRequest): PreviewState | undefined {
  const [preview, setPreview] = useState<PreviewState>();
  const key = JSON.stringify(wanted);
  useEffect(() => {
    let current = true;
    const load = async (): Promise<void> => {
      const request = JSON.parse(key) as ExportRequest;
      if (request.scope.type === 'documents' && request.scope.documentIds.length === 0) {
        setPreview({
          ok: false,
          message: isOfReferences(request.format)
            ? 'Choose the documents that you want references to.'
            : 'Choose the documents whose notes you want.',
        });
        return;
      }
      await saving.flush();
      // One that is not wanted any more would end the one that is.
      if (!current) return;
      const result = await call('export.preview', request);
      if (!current) return;
      // One that was asked for before came to the host after it.
      if (!result.ok && result.failure.code === 'cancelled') await load();
      else setPreview(result.ok ? result : { ok: false, message: result.failure.message });
    };
    load().catch((error: unknown) => {
      if (current) setPreview({ ok: false, message: 'The preview could not be made.' });
      reportError(error);
    });
    return () => {
      current = false;
    };
  }, [key]);
  return preview;
}

function Preview({ preview }: { preview: PreviewState | undefined }) {
  if (!preview) return <p className="export-empty">Preparing the preview…</p>;
  if (!preview.ok) {
    return (
      <p className="export-empty" role="alert">
        {preview.message}
      </p>
    );
  }
  const { name, text, truncated } = preview.value;
  return (
    <figure className="export-preview">
      <figcaption dir="auto">{name}</figcaption>
      <textarea aria-label="Preview" dir="auto" readOnly spellCheck={false} value={text} />
      {truncated && <p className="export-more">The file goes on; the preview ends here.</p>}
    </figure>
  );
}
