import { FileText, Highlighter } from 'lucide-react';
import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import type { Result, TagMovePlan } from '#api';
import { moveObstacle, normalizeTagName, type TagMove } from '#model';
import { applyBulkEdit, planTagMove } from '../../state/actions/bulk';
import { reportError } from '../../state/actions/notices';
import { closeDialog } from '../../state/actions/view';
import type { TagTask } from '../../state/store';
import { Button } from '../kit/Button';
import { Dialog } from '../kit/Dialog';
import { countOf, formatNumber } from '../kit/format';
import { TagNameField } from '../kit/TagNameField';
import './dialogs.css';
import './tag-dialogs.css';

interface Wording {
  title(tag: string): string;
  /** Of the field; absent where there is nothing to write. */
  field?: string;
  button: string;
  /** What undo says. */
  label: string;
}

const wordings: Record<TagTask, Wording> = {
  rename: { title: (tag) => `Rename the tag “${tag}”`, field: 'New name', button: 'Rename', label: 'Rename tag' },
  merge: { title: (tag) => `Merge the tag “${tag}” into another`, field: 'Merge into', button: 'Merge', label: 'Merge tag' },
  nest: { title: (tag) => `Nest the tag “${tag}” under another`, field: 'Nest under', button: 'Nest', label: 'Nest tag' },
  top: { title: (tag) => `Move the tag “${tag}” out to the top`, button: 'Move', label: 'Move tag' },
  delete: { title: (tag) => `Delete the tag “${tag}”`, button: 'Delete', label: 'Delete tag' },
};

const lastLevel = (tag: string): string => normalizeTagName(tag).split('/').at(-1) ?? tag;

/** The move that is meant; `undefined` while nothing is written yet. */
function moveOf(task: TagTask, from: string, written: string, isAlias: boolean): TagMove | undefined {
  if (task === 'delete') return { from };
  if (task === 'top') return { from, to: lastLevel(from) };
  const name = normalizeTagName(written);
  if (name === '') return undefined;
  if (task === 'nest') return { from, to: `${name}/${lastLevel(from)}` };
  return { from, to: name, ...(isAlias && { isAlias }) };
}

interface TagMoveDialogProps {
  task: TagTask;
  tag: string;
  initialTo?: string;
}

/** Renames, merges, nests, moves out or deletes a tag in all documents and notes: lists first what will change. */
export function TagMoveDialog({ task, tag, initialTo }: TagMoveDialogProps) {
  const { title, field, button, label } = wordings[task];
  const [written, setWritten] = useState(initialTo ?? (task === 'rename' ? tag : ''));
  const [isAlias, setAlias] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  const move = moveOf(task, tag, written, isAlias);
  const obstacle = move && moveObstacle(move);
  const isUnchanged = task === 'rename' && move?.to === normalizeTagName(tag);
  const planned = usePlan(obstacle === undefined ? move : undefined);
  const isMerge = planned?.ok === true && planned.value.tags[0]?.isThere === true;
  const isReady = move !== undefined && obstacle === undefined && planned?.ok === true;

  useEffect(() => input.current?.select(), []);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!move || !isReady) return;
    closeDialog();
    void applyBulkEdit({ type: 'move-tags', moves: [move] }, label).catch(reportError);
  };

  return (
    <Dialog
      title={title(tag)}
      description="This is done in all documents and notes. It can be undone as one step."
      foot={
        <>
          <Button onClick={closeDialog}>Cancel</Button>
          <Button
            kind={task === 'delete' ? 'danger' : 'primary'}
            type="submit"
            form={id}
            disabled={!isReady}
            // That a new name is another tag's is to be seen before the two become one.
            data-asks={(task === 'rename' && isMerge) || undefined}
          >
            {task === 'rename' && isMerge ? 'Merge' : button}
          </Button>
        </>
      }
    >
      <form id={id} className="tag-move" onSubmit={submit}>
        {field !== undefined && (
          <div className="tag-move-name">
            <label htmlFor={`${id}-name`}>{field}</label>
            <TagNameField
              id={`${id}-name`}
              inputRef={input}
              value={written}
              except={task === 'rename' ? undefined : tag}
              onChange={setWritten}
            />
          </div>
        )}
        {(task === 'rename' || task === 'merge') && (
          <label className="tag-move-alias">
            <input type="checkbox" checked={isAlias} onChange={({ target }) => setAlias(target.checked)} />
            <span>Keep “{tag}” as another name: whoever writes it gets the tag under its new one</span>
          </label>
        )}
        <div role="status" aria-label="What will change">
          {obstacle !== undefined && !isUnchanged && <p className="field-problem">{obstacle}</p>}
          {planned && !planned.ok && obstacle === undefined && <p className="field-problem">{planned.failure.message}</p>}
          {planned?.ok && obstacle === undefined && <Plan plan={planned.value} task={task} />}
        </div>
      </form>
    </Dialog>
  );
}

