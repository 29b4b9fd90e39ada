import type { ReactNode } from 'react';
import { quotedIn } from '#model';
import { doNotReopen } from '../state/actions/documents';
import { reloadWindow } from '../state/actions/view';
import { getState } from '../state/store';
import { ErrorBoundary, messageOf } from './ErrorBoundary';
import { Button } from './kit/Button';

/** The notes of this session as plain text, for rescuing them by hand. */
const sessionNotes = (): string =>
  [...getState().notebooks.values()]
    .flatMap(({ notes }) => notes.map(({ anchor, body }) => [anchor && quotedIn(anchor), body].filter(Boolean).join('\n')))
    .join('\n\n');

/** Around the whole window: leaves the reader's words to be copied when nothing else stands. */
export function WindowBoundary({ children }: { children: ReactNode }) {
  return (
    <ErrorBoundary
      onError={doNotReopen}
      fallback={(error) => (
        <main className="empty" aria-label="Error">
          <h1>Something in Lectern broke</h1>
          <p>
            Your notes are saved as you write them. To be safe, the notes of this session stand below: copy what you need, then load the
            window again.
          </p>
          <p role="alert">{messageOf(error)}</p>
          <textarea className="field" aria-label="Notes of this session" rows={12} readOnly value={sessionNotes()} />
          <Button kind="primary" onClick={reloadWindow}>
            Load the window again
          </Button>
        </main>
      )}
    >
      {children}
    </ErrorBoundary>
  );
}
