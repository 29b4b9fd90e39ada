import { Command } from 'cmdk';
import { FileText, Highlighter, Search, StickyNote, Tag } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { type KeyboardEvent, type ReactNode, useEffect, useEffectEvent, useRef, useState } from 'react';
import { type CommandId, commandIds, commands, type SearchGroup, type SearchHit } from '#api';
import { foldText } from '#model';
import { closeDialog, showTag } from '../../state/actions/view';
import { isEnabled, runCommand } from '../../state/commands';
import { getState } from '../../state/store';
import { isListKey, type ListKey, replayKeys } from '../../state/waiting-keys';
import { countOf } from '../kit/format';
import { Keys } from '../kit/Keys';
import { openAndRead } from '../kit/open-and-read';
import { useReturnFocus } from '../kit/use-return-focus';
import './palette.css';
import { useSearch } from './use-search';

const COMMANDS_SHOWN = 6;

/** What can be chosen: a place where the words were found, or a command. */
interface Option {
  value: string;
  choose(): void;
}

/** One box for everything: text, notes and tags are searched, commands are run. */
export function Palette({ initialQuery }: { initialQuery: string }) {
  const [query, setQuery] = useState(initialQuery);
  const input = useRef<HTMLInputElement>(null);
  const commandsOnly = query.startsWith('>');
  const words = commandsOnly ? query.slice(1).trim() : query.trim();
  const { groups, status, isPending } = useSearch(commandsOnly ? '' : words);
  const matching = matchingCommands(words, commandsOnly);
  const options = [...groups.flatMap(hitOptions), ...matching.map(commandOption)];
  const { active, setActive, hold, drop } = useWaitingKeys(options, isPending);
  const returnFocus = useReturnFocus();
  // The dialog would select what is there, and the next letter typed would replace it.
  const focusEnd = (event: Event) => {
    event.preventDefault();
    input.current?.focus();
    input.current?.setSelectionRange(initialQuery.length, initialQuery.length);
  };
  const handleQuery = (next: string) => {
    drop();
    setQuery(next);
  };
  return (
    <Dialog.Root open onOpenChange={(open) => !open && closeDialog()}>
      <Dialog.Portal>
        <Dialog.Overlay className="dialog-shade" />
        <Dialog.Content className="palette" aria-describedby={undefined} onCloseAutoFocus={returnFocus} onOpenAutoFocus={focusEnd}>
          <Dialog.Title className="visually-hidden">Command palette</Dialog.Title>
          <Command shouldFilter={false} loop label="Search" value={active} onValueChange={setActive} onKeyDown={hold}>
            <div className="palette-box">
              <Search aria-hidden="true" />
              <Command.Input
                ref={input}
                aria-label="Search"
                dir="auto"
                value={query}
                onValueChange={handleQuery}
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
                    <Item key={id} option={commandOption(id)} end={<Keys command={id} />}>
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

/**
 * The active option, and the keys that wait for the options while the answer is on its way: they then act as if it had been there.
 * `drop` forgets them: something else was typed.
 */
function useWaitingKeys(options: readonly Option[], isPending: boolean) {
  const [active, setActive] = useState('');
  const waiting = useRef<ListKey[]>([]);
  const act = useEffectEvent(() => {
    const { active: index, isChosen } = replayKeys(waiting.current, options.length);
    waiting.current = [];
    const option = options[index];
    if (!option) return;
    setActive(option.value);
    if (isChosen) option.choose();
  });
  useEffect(() => {
    if (!isPending) act();
  }, [isPending]);
  const hold = (event: KeyboardEvent) => {
    const { key, ctrlKey, metaKey, altKey, nativeEvent } = event;
    if (!isPending || !isListKey(key) || ctrlKey || metaKey || altKey || nativeEvent.isComposing) return;
    event.preventDefault();
    waiting.current.push(key);
  };
  const drop = () => {
    waiting.current = [];
  };
  return { active, setActive, hold, drop };
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

/** Closes the palette, then acts: the dialog gives the focus back as it closes, and what is chosen may move it after that. */
const closing = (act: () => void) => () => {
  closeDialog();
  setTimeout(act);
};

const commandOption = (id: CommandId): Option => ({ value: `command ${id}`, choose: closing(() => runCommand(id)) });

const hitOption = (documentId: string, hit: SearchHit, index: number): Option => ({
  value: `${documentId} ${index}`,
  choose: closing(() => openHit(documentId, hit)),
});

const hitOptions = ({ documentId, hits }: SearchGroup): Option[] => hits.map((hit, index) => hitOption(documentId, hit, index));

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
        <Item key={`${hit.kind} ${hit.noteId} ${index}`} option={hitOption(documentId, hit, index)} icon={<HitIcon hit={hit} />}>
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

function openHit(documentId: string, { kind, noteId, match, place, before, after }: SearchHit): void {
  if (kind === 'tag' && noteId === undefined) {
    showTag(`${before}${match}${after}`);
    return;
  }
  const goal =
    noteId !== undefined
      ? ({ type: 'note', noteId } as const)
      : kind === 'text'
        ? ({ type: 'text', place, before, match, after } as const)
        : undefined;
  openAndRead(documentId, goal);
}

function HitIcon({ hit: { kind, colour } }: { hit: SearchHit }) {
  if (kind === 'quote') return <Highlighter data-colour={colour} aria-label="Highlight" />;
  if (kind === 'note') return <StickyNote data-colour={colour} aria-label="Note" />;
  if (kind === 'tag') return <Tag aria-label="Tag" />;
  return <FileText aria-label={kind === 'title' ? 'Title' : 'Text'} />;
}

interface ItemProps {
  option: Option;
  icon?: ReactNode;
  end?: ReactNode;
  children: ReactNode;
}

const Item = ({ option: { value, choose }, icon, end, children }: ItemProps) => (
  <Command.Item className="palette-item" value={value} onSelect={choose}>
    {icon}
    <span className="palette-text">{children}</span>
    {end}
  </Command.Item>
);
