import { FolderPlus } from 'lucide-react';
import { type FormEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import type { DocumentSummary } from '#api';
import { collectionKey, foldText } from '#model';
import { collectionNamed, makeCollection, nameObstacle } from '../../state/actions/collections';
import { notify, reportError } from '../../state/actions/notices';
import { collect } from '../../state/actions/shelf';
import { closeDialog, showCollection } from '../../state/actions/view';
import { call } from '../../state/client';
import { type ShownCollection, shownCollections } from '../../state/selectors';
import { useStore } from '../../state/store';
import { Button } from '../kit/Button';
import { Dialog } from '../kit/Dialog';
import { countOf } from '../kit/format';
import './collections-dialog.css';

/** Puts documents into collections and takes them out, each at once; what is typed narrows the list, or names a new one. */
export function CollectionsDialog({ documentIds }: { documentIds: readonly string[] }) {
  const collections = useStore(shownCollections);
  const rows = useRows(documentIds);
  const [typed, setTyped] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const hintId = useId();
  const key = collectionKey(typed);
  const shown = useMemo(() => collections.filter(({ name }) => foldText(name).includes(foldText(typed.trim()))), [collections, typed]);
  const holds = (id: string): number => rows?.filter((row) => row.collections?.includes(id)).length ?? 0;
  const toggle = ({ id, name }: ShownCollection) =>
    void collect(documentIds, { id, name }, holds(id) < documentIds.length).catch(reportError);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (key === '') {
      closeDialog();
      return;
    }
    void collect(documentIds, makeCollection(typed), true).catch(reportError);
    setTyped('');
    field.current?.focus();
  };
  const title = documentIds.length === 1 ? (rows?.[0]?.title ?? '') : countOf(documentIds.length, 'document');
  return (
    <Dialog
      title="Collections"
      description={`Of ${documentIds.length === 1 ? `“${title}”` : title}. A document can be in several.`}
      width={440}
      foot={
        <Button kind="primary" onClick={closeDialog}>
          Done
        </Button>
      }
    >
      <form className="collections-form" onSubmit={submit}>
        <input
          ref={field}
          className="field"
          aria-label="Collection"
          aria-describedby={hintId}
          placeholder="Find, or name a new one"
          dir="auto"
          maxLength={200}
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
        />
        {key !== '' && !collectionNamed(typed) && (
          <Button type="submit">
            <FolderPlus aria-hidden="true" />
            Make it
          </Button>
        )}
      </form>
      <p id={hintId} className="collections-hint">
        {hintOf(typed, collections.length)}
      </p>
      <ul className="collections-list">
        {(rows ? shown : []).map((collection) => (
          <CollectionCheck
            key={collection.id}
            name={collection.name}
            count={holds(collection.id)}
            total={documentIds.length}
            onToggle={() => toggle(collection)}
          />
        ))}
      </ul>
    </Dialog>
  );
}

function hintOf(typed: string, total: number): string {
  const known = collectionNamed(typed);
  if (typed.trim() === '')
    return total === 0 ? 'There are no collections yet. Name one, and press Enter.' : 'What you mark is kept at once.';
  return known ? `Enter marks “${known.name}”.` : `Enter makes “${typed.trim()}”.`;
}

/** `count` of `total` documents are in it. */
function CollectionCheck({ name, count, total, onToggle }: { name: string; count: number; total: number; onToggle(): void }) {
  const isSome = count > 0 && count < total;
  return (
    <li>
      <label>
        <input
          type="checkbox"
          checked={count === total}
          ref={(input) => {
            if (input) input.indeterminate = isSome;
          }}
          onChange={onToggle}
        />
        <span dir="auto">{name}</span>
        {isSome && <span className="collections-some">{`${count} of ${total}`}</span>}
      </label>
    </li>
  );
}

/** The rows of these documents as the host has them; asked for anew as the library changes. */
function useRows(documentIds: readonly string[]): readonly DocumentSummary[] | undefined {
  const version = useStore((state) => state.libraryVersion);
  const [rows, setRows] = useState<readonly DocumentSummary[]>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another version of the library has other rows.
  useEffect(() => {
    let isGone = false;
    askRows(documentIds)
      .then((asked) => !isGone && setRows(asked))
      .catch(reportError);
    return () => {
      isGone = true;
    };
  }, [documentIds, version]);
  return rows;
}

/** Rows that are asked for at once. */
const AT_ONCE = 1000;

async function askRows(documentIds: readonly string[]): Promise<DocumentSummary[]> {
  const rows: DocumentSummary[] = [];
  for (let from = 0; from < documentIds.length; from += AT_ONCE) {
    const locate = documentIds.slice(from, from + AT_ONCE);
    const page = await call('library.documents', { query: { sort: 'title', ascending: true }, from: 0, count: 1, locate });
    rows.push(...page.located);
  }
  return rows;
}

/** Asks for the name of a new collection, and shows it. */
export function NewCollectionDialog() {
  const [name, setName] = useState('');
  const id = useId();
  const obstacle = nameObstacle(name);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const made = makeCollection(name);
    closeDialog();
    showCollection(made.id);
    notify('info', `The collection “${made.name}” is there. Drag documents onto it, or put them into it by their menu.`);
  };
  return (
    <Dialog
      title="New collection"
      width={440}
      foot={
        <>
          <Button onClick={closeDialog}>Cancel</Button>
          <Button kind="primary" type="submit" form={id} disabled={name.trim() === '' || obstacle !== undefined}>
            Make
          </Button>
        </>
      }
    >
      <form id={id} className="collections-form" onSubmit={submit}>
        <input
          className="field"
          aria-label="Name of the collection"
          aria-describedby={`${id}-hint`}
          dir="auto"
          maxLength={200}
          value={name}
          onChange={({ target }) => setName(target.value)}
        />
      </form>
      <p id={`${id}-hint`} className="collections-hint">
        {obstacle ?? 'A document can be in several collections.'}
      </p>
    </Dialog>
  );
}
