import { Copy, TriangleAlert, X } from 'lucide-react';
import { useId, useMemo, useRef, useState } from 'react';
import type { DataProblem, Recovery, RecoveryChoice } from '#api';
import { copyText } from '../../state/actions/notes';
import { reportError } from '../../state/actions/notices';
import { dismissProblem, recover, shownProblems } from '../../state/actions/problems';
import { showDialog } from '../../state/actions/view';
import { useStore } from '../../state/store';
import { Button, IconButton } from '../kit/Button';
import { ConfirmDialog } from '../kit/ConfirmDialog';
import { formatDate } from '../kit/format';
import './problems.css';
import { useKeptFocus } from './use-kept-focus';

/** What is wrong with the data on the disk, each with the file concerned and with what can be done. */
export function Problems() {
  const problems = useStore((state) => state.problems);
  const dismissedProblems = useStore((state) => state.dismissedProblems);
  const openId = useStore((state) => state.open?.documentId);
  const shown = useMemo(() => shownProblems({ problems, dismissedProblems }, openId), [problems, dismissedProblems, openId]);
  const keptFocus = useKeptFocus(shown.length);

  return (
    <div className="problems" aria-live="polite">
      {shown.length > 0 && (
        <section aria-label="Problems with your data" data-pane="problems">
          <ul {...keptFocus}>
            {shown.map((problem) => (
              <ProblemRow key={problem.id} problem={problem} />
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

function ProblemRow({ problem: { id, message, path, recovery, folderId } }: { problem: DataProblem }) {
  const known = useStore((state) => state.documents.get(recovery?.documentId ?? '')?.title);
  const title = known ?? recovery?.title;
  const messageId = useId();
  return (
    <li className="problem">
      <TriangleAlert aria-hidden="true" />
      <div className="problem-text">
        <p id={messageId} dir="auto">
          {title !== undefined && <strong className="problem-title">{title}</strong>}
          {message}
        </p>
        <div className="problem-foot">
          {folderId !== undefined && (
            <Button aria-describedby={messageId} onClick={() => showDialog({ type: 'folders' })}>
              Library folders…
            </Button>
          )}
          {recovery && <Choices problemId={id} recovery={recovery} describedBy={messageId} />}
          {path !== undefined && <ProblemPath path={path} />}
        </div>
      </div>
      <IconButton label="Dismiss" small onClick={() => void dismissProblem(id).catch(reportError)}>
        <X />
      </IconButton>
    </li>
  );
}

/** The file concerned, on one line: its folders give way first, so that its name can be read. */
function ProblemPath({ path }: { path: string }) {
  const at = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1;
  return (
    <p className="problem-path">
      <code title={path}>
        <span className="problem-folder">{path.slice(0, at)}</span>
        <span className="problem-file">{path.slice(at)}</span>
      </code>
      <IconButton
        label={`Copy the path ${path}`}
        title="Copy the path"
        small
        onClick={() => void copyText(path, 'The path is on the clipboard.').catch(reportError)}
      >
        <Copy />
      </IconButton>
    </p>
  );
}

const GO_ON: Record<Recovery['subject'], string> = {
  notebook: 'Start with an empty notebook…',
  notebooks: 'Go on without them…',
  history: 'Go on without them',
  tags: 'Keep the tags as they are now',
  settings: 'Keep the settings as they are now',
  machine: 'Keep the library folders as they are now',
};

function Choices({
  problemId,
  recovery: { subject, backup },
  describedBy,
}: {
  problemId: string;
  recovery: Recovery;
  describedBy: string;
}) {
  const [isAsking, setAsking] = useState(false);
  const running = useRef(false);

  const choose = (choice: RecoveryChoice) => {
    if (running.current) return;
    running.current = true;
    void recover(problemId, choice)
      .catch(reportError)
      .finally(() => {
        running.current = false;
      });
  };

  return (
    <div className="problem-choices">
      {backup !== undefined && (
        <Button aria-describedby={describedBy} onClick={() => choose('restore')}>
          Restore from the backup of {formatDate(backup)}
        </Button>
      )}
      <Button
        kind={backup === undefined ? 'plain' : 'quiet'}
        aria-describedby={describedBy}
        onClick={() => (subject === 'notebook' ? setAsking(true) : choose('without'))}
      >
        {GO_ON[subject]}
      </Button>
      {isAsking && (
        <ConfirmDialog
          title="Start with an empty notebook?"
          description={
            backup === undefined
              ? 'The notes in the file that could not be read will not be shown on this document. The file itself stays in the quarantine.'
              : `The notes in the backup of ${formatDate(backup)} will not be shown on this document, and that backup makes room for newer ones in its turn. The file that could not be read is kept.`
          }
          keep="Not now"
          confirm="Start with an empty notebook"
          onCancel={() => setAsking(false)}
          onConfirm={() => {
            setAsking(false);
            choose('without');
          }}
        />
      )}
    </div>
  );
}
