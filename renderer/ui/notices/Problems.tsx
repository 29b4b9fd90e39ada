import { Copy, TriangleAlert, X } from 'lucide-react';
import { useRef } from 'react';
import type { DataProblem } from '../../../electron/api';
import { stepPane } from '../../state/actions/focus';
import { copyText } from '../../state/actions/notes';
import { dismissProblem, reportError } from '../../state/actions/notices';
import { useStore } from '../../state/store';
import { IconButton } from '../kit/Button';

/** What is wrong with the data on the disk, each with the file concerned. */
export function Problems() {
  const problems = useStore((state) => state.problems);
  const list = useRef<HTMLUListElement>(null);

  const dismiss = (id: string) => {
    const buttons = [...(list.current?.querySelectorAll<HTMLElement>('[data-close]') ?? [])];
    const at = problems.findIndex((problem) => problem.id === id);
    const neighbour = buttons[at + 1] ?? buttons[at - 1];
    dismissProblem(id);
    if (neighbour) neighbour.focus();
    else stepPane(1);
  };

  return (
    <div className="problems" aria-live="polite">
      {problems.length > 0 && (
        <section aria-label="Problems with your data">
          <ul ref={list}>
            {problems.map((problem) => (
              <ProblemRow key={problem.id} problem={problem} onDismiss={dismiss} />
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

function ProblemRow({ problem: { id, message, path }, onDismiss }: { problem: DataProblem; onDismiss(id: string): void }) {
  return (
    <li className="problem">
      <TriangleAlert aria-hidden="true" />
      <div className="problem-text">
        <p dir="auto">{message}</p>
        {path !== undefined && (
          <p className="problem-path">
            <code>{path}</code>
            <IconButton
              label={`Copy the path ${path}`}
              title="Copy the path"
              small
              onClick={() => void copyText(path, 'The path is on the clipboard.').catch(reportError)}
            >
              <Copy />
            </IconButton>
          </p>
        )}
      </div>
      <IconButton label="Dismiss" small data-close onClick={() => onDismiss(id)}>
        <X />
      </IconButton>
    </li>
  );
}
