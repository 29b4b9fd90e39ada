import { CornerUpLeft } from 'lucide-react';
import type { ChapterPlace } from '#model';
import { putHighlighterAway } from '../../state/actions/highlighting';
import { returnToOrigin } from '../../state/actions/jumps';
import { minutesForWords, minutesLeft } from '../../state/reading-time';
import { noteCount } from '../../state/selectors';
import { useStore } from '../../state/store';
import { countOf, formatMinutes, formatNumber } from '../kit/format';
import { withKeys } from '../kit/Keys';
import { SavingStatus } from './SavingStatus';
import './status-bar.css';

/** The quiet line below: the place in the text, and whether everything is kept. */
export function StatusBar() {
  const isFailed = useStore((state) => state.saving.state === 'failed');
  const isReading = useStore(({ view, open }) => view.type === 'document' && (open?.phase === 'ready' || open?.phase === 'drawing'));
  return (
    <footer className="status-bar" data-failed={isFailed || undefined}>
      {isReading && <Place />}
      {isReading && <WayBack />}
      {isReading && <HighlighterMode />}
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
  const document = useStore((state) => state.documents.get(state.open?.documentId ?? ''));
  if (!open || (!open.sheet && (open.paragraphCount === 0 || open.fits))) return null;
  const { words = 0, format } = document ?? {};
  const left = minutesLeft(minutesForWords(words), open.progress);
  const isBook = format === 'epub' && open.chapter !== undefined;
  return (
    <div className="status-place">
      {open.sheet ? <span>{describeSheet(open.sheet, open.page)}</span> : open.page !== undefined && <span>Page {open.page}</span>}
      {isBook && open.chapter && <BookChapter chapter={open.chapter} words={words} />}
      {open.page === undefined && !open.sheet && !isBook && (
        <span>
          Paragraph {formatNumber(open.paragraph + 1)} of {formatNumber(open.paragraphCount)}
        </span>
      )}
      <span>{Math.round(100 * open.progress)} %</span>
      {words > 0 && <span>{open.progress < 1 ? `${formatMinutes(left)} left` : 'At the end'}</span>}
    </div>
  );
}

/** "Page 3 of 24"; where the document calls it otherwise, "Page xii, 14 of 300". */
function describeSheet({ index, count }: { index: number; count: number }, label: string | undefined): string {
  const number = formatNumber(index + 1);
  return `Page ${label === undefined || label === String(index + 1) ? number : `${label}, ${number}`} of ${formatNumber(count)}`;
}

/** Which chapter of a book it is, and how long the rest of it takes. */
function BookChapter({ chapter: { title, number, count, left }, words }: { chapter: ChapterPlace; words: number }) {
  const minutes = minutesForWords(words * left);
  return (
    <span title={title}>
      Chapter {formatNumber(number)} of {formatNumber(count)}
      {minutes > 0 && <span className="status-more"> · {formatMinutes(minutes)} left in it</span>}
    </span>
  );
}

/** After a jump, the way back to where something was being read. */
function WayBack() {
  const origin = useStore(({ origin, open }) => (origin?.isLeft && origin.documentId === open?.documentId ? origin : undefined));
  return (
    <div role="status" aria-label="Way back">
      {origin && (
        <button
          type="button"
          className="status-button"
          title={withKeys('Back to where you were reading', 'go.return')}
          onClick={returnToOrigin}
        >
          <CornerUpLeft aria-hidden="true" />
          Back to paragraph {formatNumber(origin.paragraph)}
        </button>
      )}
    </div>
  );
}

/** The highlighter, while it is taken up. */
function HighlighterMode() {
  const isOn = useStore((state) => state.highlighter === true);
  const colour = useStore((state) => state.settings.lastColour);
  const name = useStore((state) => state.settings.colourNames[state.settings.lastColour]);
  if (!isOn) return null;
  return (
    <button type="button" className="status-button" title="Put it away (Esc)" onClick={putHighlighterAway}>
      <span className="dot" data-colour={colour} aria-hidden="true" />
      Highlighter: {name ?? colour}
    </button>
  );
}

function NoteCount() {
  const count = useStore(noteCount);
  return <span>{countOf(count, 'note')}</span>;
}
