import { minutesForWords, minutesLeft } from '../../state/reading-time';
import { useStore } from '../../state/store';
import { countOf, formatMinutes, formatNumber } from '../kit/format';
import { SavingStatus } from './SavingStatus';
import './status-bar.css';
import { selectNotebook } from '../../state/store';

/** The quiet line below: the place in the text, and whether everything is kept. */
export function StatusBar() {
  const isFailed = useStore((state) => state.saving.state === 'failed');
  const isReading = useStore(({ view, open }) => view.type === 'document' && (open?.phase === 'ready' || open?.phase === 'drawing'));
  return (
    <footer className="status-bar" data-failed={isFailed || undefined}>
      {isReading && <Place />}
      <div className="status-end">
        {isReading && <NoteCount />}
        <SavingStatus />
        <span className="status-promise">Nothing leaves this machine</span>
      </div>
    </footer>
  );
}

/** Where in the document the reader is, and how long the rest takes. */
function Place() {
  const open = useStore((state) => state.open);
  const words = useStore((state) => state.documents.get(state.open?.documentId ?? '')?.words ?? 0);
  if (!open || open.paragraphCount === 0 || open.fits) return null;
  const left = minutesLeft(minutesForWords(words), open.progress);
  return (
    <div className="status-place">
      <span>
        Paragraph {formatNumber(open.paragraph + 1)} of {formatNumber(open.paragraphCount)}
      </span>
      <span>{Math.round(100 * open.progress)} %</span>
      {words > 0 && <span>{open.progress < 1 ? `${formatMinutes(left)} left` : 'At the end'}</span>}
    </div>
  );
}

function NoteCount() {
  const count = useStore((state) => selectNotebook(state)?.notes.length ?? 0);
  return <span>{countOf(count, 'note')}</span>;
}
