import { Fragment, type KeyboardEvent, type ReactNode, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { type PassageText, passageSince, quoteOf } from '#model';
import { isFocusLost } from '../../state/actions/focus';
import { reportError } from '../../state/actions/notices';
import { confirmPlaces, passageAt, placeByHand, readPassage } from '../../state/actions/placing';
import { redoChange, undoChange } from '../../state/actions/undo';
import { closeDialog, showDialog } from '../../state/actions/view';
import { type PlacedNote, toReview } from '../../state/placements';
import { selectNotebook, useStore } from '../../state/store';
import { Button } from '../kit/Button';
import { Dialog } from '../kit/Dialog';
import { countOf, formatDateOf } from '../kit/format';
import { KeyCombination, Keys } from '../kit/Keys';
import { Wording } from '../kit/Wording';
import { compareWording, type WordingPiece } from '../kit/wording';
import { closeLines, shortQuote } from '../notes/note-names';
import './change-review.css';

/** What became of the passages of a document that has changed: each as it was beside what stands there now, to be confirmed or placed by hand. */
export function ChangeReview({ noteId }: { noteId?: string | undefined }) {
  const notes = useStore(selectNotebook)?.notes;
  const placements = useStore((state) => state.placements);
  const textHash = useStore((state) => state.open?.textHash);
  const documentId = useStore((state) => state.open?.documentId);
  const { toSee, placed } = useMemo(
    () => toReview(textHash === undefined ? [] : (notes ?? []), placements, textHash),
    [notes, placements, textHash],
  );
  const [showsPlaced, setShowsPlaced] = useState(false);
  const items = showsPlaced ? placed : toSee;
  const close = toSee.filter(({ placement }) => placement.state === 'close');
  const [chosen, setChosen] = useState<{ noteId?: string | undefined; index: number }>({ noteId, index: 0 });
  const found = items.findIndex(({ note }) => note.id === chosen.noteId);
  const index = found >= 0 ? found : Math.min(chosen.index, items.length - 1);
  const item = items[index];
  const choose = (at: number) => setChosen({ noteId: items[at]?.note.id, index: at });
  const list = useRef<HTMLUListElement>(null);
  const isListWanted = useRef(false);
  /** The list comes later than the dialog, and has the keyboard as it comes. */
  const takeList = useCallback((element: HTMLUListElement | null) => {
    list.current = element;
    element?.querySelector<HTMLElement>('.review-row[aria-current]')?.focus();
  }, []);
  const afterClose = useRef<() => void>(undefined);
  /** Places that were confirmed here, and confirmations that were taken back: what was done before is not undone unseen. */
  const done = useRef({ confirmed: 0, undone: 0 });

  const goTo = (next: number) => {
    isListWanted.current = true;
    choose(Math.max(0, Math.min(items.length - 1, next)));
  };
  // Without dependencies: with any drawing the row may have gone. The row that is gone to has the focus, also when the one before it went, here or in another window.
  const key = item?.note.id;
  useEffect(() => {
    const isLost = isFocusLost() || document.activeElement?.getAttribute('role') === 'dialog';
    if (!isListWanted.current && !isLost) return;
    isListWanted.current = false;
    const row = key === undefined ? undefined : list.current?.children[index]?.querySelector<HTMLElement>('.review-row');
    (row ?? list.current)?.focus();
  });

  const confirm = (noteIds: readonly string[]) => {
    if (noteIds.length === 0 || !confirmPlaces(noteIds)) return;
    isListWanted.current = true;
    done.current = { confirmed: done.current.confirmed + 1, undone: 0 };
  };
  const accept = () => confirm(item?.placement.state === 'close' ? [item.note.id] : []);
  const takeBack = (isRedo: boolean) => {
    const { confirmed, undone } = done.current;
    if (isRedo ? undone === 0 : confirmed === 0) return;
    isListWanted.current = true;
    done.current = isRedo ? { confirmed: confirmed + 1, undone: undone - 1 } : { confirmed: confirmed - 1, undone: undone + 1 };
    if (isRedo) redoChange();
    else undoChange();
  };
  const handleKeyDown = (event: KeyboardEvent) => {
    const pressed = event.key.toLowerCase();
    if ((event.ctrlKey || event.metaKey) && pressed === 'z') takeBack(event.shiftKey);
    else if (event.ctrlKey && pressed === 'y') takeBack(true);
    else if (event.ctrlKey || event.metaKey || event.altKey) return;
    else if (event.key === 'j' || event.key === 'ArrowDown') goTo(index + 1);
    else if (event.key === 'k' || event.key === 'ArrowUp') goTo(index - 1);
    else if (event.key === 'y' || (event.key === 'Enter' && list.current?.contains(event.target as Node))) accept();
    else return;
    event.preventDefault();
  };

  return (
    <Dialog
      title="Change review"
      afterClose={afterClose}
      description={textHash === undefined ? 'The document is still being opened.' : sentenceOf(toSee.length, placed.length)}
      width={1040}
      foot={
        <>
          <ReviewKeys />
          {close.length > 1 && <Button onClick={() => confirm(close.map(({ note }) => note.id))}>Accept all that are close</Button>}
        </>
      }
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys of what is in it, beside their buttons */}
      <div className="review" onKeyDown={handleKeyDown}>
        <div className="review-side">
          <fieldset className="review-tabs">
            <legend className="visually-hidden">Show</legend>
            {[
              { label: `${toSee.length} to see`, isPlaced: false },
              { label: `${placed.length} placed`, isPlaced: true },
            ].map(({ label, isPlaced }) => (
              <Button
                key={String(isPlaced)}
                aria-pressed={showsPlaced === isPlaced}
                onClick={() => {
                  setShowsPlaced(isPlaced);
                  setChosen({ index: 0 });
                }}
              >
                {label}
              </Button>
            ))}
          </fieldset>
          <ul ref={takeList} aria-label="Passages" className="review-list" tabIndex={-1}>
            {items.map((each, at) => (
              <li key={each.note.id}>
                <button
                  type="button"
                  className="review-row"
                  aria-current={at === index || undefined}
                  tabIndex={at === index ? 0 : -1}
                  onClick={() => choose(at)}
                  onFocus={() => choose(at)}
                >
                  <span className="review-state">
                    <span className="dot" data-colour={each.note.colour} aria-hidden="true" />
                    {stateOf(each)}
                    {at === index && items.length > 1 && (
                      <span className="review-number">
                        {at + 1} of {items.length}
                      </span>
                    )}
                  </span>
                  <span className="review-quote" dir="auto">
                    {closeLines(quoteOf(each.note) ?? '')}
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </div>
        {item ? (
          <Comparison
            key={item.note.id}
            item={item}
            onAccept={accept}
            onPlace={() => {
              afterClose.current = () => placeByHand(item.note.id, shortQuote(item.note));
              closeDialog();
            }}
            onLeave={() => (index < items.length - 1 ? goTo(index + 1) : closeDialog())}
            onText={() => {
              const { anchor } = item.note;
              if (documentId !== undefined && anchor)
                showDialog({ type: 'texts', documentId, textHash: anchor.textHash, at: anchor.start });
            }}
          />
        ) : (
          <p className="review-empty">Nothing is left to see here.</p>
        )}
      </div>
    </Dialog>
  );
}

/** The keys of the review that are no commands, beside one that is. */
function ReviewKeys() {
  return (
    <p className="review-keys">
      <KeyCombination keys="J" /> <KeyCombination keys="K" /> next, previous · <Keys command="note.confirm-place" /> accepts ·{' '}
      <KeyCombination keys="Mod+Z" /> takes back
    </p>
  );
}

const sentenceOf = (toSee: number, placed: number): string =>
  toSee + placed === 0
    ? 'Every passage stands where it was marked.'
    : `${countOf(placed, 'note')} kept or found ${placed === 1 ? 'its' : 'their'} place, ${toSee} ${toSee === 1 ? 'wants' : 'want'} a look.`;

function stateOf({ placement }: PlacedNote): string {
  if (placement.state === 'close') return `Close ${placement.score.toFixed(2)}`;
  return placement.state === 'unplaced' ? 'Without a place' : 'Moved';
}

interface ComparisonProps {
  item: PlacedNote;
  onAccept(): void;
  onPlace(): void;
  /** Leaves the note as it is. */
  onLeave(): void;
  /** Shows the whole text that it was marked in. */
  onText(): void;
}

/** A passage as it was when it was marked, beside what stands there now. */
function Comparison({ item: { note, placement }, onAccept, onPlace, onLeave, onText }: ComparisonProps) {
  const { anchor } = note;
  const [before, setBefore] = useState<PassageText>();
  useEffect(() => {
    if (anchor) readPassage(anchor).then(setBefore).catch(reportError);
  }, [anchor]);
  const now = useMemo(() => passageAt(placement), [placement]);
  const changedAt = useStore(({ open, documents }) => (open ? documents.get(open.documentId)?.changedAt : undefined));
  const pieces = useMemo(() => (before ? compareWording(before.exact, now?.exact ?? '') : []), [before, now]);
  if (!before) return <div className="review-texts" aria-busy="true" />;
  return (
    <div className="review-texts">
      <section aria-label="As you read it">
        <h3>{`As you read it · ${formatDateOf(passageSince(note))}`}</h3>
        <Passage
          around={before}
          pieces={now ? pieces.filter(({ kind }) => kind !== 'new') : [{ text: before.exact, kind: 'same' }]}
          colour={note.colour}
        />
      </section>
      <section aria-label="Now">
        <h3>{changedAt === undefined ? 'Now' : `Now · ${formatDateOf(changedAt)}`}</h3>
        {now ? (
          <Passage around={now} pieces={pieces.filter(({ kind }) => kind !== 'gone')} colour={note.colour} />
        ) : (
          <p>The passage is not in the text any more, or too much of it has changed. The note keeps its quote.</p>
        )}
      </section>
      <div className="review-choices">
        {placement.state === 'close' && (
          <Button kind="primary" onClick={onAccept}>
            Accept here
            <KeyCombination keys="Enter" />
          </Button>
        )}
        <Button onClick={onPlace}>Place by hand</Button>
        <Button onClick={onLeave}>Leave it</Button>
        <Button kind="quiet" onClick={onText}>
          The whole text…
        </Button>
      </div>
    </div>
  );
}

interface PassageProps {
  around: PassageText;
  pieces: readonly WordingPiece[];
  colour: string;
}

function Passage({ around: { before, after }, pieces, colour }: PassageProps) {
  const box = useRef<HTMLParagraphElement>(null);
  const mark = useRef<HTMLElement>(null);
  // The passage is seen at once, with the lines before it.
  useLayoutEffect(() => {
    if (box.current && mark.current) box.current.scrollTop = mark.current.offsetTop - box.current.offsetTop - 60;
  }, []);
  return (
    <p ref={box} className="review-passage" dir="auto">
      {drawLines(before)}
      <mark ref={mark} data-colour={colour}>
        <Wording pieces={pieces} draw={drawLines} />
      </mark>
      {drawLines(after)}
    </p>
  );
}

/** A text with some room between its paragraphs. */
const drawLines = (text: string): ReactNode =>
  text.split('\n').map((line, index) => (
    <Fragment key={index}>
      {index > 0 && <span className="review-break" />}
      {line}
    </Fragment>
  ));
