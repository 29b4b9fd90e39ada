import type { BadRecord, ImportedDocument, NotesImport } from '#api';
import { countOf } from '../kit/format';
import { DryRunRemarks } from './DryRunStep';

/** More rows than anyone reads through. */
const SHOWN = 200;

interface ImportPlanViewProps {
  plan: NotesImport;
  undelete: boolean;
  onUndelete(undelete: boolean): void;
}

/** What an import would do, in all and document by document, and what could not be read. */
export function ImportPlanView({ plan, undelete, onUndelete }: ImportPlanViewProps) {
  const { documents, badRecords, notices } = plan;
  const sum = (field: Count) => documents.reduce((total, each) => total + each[field], 0);
  const deleted = sum('deleted');
  const totals = describe(sum, undelete);
  return (
    <>
      <p className="restore-summary">
        {documents.length === 0
          ? 'There is no note in these files that can be read.'
          : `${capital(totals || 'nothing but titles and tags')}, on ${countOf(documents.length, 'document')}.`}
      </p>
      <DryRunRemarks notices={notices} deleted={deleted} undelete={undelete} onUndelete={onUndelete} />
      {documents.length > 0 && (
        <table className="import-documents">
          <caption className="visually-hidden">Documents with notes in these files</caption>
          <thead>
            <tr>
              <th scope="col">Document</th>
              <th scope="col">Its notes</th>
            </tr>
          </thead>
          <tbody>
            {documents.slice(0, SHOWN).map((document, index) => (
              // Two that come may be one document here.
              <tr key={`${document.documentId} ${index}`}>
                <th scope="row">
                  <span dir="auto">{document.title}</span>
                  {whence(document) && <small>{whence(document)}</small>}
                </th>
                <td>
                  {whatBecomes(document, undelete)}
                  {document.state !== 'locked' && document.said.map((sentence) => <small key={sentence}>{sentence}</small>)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {documents.length > SHOWN && <p className="restore-more">And {countOf(documents.length - SHOWN, 'more document')}.</p>}
      {badRecords.length > 0 && <BadRecords records={badRecords} />}
    </>
  );
}

type Count = 'added' | 'updated' | 'conflicts' | 'newer' | 'same' | 'inTrash' | 'deleted' | 'unplaced';

/** Counts as a list of words; empty where there is nothing. */
function describe(countOfField: (field: Count) => number, undelete: boolean): string {
  const deleted = countOfField('deleted');
  const parts: [number, string][] = [
    [countOfField('added') + (undelete ? deleted : 0), 'to add'],
    [countOfField('updated'), 'to update'],
    [countOfField('conflicts'), 'changed in both places, both texts are kept'],
    [countOfField('same'), 'the same already'],
    [countOfField('newer'), 'newer here'],
    [undelete ? 0 : countOfField('inTrash'), 'in the trash with these words, too'],
    [undelete ? 0 : deleted, 'deleted here since, left out'],
    [countOfField('unplaced'), 'without a place in the document’s text'],
  ];
  return parts
    .filter(([number]) => number > 0)
    .map(([number, words]) => `${number} ${words}`)
    .join(', ');
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const whatBecomes = (document: ImportedDocument, undelete: boolean): string =>
  document.state === 'locked'
    ? `Left out. ${document.problem ?? ''}`
    : describe((field) => document[field], undelete) || 'Tags, title or place';

/** What is to be known of how the document was found. */
function whence({ foundBy, state }: ImportedDocument): string | undefined {
  if (foundBy === 'title') return 'Known by its title alone';
  if (foundBy === undefined && state !== 'locked') return 'Not in this library: its notes wait for it';
  return undefined;
}

function BadRecords({ records }: { records: readonly BadRecord[] }) {
  return (
    <>
      <h3 className="import-bad-head">Could not be read</h3>
      <ul className="import-bad" aria-label="Could not be read">
        {records.slice(0, SHOWN).map(({ file, line, problem }, index) => (
          <li key={index}>
            <b dir="auto">{line === undefined ? file : `${file}, line ${line}`}</b>
            <span>{problem}</span>
          </li>
        ))}
      </ul>
      {records.length > SHOWN && <p className="restore-more">And {records.length - SHOWN} more.</p>}
    </>
  );
}
