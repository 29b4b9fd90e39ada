import { Component, type ReactNode } from 'react';
import { saving } from '../state/actions/keeping';
import { reportError } from '../state/actions/notices';
import { getState } from '../state/store';
import { Button } from './kit/Button';

/** The notes of this session as plain text, for rescuing them by hand. */
const sessionNotes = (): string =>
  [...getState().notebooks.values()]
    .flatMap(({ notes }) => notes.map(({ anchor, body }) => [anchor?.exact, body].filter(Boolean).join('\n')))
    .join('\n\n');

/** Catches a bug of the interface: saves what is not saved, logs, and leaves the reader's words to be copied. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { error?: unknown }> {
  override state: { error?: unknown } = {};

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override componentDidCatch(error: unknown) {
    reportError(error);
    void saving.flush();
  }

  override render() {
    const { error } = this.state;
    if (error === undefined) return this.props.children;
    return (
      <main className="empty" aria-label="Error">
        <h1>Something in Lectern broke</h1>
        <p>
          Your notes are saved as you write them. To be safe, the notes of this session stand below: copy what you need, then load the
          window again.
        </p>
        <p role="alert">{error instanceof Error ? error.message : String(error)}</p>
        <textarea className="field" aria-label="Notes of this session" rows={12} readOnly value={sessionNotes()} />
        <Button kind="primary" onClick={() => location.reload()}>
          Load the window again
        </Button>
      </main>
    );
  }
}
