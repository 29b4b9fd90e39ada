import { Command } from 'cmdk';
import { Search } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { type KeyboardEvent, useEffect, useEffectEvent, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { complete, explainQuery, hasOperators, isEmptyQuery, nameColours, parseQuery, writingAt } from '#model';
import { closeDialog } from '../../state/actions/view';
import { isEnabled, sayNeeds } from '../../state/commands';
import { getState, useStore } from '../../state/store';
import { isListKey, type ListKey, replayKeys } from '../../state/waiting-keys';
import { DialogShade } from '../kit/Dialog';
import { countOf } from '../kit/format';
import { KeyCombination } from '../kit/Keys';
import { useReturnFocus } from '../kit/use-return-focus';
import { choose, showAll } from './choose';
import { type FilterOption, useFilterOptions } from './filter-options';
import { PaletteChoice } from './PaletteChoice';
import { type Choice, commandsFor, keyOf, recentSections, sectionsOf } from './palette-sections';
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
  const colourNames = useStore((state) => state.settings.colourNames);
  const parsed = useMemo(() => parseQuery(commandsOnly ? '' : nameColours(words, colourNames)), [commandsOnly, words, colourNames]);
  const { groups, documents, status: found, isPending: isSearching } = useSearch(isEmptyQuery(parsed) ? '' : words);
  const [caret, setCaret] = useState(initialQuery.length);
  const writing = useMemo(() => (commandsOnly ? undefined : writingAt(query, caret)), [commandsOnly, query, caret]);
  const filters = useFilterOptions(writing);
  // What is still being written is not understood yet.
  const remarks = writing?.operator && filters.length > 0 ? [] : parsed.remarks;
  const sentences = [...(hasOperators(parsed) ? [explainQuery(parsed)] : []), ...remarks].filter(Boolean);
  const recent = useRecentDocuments();
  const areAllDocumentsShown = allShownFor === words;
  const isEmpty = words === '' && !commandsOnly;
  const isPending = isEmpty ? recent === undefined : isSearching;
  const sections = isEmpty
    ? recentSections(recent ?? [], recentCommands())
    : sectionsOf({
        words,
        commandsOnly,
        groups,
        areAllDocumentsShown,
        filters,
        hasOperators: hasOperators(parsed),
        documents,
        isEnabled: (id) => isEnabled(id, getState()),
      });
  const wantedCaret = useRef<number>(undefined);
  useLayoutEffect(() => {
    const wanted = wantedCaret.current;
    wantedCaret.current = undefined;
    if (wanted !== undefined) input.current?.setSelectionRange(wanted, wanted);
  });
  const take = (option: FilterOption) => {
    if (!writing) return;
    const completed = complete(query, writing, option);
    wantedCaret.current = completed.caret;
    setCaret(completed.caret);
    setQuery(completed.text);
    setActive('');
  };
  const act = (choice: Choice) => {
    if (choice.type === 'more') setAllShownFor(words);
    else if (choice.type === 'filter') take(choice.option);
    else if (choice.type === 'all') showAll(words);
    else choose(choice);
  };
  const choices = sections.flatMap((section) => section.choices);
  // Where nothing else can be offered, what was meant may be something that cannot be done now.
  const meant = choices.length === 0 && !isPending && !isEmpty ? commandsFor(words)[0] : undefined;
  const lack = meant && sayNeeds(meant, getState());
  const status = [describeFilters(filters, writing?.operator !== undefined), ...sentences, found, lack].filter(Boolean).join(' ');
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
    setCaret(input.current?.selectionStart ?? next.length);
  };
  const handleKeyDown = (event: KeyboardEvent) => {
    const { key, ctrlKey, metaKey, altKey, shiftKey, nativeEvent } = event;
    const offered = choices.filter((choice) => choice.type === 'filter');
    if (nativeEvent.isComposing || altKey || shiftKey) hold(event);
    else if (key === 'Enter' && (ctrlKey || metaKey) && words !== '' && !commandsOnly) {
      event.preventDefault();
      showAll(words);
    } else if (key === 'Tab' && !ctrlKey && !metaKey && offered[0]) {
      event.preventDefault();
      take((offered.find((choice) => keyOf(choice) === active) ?? offered[0]).option);
    } else hold(event);
  };
  return (
    <Dialog.Root open onOpenChange={(open) => !open && closeDialog()}>
      <Dialog.Portal>
        <DialogShade />
        <Dialog.Content className="palette" aria-describedby={undefined} onCloseAutoFocus={returnFocus} onOpenAutoFocus={focusEnd}>
          <Dialog.Title className="visually-hidden">Command palette</Dialog.Title>
          <Command shouldFilter={false} loop label="Search" value={active} onValueChange={setActive} onKeyDown={handleKeyDown}>
            <div className="palette-box">
              <Search aria-hidden="true" />
              <Command.Input
                ref={input}
                aria-label="Search"
                dir="auto"
                value={query}
                onValueChange={handleQuery}
                onSelect={({ currentTarget }) => setCaret(currentTarget.selectionStart ?? query.length)}
                placeholder="Search text, notes and tags, or run a command"
              />
            </div>
            <p className="visually-hidden" role="status">
              {status}
            </p>
            {sentences.length > 0 && <p className="palette-remark">{sentences.join(' ')}</p>}
            <Command.List className="palette-list" label="Results">
              {sections.map((section) => (
                <Command.Group key={section.heading} heading={section.heading}>
                  {section.choices.map((choice) => (
                    <PaletteChoice key={keyOf(choice)} choice={choice} onChoose={() => act(choice)} />
                  ))}
                </Command.Group>
              ))}
              {choices.length === 0 && <p className="palette-empty">{emptySentence(words, commandsOnly, found, lack)}</p>}
            </Command.List>
            <footer className="palette-foot" aria-hidden="true">
              <span>
                {choices.length > 0 && found}
                {documents !== '' && (
                  <>
                    {' '}
                    All: <KeyCombination keys="Mod+Enter" />
                  </>
                )}
              </span>
              <span>
                tag: is: before: colour: “a phrase” -not OR · <kbd>&gt;</kbd> commands only
              </span>
            </footer>
          </Command>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** What can complete the filter that is being written, for those who do not see it. */
function describeFilters(filters: readonly FilterOption[], isValue: boolean): string {
  const [first] = filters;
  if (!first) return '';
  return `${countOf(filters.length, isValue ? 'value' : 'filter')} can stand here; Tab takes “${first.value ?? `${first.operator}:`}”.`;
}

function emptySentence(words: string, commandsOnly: boolean, status: string, lack: string | undefined): string {
  if (words === '') return 'Type what you are looking for, or what you want to do.';
  if (commandsOnly) return lack ?? 'No command is called so.';
  return [status, lack].filter(Boolean).join(' ');
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