/** ms without a key until what was written is planned. */
const QUIET = 120;

/** What a move would change, as it is now; `undefined` until that is known. */
function usePlan(move: TagMove | undefined): Result<TagMovePlan> | undefined {
  const [planned, setPlanned] = useState<{ of: string; result: Result<TagMovePlan> }>();
  const { from, to } = move ?? {};
  const key = JSON.stringify([from, to]);
  useEffect(() => {
    if (from === undefined) return;
    let isCurrent = true;
    const timer = setTimeout(() => {
      planTagMove({ from, to })
        .then((result) => isCurrent && setPlanned({ of: key, result }))
        .catch(reportError);
    }, QUIET);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [from, to, key]);
  return planned?.of === key ? planned.result : undefined;
}

/** How many documents and notes change. */
function Carriers({ documents, notes }: { documents: number; notes: number }) {
  if (documents + notes === 0) return 'No document or note carries it.';
  return (
    <>
      {documents > 0 && <b>{countOf(documents, 'document')}</b>}
      {documents > 0 && notes > 0 && ' and '}
      {notes > 0 && <b>{countOf(notes, 'note')}</b>} {documents + notes === 1 ? 'changes' : 'change'}.
    </>
  );
}

/** Rows that are listed one by one. */
const ROWS_SHOWN = 100;

function Plan({ plan, task }: { plan: TagMovePlan; task: TagTask }) {
  const { tags, documents, notes, othersNotes, locked } = plan;
  const [own] = tags;
  return (
    <>
      <p className="tag-move-sum">
        <Carriers documents={documents} notes={notes} />
        {own?.isThere && own.to !== undefined && ` “${own.to}” is there already: the two become one.`}
        {task === 'delete' && ' The documents and notes themselves stay.'}
      </p>
      <table className="tag-move-list">
        <caption className="visually-hidden">Tags that change</caption>
        <thead>
          <tr>
            <th scope="col">Tag</th>
            {task !== 'delete' && <th scope="col">Becomes</th>}
            <th scope="col">
              <FileText aria-hidden="true" />
              <span>Documents</span>
            </th>
            <th scope="col">
              <Highlighter aria-hidden="true" />
              <span>Notes</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {tags.slice(0, ROWS_SHOWN).map((row) => (
            <tr key={row.from}>
              <th scope="row" dir="auto">
                {row.from}
              </th>
              {task !== 'delete' && (
                <td dir="auto">
                  {row.to}
                  {row.isThere && <span className="tag-move-there"> (is there)</span>}
                </td>
              )}
              <td>{formatNumber(row.documents)}</td>
              <td>{formatNumber(row.notes)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {tags.length > ROWS_SHOWN && <p className="tag-move-more">and {countOf(tags.length - ROWS_SHOWN, 'more tag')} under it</p>}
      {othersNotes > 0 && (
        <p className="tag-move-more">
          {countOf(othersNotes, 'note')} by others {othersNotes === 1 ? 'keeps its' : 'keep their'} tags: what others wrote is not changed.
        </p>
      )}
      {locked > 0 && (
        <p className="field-problem">
          {countOf(locked, 'document')} cannot be changed now and {locked === 1 ? 'stays as it is' : 'stay as they are'}.
        </p>
      )}
    </>
  );
}
