import { type ReactNode, useEffect, useRef } from 'react';
import { isFocusLost } from '../state/actions/focus';
import { reloadWindow } from '../state/actions/view';
import { ErrorBoundary, messageOf } from './ErrorBoundary';
import { Button } from './kit/Button';

interface PaneBoundaryProps {
  /** As the sentence has it: "The list of documents". */
  name: string;
  /** Its place in the window's grid; within another pane it has none. */
  area?: 'library' | 'results' | 'main';
  content: readonly unknown[];
  onError?(): void;
  children: ReactNode;
}

/** Around one pane: says what broke and what to do, while the other panes go on. */
export const PaneBoundary = ({ name, area, children, ...more }: PaneBoundaryProps) => (
  <ErrorBoundary {...more} fallback={(error, retry) => <BrokenPane name={name} area={area} error={error} retry={retry} />}>
    {children}
  </ErrorBoundary>
);

interface BrokenPaneProps extends Pick<PaneBoundaryProps, 'name' | 'area'> {
  error: unknown;
  retry(): void;
}

function BrokenPane({ name, area, error, retry }: BrokenPaneProps) {
  const button = useRef<HTMLButtonElement>(null);
  // What had the keyboard is gone.
  useEffect(() => {
    if (isFocusLost()) button.current?.focus();
  }, []);
  return (
    <section className="empty pane-broke" style={{ gridArea: area }} aria-label={`${name} broke`}>
      <h2>{name} broke</h2>
      <p role="alert">
        Your notes are safe. Show it again, or load the window again if it breaks once more. What went wrong: {messageOf(error)}
      </p>
      <Button ref={button} kind="primary" onClick={retry}>
        Show it again
      </Button>
      <Button onClick={reloadWindow}>Load the window again</Button>
    </section>
  );
}
