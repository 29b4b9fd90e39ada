import { Bookmark } from 'lucide-react';
import { type KeyboardEvent, type MouseEvent, memo, type PointerEvent, type Ref, useId, useRef, useState } from 'react';
import {
  anchorKey,
  chapterIn,
  exactOf,
  isBookmark,
  locatorOf,
  type Note,
  type Placement,
  passagesOf,
  quoteOf,
  recordsOf,
  type WholeNote,
  type WithPassages,
  writeLocator,
  writePages,
} from '#model';
import { focusPane } from '../../state/actions/focus';
import { editNote, focusNote, stopEditing } from '../../state/actions/notes';
import { confirmPlaceOf } from '../../state/actions/placing';
import { showTag } from '../../state/actions/view';
import { useStore } from '../../state/store';
import { ErrorBoundary } from '../ErrorBoundary';
import { Button } from '../kit/Button';
import { type MenuPlace, menuPlaceOf } from '../kit/ContextMenu';
import { withKeys } from '../kit/Keys';
import { AreaPicture } from './AreaPicture';
import { NoteBody, WrittenBody } from './NoteBody';
import { NoteEditor } from './NoteEditor';
import { NoteLinks } from './NoteLinks';
import { NoteMenu } from './NoteMenu';
import { NoteTagField } from './NoteTagField';
import { NoteTime } from './NoteTime';
import { closeLines, edgeOf, kindOf } from './note-names';
import './note-card.css';

export interface NoteCardProps {
  documentId: string;
  note: WholeNote;
  /** Where its passages were found. */
  placement: Placement['state'] | undefined;
  focused: boolean;
  editing: boolean;
  tagging: boolean;
  /** The one card that Tab reaches; the arrow keys go to the others. */
  isEntry: boolean;
  /** Place among all cards, from 1, when not all of them are in the page. */
  position?: number;
  count?: number;
  onStep(noteId: string, direction: 1 | -1): void;
  /** For a list that measures its items. */
  ref?: Ref<HTMLLIElement>;
  index?: number;
  /** CSS pixels from the list's top. */
  offset?: number;
}

/** Controls that answer a click themselves. */
const OWN_CLICK = 'button, a, input, summary, [contenteditable="true"], .tag-field';

/** A note as a card; when that breaks, its quote and its text as they are written. */
export const NoteCard = memo(function NoteCard(props: NoteCardProps) {
  return (
    <ErrorBoundary content={[props.note, props.editing, props.tagging]} fallback={() => <BrokenCard {...props} />}>
      <WholeCard {...props} />
    </ErrorBoundary>
  );
});

function BrokenCard({ note, ref, index, offset }: NoteCardProps) {
  return (
    <li
      ref={ref}
      className="note-card"
      style={offset === undefined ? undefined : { top: offset }}
      data-index={index}
      data-note-id={note.id}
      data-colour={edgeOf(note)}
      tabIndex={-1}
    >
      <div className="note-card-box">
        <p className="note-empty">This card broke. The note is safe; load the window again to change it.</p>
        {note.anchor && <blockquote className="note-quote">{exactOf(note)}</blockquote>}
        <WrittenBody body={note.body} />
      </div>
    </li>
  );
}

