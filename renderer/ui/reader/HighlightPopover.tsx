import { Combine, Copy, Link, Move, Split, Tag, Trash2 } from 'lucide-react';
import { Toolbar } from 'radix-ui';
import { type KeyboardEvent, type ReactNode, useEffect, useLayoutEffect, useRef } from 'react';
import type { CommandId } from '#api';
import { colours, type Note, type WholeNote, wholeWith } from '#model';
import type { Passage } from '../../reader/places';
import { focusPane, isWriting } from '../../state/actions/focus';
import { closeHighlightPopover } from '../../state/actions/highlight-popover';
import { editNote, setNoteColour, stopEditing } from '../../state/actions/notes';
import { runCommand } from '../../state/commands';
import { showsPages } from '../../state/pages';
import { meantRecord } from '../../state/passages';
import { joinableNeighbour } from '../../state/selectors';
import { selectNotebook, useStore } from '../../state/store';
import { withKeys } from '../kit/Keys';
import { usePane } from '../kit/use-pane';
import { NoteBody } from '../notes/NoteBody';
import { NoteCreator, NoteTags, NoteWords } from '../notes/NoteCard';
import { NoteEditor } from '../notes/NoteEditor';
import { NoteTagField } from '../notes/NoteTagField';
import { colourName, colourWithMeaning } from '../notes/note-names';
import { AreaEdges } from './AreaEdges';
import { HighlightEdges } from './HighlightEdges';
import './highlight-popover.css';
import { useBesidePassage } from './use-beside-passage';

/** What can be done with the highlight that was clicked, beside it; and its words, where no card shows them. */
export function HighlightPopover() {
  const popover = useStore((state) => state.highlightPopover);
  const isFocused = useStore((state) => state.focusedNoteId === popover?.noteId && state.selection === undefined);
  const documentId = useStore((state) => state.open?.documentId);
  const note = useStore((state) => (popover ? wholeWith(selectNotebook(state)?.notes ?? [], popover.noteId) : undefined));
  const placements = useStore((state) => state.placements);
  const focusedPassageId = useStore((state) => state.focusedPassageId);
  const resizing = useStore((state) => state.resizing);
  const drawnArea = useStore((state) => state.drawnArea);
  const isPaged = useStore((state) => showsPages(state.open));
  const meant = note && meantRecord(note, { placements, focusedPassageId });
  if (!popover || !isFocused || documentId === undefined || !meant) return null;
  const { record, placement } = meant;
  const drawnBox = drawnArea?.recordId === record.id ? drawnArea.box : undefined;
  return (
    <>
      {!note.creator && !placement.area && (
        <HighlightEdges
          key={`edges ${record.id}`}
          recordId={record.id}
          passage={resizing?.noteId === record.id ? resizing : placement}
          colour={note.colour}
        />
      )}
      {!note.creator && isPaged && placement.area?.box && (
        <AreaEdges
          key={`area ${record.id}`}
          recordId={record.id}
          page={placement.area.page}
          box={drawnBox ?? placement.area.box}
          colour={note.colour}
        />
      )}
      <Popover
        key={note.id}
        documentId={documentId}
        note={note}
        passage={placement}
        asked={popover}
        isInTheWay={resizing !== undefined || drawnArea !== undefined}
      />
    </>
  );
}

interface PopoverProps {
  documentId: string;
  note: WholeNote;
  passage: Passage;
  /** Another one each time it is asked for. */
  asked: { takesFocus: boolean };
  isInTheWay: boolean;
}

function Popover({ documentId, note, passage, asked, isInTheWay }: PopoverProps) {
  const { setFloating, style, isAway, isTouched } = useBesidePassage(passage);
  const isCardHidden = usePane('notes') === 'closed';
  const colourNames = useStore((state) => state.settings.colourNames);
  const hasNext = useStore((state) => joinableNeighbour(state, note.id, 1) !== undefined);
  const root = useRef<HTMLDivElement>(null);
  useFocusIn(root, asked);
  useCloseOnPressElsewhere(root);
  const handleKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.preventDefault();
    closeHighlightPopover();
  };
  const setRoot = (element: HTMLDivElement | null) => {
    root.current = element;
    setFloating(element);
  };
  return (
    <div
      ref={setRoot}
      className="highlight-popover"
      role="dialog"
      aria-label="Highlight"
      tabIndex={-1}
      data-note-id={note.id}
      data-away={isAway || isInTheWay || undefined}
      data-touched={isTouched || undefined}
      style={style}
      onKeyDown={handleKeyDown}
    >
      <Toolbar.Root className="highlight-tools" aria-label="What can be done with it">
        {!note.creator && (
          <>
            {colours.map((colour) => (
              <Tool
                key={colour}
                label={colourWithMeaning(colour, colourNames)}
                command={`highlight.${colour}`}
                isOn={note.colour === colour}
                onPress={() => setNoteColour(documentId, note.id, colour)}
              >
                <span className="highlight-colour" data-colour={colour} />
              </Tool>
            ))}
            <span className="highlight-colour-name" aria-hidden="true">
              {colourNames[note.colour] ?? colourName(note.colour)}
            </span>
            <Tool label="Add tag" command="tag.add">
              <Tag />
            </Tool>
            {passage.area && (
              <Tool label="Move or size" command="area.change">
                <Move />
              </Tool>
            )}
            {hasNext && (
              <Tool label="Join with the next note" command="note.join-next">
                <Combine />
              </Tool>
            )}
          </>
        )}
        <Tool label="Copy quote" command="quote.copy">
          <Copy />
        </Tool>
        <Tool label="Copy link" command="link.copy">
          <Link />
        </Tool>
        {note.parts && (
          <Tool label={`Split into ${note.parts.length + 1} notes`} command="note.split">
            <Split />
          </Tool>
        )}
        <Tool label="Delete" command="note.delete">
          <Trash2 />
        </Tool>
      </Toolbar.Root>
      {isCardHidden && <Words documentId={documentId} note={note} giveBackFocus={() => root.current?.focus({ preventScroll: true })} />}
    </div>
  );
}

