import { type CommandId, commandIds, commands } from '#api';
import { foldText } from '#model';

/** Other words for what commands do, as readers of other applications call it. */
const synonyms: Partial<Record<CommandId, string>> = {
  'library.open-files': 'import add document',
  'library.add-folder': 'import directory',
  'library.folders': 'directories settings',
  'library.restore': 'recover undelete',
  'document.print': 'paper pdf printer',
  'library.import': 'bring in read back annotations exports',
  'trash.empty': 'delete for good bin purge',
  'export.document': 'save share markdown obsidian html csv readwise bibtex csl json references',
  'export.everything': 'save backup markdown obsidian html csv readwise bibtex csl json references',
  'select.paragraph': 'mark',
  'find.open': 'search in this text',
  'view.library': 'sidebar documents',
  'view.documents-view': 'grid pictures thumbnails shelf library',
  'view.notes': 'annotations sidebar margin',
  'picture.open': 'image figure zoom enlarge',
  'view.outline': 'contents headings chapters',
  'view.notes-view': 'annotations',
  'view.typography': 'font size line width settings',
  'view.theme': 'dark mode night paper colours',
  'view.others': 'people persons creators',
  'text.larger': 'zoom in bigger font',
  'text.smaller': 'zoom out font',
  'text.reset': 'zoom normal',
  'go.all-documents': 'library home',
  'go.all-notes': 'annotations highlights',
  'go.trash': 'trash bin deleted restore',
  'go.unplaced': 'lost orphans missing passages',
  'go.activity': 'history journal log recent undo',
  'highlight.extend': 'move change passage',
  'bookmark.toggle': 'remember place ribbon mark',
  'note.add': 'annotate comment',
  'tag.add': 'label keyword',
  'quote.copy': 'clipboard',
  'note.review': 'changed document diff',
  'file-notes.take': 'pdf annotations import highlights comments',
  'note.edit': 'write change',
  'note.delete': 'remove trash',
  'page-note.add': 'annotate comment',
  'document.tag': 'label keyword',
  'document.details': 'title author date language encoding rename metadata edit properties',
  'citation.copy': 'cite reference bibliography bibtex source clipboard',
  'document.texts': 'versions compare changes earlier',
  'document.same': 'merge join duplicate renamed moved',
  'document.editions': 'files versions copies part separate split',
  'document.forget': 'delete remove erase purge',
  'document.favourite': 'star like bookmark',
  'document.later': 'reading list queue next',
  'document.collect': 'folder group shelf add put',
  'collection.new': 'folder group shelf add make',
  'go.next-to-read': 'queue later continue',
  'go.favourites': 'starred star',
  'go.reading-list': 'read later queue',
  'document.finished': 'read done status',
  'settings.open': 'preferences options configure',
  'settings.theme': 'dark night light sepia colours appearance setting',
  'settings.font': 'typeface typography setting',
  'settings.size': 'zoom font typography setting',
  'settings.line-height': 'leading spacing typography setting',
  'settings.width': 'measure characters typography setting',
  'settings.justify': 'align typography setting',
  'settings.hyphenate': 'typography setting',
  'settings.own-styles': 'publisher css italics verse typography setting',
  'settings.reopen': 'launch continue setting',
  'settings.colour': 'highlight setting',
  'settings.sort': 'sort list setting',
  'settings.data': 'folder path disk location backup setting',
  'settings.privacy': 'network telemetry offline tracking setting',
  'help.shortcuts': 'keys hotkeys help',
};

const wordsOf = (text: string): string[] =>
  foldText(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);

const searched = commandIds.map((id) => ({ id, title: wordsOf(commands[id].title), others: wordsOf(synonyms[id] ?? '') }));

/**
 * The commands of which words begin with each of the words that were typed: those whose title begins so come first, then those with
 * all of it in the title, then those that are otherwise called so.
 */
export function findCommands(typed: string): CommandId[] {
  const wanted = wordsOf(typed);
  const [first = ''] = wanted;
  const rankOf = ({ title, others }: (typeof searched)[number]): number => {
    const begins = (words: readonly string[]) => wanted.every((each) => words.some((word) => word.startsWith(each)));
    if (!begins([...title, ...others])) return 0;
    if (!begins(title)) return 1;
    return title[0]?.startsWith(first) ? 3 : 2;
  };
  return searched
    .map((command) => ({ id: command.id, rank: rankOf(command) }))
    .filter(({ rank }) => rank > 0)
    .sort((a, b) => b.rank - a.rank)
    .map(({ id }) => id);
}
