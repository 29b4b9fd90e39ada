import { Command } from 'cmdk';
import { FileText, Highlighter, Search, StickyNote, Tag } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { type CommandId, commandIds, commands, foldText, type SearchGroup, type SearchHit } from '../../../electron/api';
import { openDocument } from '../../state/actions/documents';
import { focusPane } from '../../state/actions/focus';
import { reportError } from '../../state/actions/notices';
import { closeDialog, showTag } from '../../state/actions/view';
import { call } from '../../state/client';
import { isEnabled, runCommand } from '../../state/commands';
import { getState } from '../../state/store';
import { countOf } from '../kit/format';
import { Keys } from '../kit/Keys';
import { useReturnFocus } from '../kit/use-return-focus';
import './palette.css';

/** ms of quiet before a search is sent. */
const DEBOUNCE = 90;
const GROUPS_SHOWN = 30;
const COMMANDS_SHOWN = 6;

/** One box for everything: text, notes and tags are searched, commands are run. */
export function Palette({ initialQuery }: { initialQuery: string }) {
  const [query, setQuery] = useState(initialQuery);
  const input = useRef<HTMLInputElement>(null);
  const commandsOnly = query.startsWith('>');
  const words = commandsOnly ? query.slice(1).trim() : query.trim();
  const { groups, status } = useSearch(commandsOnly ? '' : words);
  const matching = matchingCommands(words, commandsOnly);
  useEffect(() => {
    // A search without words lets the host read the texts ahead while the reader types.
    void call('search.run', { query: '', limit: 1 }).catch(reportError);
  }, []);
  const returnFocus = useReturnFocus();
  // The dialog would select what is there, and the next letter typed would replace it.
  const focusEnd = (event: Event) => {
    event.preventDefault();
    input.current?.focus();
    input.current?.setSelectionRange(initialQuery.length, initialQuery.length);
  };
  return (
    <Dialog.Root open onOpenChange={(open) => !open && closeDialog()}>
      <Dialog.Portal>
        <Dialog.Overlay className="dialog-shade" />
        <Dialog.Content className="palette" aria-describedby={undefined} onCloseAutoFocus={returnFocus} onOpenAutoFocus={focusEnd}>
          <Dialog.Title className="visually-hidden">Command palette</Dialog.Title>
          <Command shouldFilter={false} loop label="Search">
            <div className="palette-box">
              <Search aria-hidden="true" />
              <Command.Input
                ref={input}
                aria-label="Search"
                dir="auto"
                value={query}
                onValueChange={setQuery}
                placeholder="Search text, notes and tags, or run a command"
              />
            </div>
            <p className="visually-hidden" role="status">
              {status}
            </p>
            <Command.List className="palette-list" label="Results">
              {groups.map((group) => (
                <Group key={group.documentId} group={group} />
              ))}
              {matching.length > 0 && (
                <Command.Group heading="Commands">
                  {matching.map((id) => (
                    <Item key={id} value={`command ${id}`} end={<Keys command={id} />} onChoose={() => runCommand(id)}>
                      {commands[id].title}
                    </Item>
                  ))}
                </Command.Group>
              )}
              {words !== '' && groups.length === 0 && matching.length === 0 && <p className="palette-empty">{status}</p>}
            </Command.List>
            <footer className="palette-foot" aria-hidden="true">
              <span>{status}</span>
              <span>
                “a phrase”, -not, OR, tag:, title:, note: · <kbd>&gt;</kbd> commands only
              </span>
            </footer>
          </Command>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** The commands whose titles hold all words, those that can be run now. */
function matchingCommands(words: string, all: boolean): CommandId[] {
  const wanted = foldText(words).split(/\s+/).filter(Boolean);
  const state = getState();
  const found = commandIds.filter(
    (id) => id !== 'go.search' && isEnabled(id, state) && wanted.every((word) => foldText(commands[id].title).includes(word)),
  );
  return all ? found : found.slice(0, COMMANDS_SHOWN);
}

/** Searches as the reader types; an answer that comes late is dropped. */
function useSearch(words: string): { groups: readonly SearchGroup[]; status: string } {
  const [groups, setGroups] = useState<readonly SearchGroup[]>([]);
  const [status, setStatus] = useState('');
  useEffect(() => {
    if (words === '') {
      setGroups([]);
      setStatus('');
      return;
    }
    let current = true;
    const search = async () => {
      const result = await call('search.run', { query: words, limit: GROUPS_SHOWN });
      if (!current) return;
      if (result.ok) {
        setGroups(result.value.groups);
        const { documentCount } = result.value;
        setStatus(documentCount === 0 ? 'Nothing was found.' : `Found in ${countOf(documentCount, 'document')}.`);
      } else if (result.failure.code !== 'cancelled') {
        setGroups([]);
        setStatus(result.failure.message);
      }
    };
    setStatus('Searching…');
    const timer = setTimeout(() => search().catch(reportError), DEBOUNCE);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [words]);
  return { groups, status };
}

function Group({ group }: { group: SearchGroup }) {
  const { documentId, title, hits, total } = group;
  const more = total - hits.length;
  return (
    <Command.Group
      heading={
        <span dir="auto" className="palette-document">
          {title}
          {more > 0 && <span className="palette-more">{countOf(total, 'hit')}</span>}
        </span>
      }
    >
      {hits.map((hit, index) => (
        <Item
          key={`${hit.kind} ${hit.noteId} ${index}`}
          value={`${documentId} ${index}`}
          icon={<HitIcon hit={hit} />}
          onChoose={() => void openHit(documentId, hit).catch(reportError)}
        >
          <span dir="auto" className="palette-snippet">
            {hit.before}
            <mark>{hit.match}</mark>
            {hit.after}
          </span>
        </Item>
      ))}
    </Command.Group>
  );
}

async function openHit(documentId: string, { kind, noteId, match, occurrence, before, after }: SearchHit): Promise<void> {
  if (kind === 'tag' && noteId === undefined) {
    showTag(`${before}${match}${after}`);
    return;
  }
  const goal =
    noteId !== undefined
      ? ({ type: 'note', noteId } as const)
      : kind === 'text'
        ? ({ type: 'text', match, occurrence } as const)
        : undefined;
  await openDocument(documentId, { goal });
  focusPane('main');
}

function HitIcon({ hit: { kind, colour } }: { hit: SearchHit }) {
  if (kind === 'quote') return <Highlighter data-colour={colour} aria-label="Highlight" />;
  if (kind === 'note') return <StickyNote data-colour={colour} aria-label="Note" />;
  if (kind === 'tag') return <Tag aria-label="Tag" />;
  return <FileText aria-label={kind === 'title' ? 'Title' : 'Text'} />;
}

interface ItemProps {
  value: string;
  icon?: ReactNode;
  end?: ReactNode;
  onChoose(): void;
  children: ReactNode;
}

function Item({ value, icon, end, onChoose, children }: ItemProps) {
  const choose = () => {
    closeDialog();
    // The dialog gives the focus back as it closes; what is chosen may move it after that.
    setTimeout(onChoose);
  };
  return (
    <Command.Item className="palette-item" value={value} onSelect={choose}>
      {icon}
      <span className="palette-text">{children}</span>
      {end}
    </Command.Item>
  );
}
