import { Combine, Copy, Ellipsis, Highlighter, History, Link, Pencil, Share, Split, Tag, Trash2 } from 'lucide-react';
import { useRef, useState } from 'react';
import { blockquote, canBeJoined, colours, earlierVersions, isBookmark, quoteOf, type WholeNote } from '#model';
import { showHighlightPopover } from '../../state/actions/highlight-popover';
import { copyLinkToNote } from '../../state/actions/links';
import { copyText, deleteNote, editNote, focusNote, setNoteColour, startTagging } from '../../state/actions/notes';
import { notify, reportError } from '../../state/actions/notices';
import { joinWithNeighbour, splitNoteOf } from '../../state/actions/passages';
import { copyQuoteOf } from '../../state/actions/quoting';
import { showDialog } from '../../state/actions/view';
import { joinableNeighbour } from '../../state/selectors';
import { useStore } from '../../state/store';
import { IconButton } from '../kit/Button';
import { ContextMenu, type MenuPlace } from '../kit/ContextMenu';
import { Keys } from '../kit/Keys';
import { Menu, MenuChoice, MenuItem, MenuSeparator } from '../kit/Menu';
import { NoteHistory } from './NoteHistory';
import { colourWithMeaning } from './note-names';

/** A note as Markdown for another program: its quote, its text, its tags. */
function markdownOf(note: WholeNote): string {
  const quote = quoteOf(note);
  const tags = note.tags.map((tag) => `#${tag.replace(/\s+/g, '-')}`).join(' ');
  return [quote && blockquote(quote), note.body, tags].filter(Boolean).join('\n\n');
}

const copy = (text: string, message: string) => void copyText(text, message).catch(reportError);

interface NoteMenuProps {
  documentId: string;
  note: WholeNote;
  tabIndex: 0 | -1;
  /** Where its card was asked for the menu, if it was. */
  place: MenuPlace | undefined;
  onPlaceClose(): void;
}

/** What can be done with a note, under a button and where its card is clicked; the keys do the same. */
export function NoteMenu({ documentId, note, tabIndex, place, onPlaceClose }: NoteMenuProps) {
  const [historyOpen, setHistoryOpen] = useState(false);
  const trigger = useRef<HTMLButtonElement>(null);
  // What opens an editor or a dialog does so when the menu has gone: its focus is then not taken back.
  const pending = useRef<() => void>(undefined);
  const handleClosed = (event: Event) => {
    const action = pending.current;
    pending.current = undefined;
    if (!action) return;
    event.preventDefault();
    trigger.current?.closest('li')?.focus({ preventScroll: true });
    action();
  };
  const items = (afterwards: ItemsProps['afterwards']) => (
    <NoteMenuItems documentId={documentId} note={note} afterwards={afterwards} onHistory={() => setHistoryOpen(true)} />
  );
  return (
    <>
      <Menu
        label="Note"
        trigger={
          <IconButton
            ref={trigger}
            label="More"
            small
            className="icon-button note-more"
            tabIndex={tabIndex}
            onClick={() => focusNote(note.id)}
          >
            <Ellipsis />
          </IconButton>
        }
        onCloseAutoFocus={handleClosed}
      >
        {items((action) => () => {
          pending.current = action;
        })}
      </Menu>
      {place && (
        <ContextMenu place={place} label="Note" onClose={onPlaceClose}>
          {items}
        </ContextMenu>
      )}
      {historyOpen && (
        <NoteHistory
          documentId={documentId}
          note={note}
          onRestored={() => notify('info', 'The earlier version is back. What stood there is among the versions.', { about: note.id })}
          onClose={() => setHistoryOpen(false)}
        />
      )}
    </>
  );
}

interface ItemsProps {
  documentId: string;
  note: WholeNote;
  /** Does something once the menu has gone. */
  afterwards(action: () => void): () => void;
  onHistory(): void;
}

function NoteMenuItems({ documentId, note, afterwards, onHistory }: ItemsProps) {
  const colourNames = useStore((state) => state.settings.colourNames);
  const hasNext = useStore((state) => joinableNeighbour(state, note.id, 1) !== undefined);
  const hasPrevious = useStore((state) => joinableNeighbour(state, note.id, -1) !== undefined);
  const parts = canBeJoined(note) ? note.parts : undefined;
  const quote = quoteOf(note);
  return (
    <>
      {!note.creator && (
        <>
          <MenuItem icon={<Pencil />} end={<Keys command="note.edit" />} onSelect={afterwards(() => editNote(note.id))}>
            Edit
          </MenuItem>
          <MenuItem icon={<Tag />} end={<Keys command="tag.add" />} onSelect={afterwards(() => startTagging(note.id))}>
            Tag
          </MenuItem>
          <MenuSeparator />
          {colours
            .filter(() => !isBookmark(note))
            .map((colour) => (
              <MenuChoice
                key={colour}
                checked={note.colour === colour}
                onSelect={() => setNoteColour(documentId, note.id, colour)}
                icon={<span className="dot" data-colour={colour} />}
              >
                {colourWithMeaning(colour, colourNames)}
              </MenuChoice>
            ))}
          <MenuSeparator />
        </>
      )}
      {(hasNext || hasPrevious || parts) && (
        <>
          {hasNext && (
            <MenuItem
              icon={<Combine />}
              end={<Keys command="note.join-next" />}
              onSelect={afterwards(() => joinWithNeighbour(documentId, note.id, 1))}
            >
              Join with the next note
            </MenuItem>
          )}
          {hasPrevious && (
            <MenuItem
              icon={<Combine />}
              end={<Keys command="note.join-previous" />}
              onSelect={afterwards(() => joinWithNeighbour(documentId, note.id, -1))}
            >
              Join with the previous note
            </MenuItem>
          )}
          {parts && (
            <MenuItem icon={<Split />} end={<Keys command="note.split" />} onSelect={afterwards(() => splitNoteOf(documentId, note.id))}>
              Split into {parts.length + 1} notes
            </MenuItem>
          )}
          <MenuSeparator />
        </>
      )}
      {quote !== undefined && !isBookmark(note) && (
        <MenuItem
          icon={<Highlighter />}
          end={<Keys command="highlight.options" />}
          onSelect={afterwards(() => showHighlightPopover(note.id))}
        >
          Show at the highlight
        </MenuItem>
      )}
      {quote !== undefined && (
        <MenuItem icon={<Copy />} onSelect={() => void copyQuoteOf(documentId, note).catch(reportError)}>
          Copy quote
        </MenuItem>
      )}
      <MenuItem icon={<Copy />} onSelect={() => copy(markdownOf(note), 'The note is on the clipboard.')}>
        Copy as Markdown
      </MenuItem>
      <MenuItem
        icon={<Link />}
        end={<Keys command="link.copy" />}
        onSelect={() => void copyLinkToNote(documentId, note.id).catch(reportError)}
      >
        Copy link
      </MenuItem>
      <MenuItem
        icon={<Share />}
        onSelect={afterwards(() => showDialog({ type: 'export', scope: { type: 'note', documentId, noteId: note.id } }))}
      >
        Export note…
      </MenuItem>
      {earlierVersions(note).length > 0 && (
        <MenuItem icon={<History />} onSelect={afterwards(onHistory)}>
          Earlier versions…
        </MenuItem>
      )}
      <MenuSeparator />
      <MenuItem icon={<Trash2 />} end={<Keys command="note.delete" />} onSelect={afterwards(() => deleteNote(documentId, note.id))}>
        Delete
      </MenuItem>
    </>
  );
}
