import { useEffect, useMemo, useState } from 'react';
import type { ColourNames, LibraryFolder } from '#api';
import { documentFormats } from '#formats/list';
import { colours, documentStates, foldText, type Operator, operatorsFor, periods, type Writing } from '#model';
import { reportError } from '../../state/actions/notices';
import { call } from '../../state/client';
import { shownCollections, type TagNode, tagTree } from '../../state/selectors';
import { useStore } from '../../state/store';
import { suggestTags } from '../../state/tag-suggestions';
import { folderLabel } from '../library/library-place';

/** An operator that is offered, or one with a value, with what it is for. */
export interface FilterOption {
  operator: Operator;
  value?: string;
  hint: string;
}

const HINTS: Record<Operator, string> = {
  tag: 'Tag',
  title: 'Title',
  note: 'Notes',
  author: 'Author',
  in: 'Folder',
  collection: 'Collection',
  kind: 'Format',
  is: 'State',
  has: 'With notes',
  before: 'Dated before',
  after: 'Dated after',
  colour: 'Colour of notes',
  created: 'Notes made',
  modified: 'Notes changed',
};

const SHOWN = 8;

/** Values that begin with what is typed, then those that hold it; none where one is written in full. */
function matching(values: readonly string[], typed: string): string[] {
  const fold = (text: string) => foldText(text).replace(/[-_]/g, ' ');
  const wanted = fold(typed).trim();
  const folded = values.map((value) => ({ value, text: fold(value) }));
  if (wanted !== '' && folded.some(({ text }) => text === wanted)) return [];
  const begins = folded.filter(({ text }) => text.startsWith(wanted));
  const holds = folded.filter(({ text }) => !text.startsWith(wanted) && text.includes(wanted));
  return [...begins, ...holds].slice(0, SHOWN).map(({ value }) => value);
}

interface Known {
  tags: readonly TagNode[];
  folders: readonly LibraryFolder[];
  /** Their names. */
  collections: readonly string[];
  /** Of what is typed behind `author:`, `title:` or `in:`. */
  found: readonly string[];
  colourNames: ColourNames;
}

/** The values that an operator can have that fit what is typed; none where any words can stand there. */
function valuesOf(operator: Operator, typed: string, { tags, folders, collections, found, colourNames }: Known): string[] {
  switch (operator) {
    case 'tag':
      return suggestTags(tags, typed, []).map(({ name }) => name);
    case 'author':
    case 'title':
      return matching(found, typed);
    case 'in':
      return matching([...new Set([...folders.filter(({ kind }) => kind === 'added').map(folderLabel), ...found])], typed);
    case 'collection':
      return matching(collections, typed);
    case 'kind':
      return matching(documentFormats, typed);
    case 'is':
      return matching(documentStates, typed);
    case 'has':
      return matching(['note'], typed);
    case 'colour':
      // By what the reader means by it, too.
      return [
        ...new Set([
          ...matching(colours, typed),
          ...colours.filter((colour) => typed !== '' && foldText(colourNames[colour] ?? '').startsWith(foldText(typed))),
        ]),
      ];
    case 'before':
    case 'after':
    case 'created':
    case 'modified':
      return matching(periods, typed);
    default:
      return [];
  }
}

/** What completes what is being written of a query. */
export function useFilterOptions(writing: Writing | undefined): readonly FilterOption[] {
  const tags = useStore(tagTree);
  const folders = useStore((state) => state.folders);
  const shown = useStore(shownCollections);
  const collections = useMemo(() => shown.map(({ name }) => name), [shown]);
  const colourNames = useStore((state) => state.settings.colourNames);
  const { operator, typed } = writing ?? {};
  const found = useFound(operator, typed);
  return useMemo(() => {
    if (typed === undefined) return [];
    if (operator === undefined) return operatorsFor(typed).map((name) => ({ operator: name, hint: HINTS[name] }));
    return valuesOf(operator, typed, { tags, folders, collections, found, colourNames }).map((value) => {
      const colour = operator === 'colour' ? colours.find((each) => each === value) : undefined;
      return { operator, value, hint: (colour && colourNames[colour]) ?? HINTS[operator] };
    });
  }, [operator, typed, tags, folders, collections, found, colourNames]);
}

const nothing: readonly string[] = [];

/** Authors, titles or folders in the library that hold what is typed behind their operator. */
function useFound(operator: Operator | undefined, typed: string | undefined): readonly string[] {
  const [found, setFound] = useState(nothing);
  const isAsked = typed !== undefined && (operator === 'author' || operator === 'in' || (operator === 'title' && typed.trim() !== ''));
  useEffect(() => {
    if (!isAsked) return;
    let isCurrent = true;
    const asked = { text: typed, limit: SHOWN };
    const ask = async () => {
      if (operator === 'author') return call('library.authors', asked);
      if (operator === 'in') return call('library.folder-names', asked);
      return (await call('library.titles', asked)).map(({ title }) => title);
    };
    ask()
      .then((names) => isCurrent && setFound([...new Set(names)]))
      .catch(reportError);
    return () => {
      isCurrent = false;
    };
  }, [isAsked, operator, typed]);
  return isAsked ? found : nothing;
}