/** What a card would show: the note's words, its editor, its tags. */
function Words({ documentId, note, giveBackFocus }: { documentId: string; note: Note; giveBackFocus(): void }) {
  const isEdited = useStore((state) => state.editingNoteId === note.id);
  const isTagged = useStore((state) => state.taggingId === note.id);
  const finishEditing = () => {
    stopEditing();
    giveBackFocus();
  };
  const hasWords = !isEdited && note.body !== '';
  return (
    <div className="highlight-words" {...(hasWords && { role: 'group', tabIndex: 0, 'aria-label': 'Words of the note' })}>
      {isEdited ? (
        <NoteEditor documentId={documentId} noteId={note.id} body={note.body} onDone={finishEditing} />
      ) : note.creator ? (
        note.body !== '' && <NoteBody body={note.body} />
      ) : (
        <NoteWords body={note.body} onWrite={() => editNote(note.id)} />
      )}
      {isTagged ? (
        <NoteTagField documentId={documentId} note={note} giveBackFocus={giveBackFocus} />
      ) : (
        (note.tags.length > 0 || note.creator) && (
          <div className="note-foot">
            <NoteCreator creator={note.creator} />
            <NoteTags tags={note.tags} tabIndex={0} />
          </div>
        )
      )}
    </div>
  );
}

interface ToolProps {
  label: string;
  /** What it does unless `onPress` says so, and whose key it shows. */
  command: CommandId;
  isOn?: boolean;
  onPress?(): void;
  children: ReactNode;
}

const Tool = ({ label, command, isOn, onPress = () => runCommand(command), children }: ToolProps) => (
  <Toolbar.Button
    className="highlight-tool"
    aria-label={label}
    aria-pressed={isOn}
    title={withKeys(label, command)}
    // The keyboard stays where it is: from the text, keys go on to work.
    onPointerDown={(event) => event.preventDefault()}
    onMouseDown={(event) => event.preventDefault()}
    onClick={onPress}
  >
    {children}
  </Toolbar.Button>
);

/** Takes the keyboard when that is asked for, and gives it back to what had it. */
function useFocusIn(root: { current: HTMLElement | null }, asked: { takesFocus: boolean }): void {
  useLayoutEffect(() => {
    const element = root.current;
    const before = document.activeElement;
    return () => {
      if (!element?.contains(document.activeElement)) return;
      if (before instanceof HTMLElement && before.isConnected && before !== document.body) before.focus({ preventScroll: true });
      else focusPane('main');
    };
  }, [root]);
  useEffect(() => {
    if (!asked.takesFocus) return;
    const first = root.current?.querySelector<HTMLElement>('[aria-pressed="true"]') ?? root.current?.querySelector('button');
    first?.focus({ preventScroll: true });
  }, [root, asked]);
}

/** What can lie over it: menus, dialogs, what completes words. A press in the text is the text's own: it may be on the next highlight. */
const GOES_ON =
  '.reading-text, .highlight-edge, .area-hold, [role="menu"], [role="dialog"], [role="alertdialog"], [role="listbox"], .cm-tooltip';

function useCloseOnPressElsewhere(root: { current: HTMLElement | null }): void {
  useEffect(() => {
    const handlePress = ({ target }: PointerEvent) => {
      if (!(target instanceof Element) || root.current?.contains(target) || target.closest(GOES_ON)) return;
      // What is written goes on until a click ends it.
      if (!(root.current?.contains(document.activeElement) && isWriting(document.activeElement))) closeHighlightPopover();
    };
    window.addEventListener('pointerdown', handlePress);
    return () => window.removeEventListener('pointerdown', handlePress);
  }, [root]);
}
