import type { CommandId, DocumentSummary, SearchGroup, SearchHit } from '#api';
import { findCommands } from '../../state/command-search';
import type { FilterOption } from './filter-options';

/** What can be chosen in the palette. */
export type Choice =
  | { type: 'command'; id: CommandId }
  /** A document: one that was read lately, or one whose title has the words. */
  | { type: 'document'; documentId: string; title: string; hit?: SearchHit; date?: string }
  /** A passage, highlight, note or tag. */
  | { type: 'hit'; documentId: string; title: string; hit: SearchHit; index: number }
  /** Shows the rest of the documents. */
  | { type: 'more'; count: number }
  /** Completes what is being written of a filter. */
  | { type: 'filter'; option: FilterOption }
  /** Shows all that is found on a page of its own. */
  | { type: 'all'; documents: string };

export interface Section {
  heading: 'Filters' | 'All results' | 'Commands' | 'Documents' | 'Passages and notes' | 'Recent documents' | 'Recent commands';
  choices: Choice[];
}

/** A name that no other choice of the palette has. */
export function keyOf(choice: Choice): string {
  if (choice.type === 'command') return `command ${choice.id}`;
  if (choice.type === 'more' || choice.type === 'all') return choice.type;
  if (choice.type === 'filter') return `filter ${choice.option.operator}:${choice.option.value ?? ''}`;
  return choice.type === 'document' ? `document ${choice.documentId}` : `hit ${choice.documentId} ${choice.index}`;
}

const COMMANDS_SHOWN = 6;
const DOCUMENTS_SHOWN = 5;

/** Words from which on a query is looked for in texts rather than among commands. */
const LONG_QUERY = 3;

interface Asked {
  words: string;
  /** `>` was typed before them. */
  commandsOnly: boolean;
  /** What was found for them, best first. */
  groups: readonly SearchGroup[];
  areAllDocumentsShown: boolean;
  /** What completes the filter that is being written. */
  filters: readonly FilterOption[];
  /** More than words is looked for. */
  hasOperators: boolean;
  /** How many documents were found, in words; empty where none was. */
  documents: string;
  isEnabled(id: CommandId): boolean;
}

/** The commands that words mean, but for the one that leads here. */
export const commandsFor = (words: string): CommandId[] => findCommands(words).filter((id) => id !== 'go.search');

/** What the palette shows for some words: a document that is called so, commands, titles, passages and notes. */
export function sectionsOf(asked: Asked): Section[] {
  const { words, commandsOnly, groups, areAllDocumentsShown, isEnabled } = asked;
  const named = commandsFor(words).filter(isEnabled);
  const shown = commandsOnly ? named : named.slice(0, COMMANDS_SHOWN);
  const commands: Section = { heading: 'Commands', choices: shown.map((id) => ({ type: 'command', id })) };
  if (commandsOnly) return withChoices([commands]);
  const titles = groups.flatMap(({ documentId, title, hits }): Choice[] => {
    const hit = hits.find(({ kind }) => kind === 'title');
    return hit || hits.length === 0 ? [{ type: 'document', documentId, title, hit }] : [];
  });
  const isCut = !areAllDocumentsShown && titles.length > DOCUMENTS_SHOWN + 1;
  const documents: Section = {
    heading: 'Documents',
    choices: isCut ? [...titles.slice(0, DOCUMENTS_SHOWN), { type: 'more', count: titles.length - DOCUMENTS_SHOWN }] : titles,
  };
  const filters: Section = { heading: 'Filters', choices: asked.filters.map((option) => ({ type: 'filter', option })) };
  const all: Section = { heading: 'All results', choices: asked.documents === '' ? [] : [{ type: 'all', documents: asked.documents }] };
  const passages: Section = {
    heading: 'Passages and notes',
    choices: groups.flatMap(({ documentId, title, hits }) =>
      hits.flatMap((hit, index): Choice[] => (hit.kind === 'title' ? [] : [{ type: 'hit', documentId, title, hit, index }])),
    ),
  };
  const isLong = words.split(/\s+/).length >= LONG_QUERY || asked.hasOperators;
  const found = isLong
    ? [documents, passages, commands]
    : groups[0]?.isWholeTitle
      ? [documents, commands, passages]
      : [commands, documents, passages];
  // Enter takes the value of a filter; a word that may become an operator is looked for first.
  const isValue = asked.filters.some(({ value }) => value !== undefined);
  return withChoices(isValue ? [filters, ...found, all] : [...found, filters, all]);
}

/** What it shows before anything is typed. */
export const recentSections = (documents: readonly DocumentSummary[], commands: readonly CommandId[]): Section[] =>
  withChoices([
    {
      heading: 'Recent documents',
      choices: documents.map(({ id, title, date }) => ({ type: 'document', documentId: id, title, date })),
    },
    { heading: 'Recent commands', choices: commands.map((id) => ({ type: 'command', id })) },
  ]);

const withChoices = (sections: Section[]): Section[] => sections.filter(({ choices }) => choices.length > 0);
