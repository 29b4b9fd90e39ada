import { Command } from 'cmdk';
import { Search } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { type KeyboardEvent, useEffect, useEffectEvent, useRef, useState } from 'react';
import { closeDialog } from '../../state/actions/view';
import { isEnabled } from '../../state/commands';
import { getState } from '../../state/store';
import { isListKey, type ListKey, replayKeys } from '../../state/waiting-keys';
import { useReturnFocus } from '../kit/use-return-focus';
import { choose } from './choose';
import { PaletteChoice } from './PaletteChoice';
import { type Choice, keyOf, recentSections, sectionsOf } from './palette-sections';
import './palette.css';
import { recentCommands, useRecentDocuments } from './use-recent';
import { useSearch } from './use-search';

/** One box for everything: text, notes and tags are searched, commands are run. */
export function Palette({ initialQuery }: { initialQuery: string }) {
  const [query, setQuery] = useState(initialQuery);
  const [allShownFor, setAllShownFor] = useState<string>();
  const input = useRef<HTMLInputElement>(null);
  const commandsOnly = query.startsWith('>');
  const words = commandsOnly ? query.slice(1).trim() : query.trim();
  const { groups, status, isPending: isSearching } = useSearch(commandsOnly ? '' : words);
  const recent = useRecentDocuments();
  const areAllDocumentsShown = allShownFor === words;
  const isEmpty = words === '' && !commandsOnly;
  const isPending = isEmpty ? recent === undefined : isSearching;
  const sections = isEmpty
    ? recentSections(recent ?? [], recentCommands())
    : sectionsOf({ words, commandsOnly, groups, areAllDocumentsShown, isEnabled: (id) => isEnabled(id, getState()) });
  const act = (choice: Choice) => (choice.type === 'more' ? setAllShownFor(words) : choose(choice));
  const choices = sections.flatMap((section) => section.choices);
  const { active, setActive, hold, drop } = useWaitingKeys(choices, isPending, act);
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
              {sections.map((section) => (
                <Command.Group key={section.heading} heading={section.heading}>
                  {section.choices.map((choice) => (
                    <PaletteChoice key={keyOf(choice)} choice={choice} onChoose={() => act(choice)} />
                  ))}
                </Command.Group>
              ))}
              {choices.length === 0 && <p className="palette-empty">{emptySentence(words, commandsOnly, status)}</p>}
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

function emptySentence(words: string, commandsOnly: boolean, status: string): string {
  if (words === '') return 'Type what you are looking for, or what you want to do.';
  return commandsOnly ? 'No command is called so.' : status;
}

/**
 * The active choice, and the keys that wait for the choices while the answer is on its way: they then act as if it had been there.
 * `drop` forgets them: something else was typed.
 */
function useWaitingKeys(choices: readonly Choice[], isPending: boolean, choose: (choice: Choice) => void) {
  const [active, setActive] = useState('');
  const waiting = useRef<ListKey[]>([]);
  const act = useEffectEvent(() => {
    const { active: index, isChosen } = replayKeys(waiting.current, choices.length);
    waiting.current = [];
    const choice = choices[index];
    if (!choice) return;
    setActive(keyOf(choice));
    if (isChosen) choose(choice);
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