/** Its quote, its text or the editor, its tags. */
function WholeCard({
  documentId,
  note,
  placement,
  focused,
  editing,
  tagging,
  isEntry,
  position,
  count,
  onStep,
  ref,
  index,
  offset,
}: NoteCardProps) {
  const id = useId();
  const pressed = useRef(false);
  const quote = quoteOf(note);
  const inner = focused || isEntry ? 0 : -1;

  const handlePointerDown = ({ currentTarget, target }: PointerEvent) => {
    if (!(target instanceof Node) || !currentTarget.contains(target)) return;
    // Taking the focus moves cards; under a pressed pointer they must stay, or the click misses.
    pressed.current = true;
    const release = () => {
      pressed.current = false;
      window.removeEventListener('pointerup', release);
      window.removeEventListener('pointercancel', release);
      if (currentTarget.contains(document.activeElement)) focusNote(note.id);
    };
    window.addEventListener('pointerup', release);
    window.addEventListener('pointercancel', release);
  };
  const handleFocus = () => {
    if (!pressed.current && !focused) focusNote(note.id);
  };
  const handleClick = ({ currentTarget, target }: MouseEvent) => {
    if (!(target instanceof Element) || !currentTarget.contains(target) || target.closest(`${OWN_CLICK}, .note-words`)) return;
    if (document.getSelection()?.isCollapsed === false) return;
    focusNote(note.id, { reveal: true });
  };
  const handleDoubleClick = ({ currentTarget, target }: MouseEvent) => {
    if (!(target instanceof Element) || !currentTarget.contains(target) || target.closest(OWN_CLICK)) return;
    document.getSelection()?.removeAllRanges();
    editNote(note.id);
  };
  const handleKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (event.key === 'ArrowDown') onStep(note.id, 1);
    else if (event.key === 'ArrowUp') onStep(note.id, -1);
    else if (event.key === 'Escape') focusPane('main');
    else return;
    event.preventDefault();
  };

  const [menu, setMenu] = useState<MenuPlace>();
  const handleContextMenu = (event: MouseEvent<HTMLElement>) => {
    if (editing || !(event.target instanceof Node) || !event.currentTarget.contains(event.target)) return;
    setMenu(menuPlaceOf(event, event.currentTarget));
  };

  const card = useRef<HTMLDivElement>(null);
  const focusCard = () => card.current?.closest('li')?.focus({ preventScroll: true });
  const finishEditing = () => {
    stopEditing();
    focusCard();
  };

  return (
    <li
      ref={ref}
      className="note-card"
      style={offset === undefined ? undefined : { top: offset }}
      data-index={index}
      data-note-id={note.id}
      data-colour={edgeOf(note)}
      data-focused={focused || undefined}
      data-pane-entry={isEntry || undefined}
      tabIndex={isEntry ? 0 : -1}
      aria-current={focused || undefined}
      aria-labelledby={`${id}-kind ${id}-quote ${id}-body`}
      aria-describedby={placement === 'close' ? `${id}-place` : undefined}
      aria-posinset={position}
      aria-setsize={count}
      onPointerDown={handlePointerDown}
      onFocus={handleFocus}
      onClick={handleClick}
      onDoubleClick={handleDoubleClick}
      onKeyDown={handleKeyDown}
      onContextMenu={handleContextMenu}
    >
      <div ref={card} className="note-card-box">
        <span id={`${id}-kind`} className="visually-hidden">
          {kindOf(note)}.
        </span>
        {isBookmark(note) && <Bookmark className="note-bookmark" aria-hidden="true" />}
        {quote !== undefined && (
          <blockquote id={`${id}-quote`} className="note-quote" data-several={note.parts && true} dir="auto">
            {passagesOf(note).map((anchor) => anchor.area?.box && <AreaPicture key={anchorKey(anchor)} anchor={anchor} />)}
            <span>{closeLines(quote)}</span>
          </blockquote>
        )}
        {placement === 'close' && <PlaceQuestion id={`${id}-place`} noteId={note.id} tabIndex={inner} />}
        {editing ? (
          <NoteEditor documentId={documentId} noteId={note.id} body={note.body} onDone={finishEditing} />
        ) : note.creator ? (
          note.body !== '' && <NoteBody id={`${id}-body`} body={note.body} />
        ) : (
          <NoteWords
            id={`${id}-body`}
            body={note.body}
            add={isBookmark(note) ? 'Name the bookmark' : 'Add a note'}
            tabIndex={inner}
            onWrite={() => editNote(note.id)}
          />
        )}
        {tagging && <NoteTagField documentId={documentId} note={note} giveBackFocus={focusCard} />}
        {!editing && <NoteFoot documentId={documentId} note={note} placement={placement} tabIndex={inner} showTags={!tagging} />}
        <NoteMenu documentId={documentId} note={note} tabIndex={inner} place={menu} onPlaceClose={() => setMenu(undefined)} />
      </div>
    </li>
  );
}

