import { type FormEvent, useEffect, useId, useState } from 'react';
import { setFilter } from '../../state/actions/library';
import { reportError } from '../../state/actions/notices';
import { closeDialog } from '../../state/actions/view';
import { call } from '../../state/client';
import { useStore } from '../../state/store';
import { Button } from '../kit/Button';
import { Dialog } from '../kit/Dialog';
import './dialogs.css';

/** More names than anyone reads through; typing narrows them. */
const SHOWN = 100;

/** Narrows the list to the documents of an author whose name is typed, or chosen from those that hold it. */
export function AuthorDialog() {
  const chosen = useStore((state) => state.filter.author);
  const [typed, setTyped] = useState('');
  const authors = useAuthors(typed);
  const id = useId();
  const choose = (author: string) => {
    setFilter({ author });
    closeDialog();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (typed.trim() !== '' && authors?.length !== 0) choose(authors?.length === 1 ? (authors[0] ?? typed) : typed.trim());
  };
  return (
    <Dialog
      title="Documents of an author"
      description="A part of a name is enough: Enter shows the documents of all whose names hold it."
      width={440}
      foot={
        <>
          <Button onClick={closeDialog}>Cancel</Button>
          <Button kind="primary" type="submit" form={id} disabled={typed.trim() === '' || authors?.length === 0}>
            Show
          </Button>
        </>
      }
    >
      <form id={id} className="author-form" onSubmit={submit}>
        <input
          className="field"
          aria-label="Author"
          aria-describedby={`${id}-hint`}
          dir="auto"
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
        />
      </form>
      <ul className="author-list" aria-label="Authors">
        {authors?.map((author) => (
          <li key={author}>
            <button type="button" className="author-choice" dir="auto" aria-pressed={author === chosen} onClick={() => choose(author)}>
              {author}
            </button>
          </li>
        ))}
      </ul>
      <p id={`${id}-hint`} className="author-hint" role="status">
        {authors?.length === 0 ? 'No author is called so.' : ''}
      </p>
    </Dialog>
  );
}

/** Authors whose names hold what is typed, those of most documents first; `undefined` until the first answer. */
function useAuthors(typed: string): readonly string[] | undefined {
  const [authors, setAuthors] = useState<readonly string[]>();
  useEffect(() => {
    let isGone = false;
    call('library.authors', { text: typed.trim(), limit: SHOWN })
      .then((found) => !isGone && setAuthors(found))
      .catch(reportError);
    return () => {
      isGone = true;
    };
  }, [typed]);
  return authors;
}