/** Asks whether a passage that was found again, of which something changed, is the one that was marked. */
const PlaceQuestion = ({ id, noteId, tabIndex }: { id: string; noteId: string; tabIndex: 0 | -1 }) => (
  <div className="note-place">
    <p id={id}>The text has changed. Is it the underlined passage now?</p>
    <Button
      tabIndex={tabIndex}
      aria-describedby={id}
      title={withKeys('Confirm the place', 'note.confirm-place')}
      onClick={({ currentTarget }) => {
        // The question goes with its answer; the card stays.
        currentTarget.closest('li')?.focus({ preventScroll: true });
        confirmPlaceOf(noteId);
      }}
    >
      Yes, it is
    </Button>
  </div>
);

interface NoteFootProps {
  documentId: string;
  note: WholeNote;
  placement: NoteCardProps['placement'];
  tabIndex: 0 | -1;
  showTags: boolean;
}

const NoteFoot = ({ documentId, note, placement, tabIndex, showTags }: NoteFootProps) => (
  <div className="note-foot">
    <NoteCreator creator={note.creator} />
    {showTags && <NoteTags tags={note.tags} tabIndex={tabIndex} />}
    <NoteLinks documentId={documentId} noteId={note.id} tabIndex={tabIndex} />
    {note.parts && <LostPassages note={note} />}
    {placement === 'moved' && (
      <span className="note-mark" title="The document has changed. This passage was found again by its words.">
        moved
      </span>
    )}
    <span className="note-end">
      <NoteLocator documentId={documentId} note={note} />
      <NoteTime at={note.modifiedAt} />
    </span>
  </div>
);

/** How many passages of a note that stands at others the text no longer has. */
function LostPassages({ note }: { note: WholeNote }) {
  const records = recordsOf(note);
  const lost = useStore(({ placements }) => records.filter(({ id }) => placements.get(id)?.state === 'unplaced').length);
  if (lost === 0 || lost === records.length) return null;
  return (
    <span className="note-mark" title="The document has changed. The change review shows where these passages were.">
      {lost} of {records.length} passages not found
    </span>
  );
}

/** The chapter and the pages of a note's first passage. */
export function NoteLocator({ documentId, note, title = '' }: { documentId: string; note: WithPassages; title?: string }) {
  const called = useStore(({ documents }) => documents.get(documentId)?.title ?? title);
  const locator = locatorOf(note);
  const chapter = locator && chapterIn(locator, called);
  const pages = locator && writePages(locator);
  if (chapter === undefined && pages === undefined) return null;
  return (
    <span className="note-locator" title={writeLocator(locator, called)}>
      {chapter !== undefined && (
        <span className="note-chapter" dir="auto">
          {chapter}
        </span>
      )}
      {pages !== undefined && <span className="note-pages">{pages}</span>}
    </span>
  );
}

interface NoteWordsProps {
  id?: string;
  body: string;
  /** What the button says where there are none. */
  add?: string;
  tabIndex?: 0 | -1;
  /** Begins to write. */
  onWrite(): void;
}

/** The words of a note, on which a click begins to write; where there are none yet, a button that does. */
export function NoteWords({ id, body, add = 'Add a note', tabIndex = 0, onWrite }: NoteWordsProps) {
  if (body === '') {
    return (
      <button type="button" className="note-add" tabIndex={tabIndex} title={withKeys(add, 'note.edit')} onClick={onWrite}>
        {add}
      </button>
    );
  }
  const handleClick = ({ target }: MouseEvent) => {
    if (!(target instanceof Element) || target.closest(OWN_CLICK) || document.getSelection()?.isCollapsed === false) return;
    onWrite();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: for the pointer; the keyboard has Enter on the card, or the button.
    // biome-ignore lint/a11y/useKeyWithClickEvents: likewise.
    <div className="note-words" onClick={handleClick}>
      <NoteBody id={id} body={body} />
    </div>
  );
}

/** The other person who made a note. */
export const NoteCreator = ({ creator }: Pick<Note, 'creator'>) =>
  creator && (
    <span className="note-mark" dir="auto" title="Another person made this note">
      {creator.name}
    </span>
  );

/** A note's tags; each shows everything that carries it. */
export const NoteTags = ({ tags, tabIndex }: { tags: readonly string[]; tabIndex: 0 | -1 }) =>
  tags.map((tag) => (
    <button key={tag} type="button" className="note-tag" dir="auto" tabIndex={tabIndex} onClick={() => showTag(tag)}>
      #{tag}
    </button>
  ));
