import { z } from 'zod';

export const menus = ['file', 'edit', 'view', 'go', 'note', 'settings', 'help'] as const;
export type MenuName = (typeof menus)[number];

/**
 * What must be there for a command to make sense: a document on the screen, one or a list of notes in its place, one whose text can be read, a page that holds more than its article, a passage selected or a note in
 * focus, either of them or the highlighter, any of these or a pane over the text, a note in focus.
 */
export type CommandScope = 'always' | 'document' | 'notes' | 'text' | 'views' | 'pages' | 'selection' | 'highlighting' | 'held' | 'note';

interface Definition {
  title: string;
  menu: MenuName;
  scope: CommandScope;
  /**
   * Default keys, the first one shown. `Mod` is Command on macOS and Control elsewhere. Keys without a modifier
   * work only while no text is being written.
   */
  keys: readonly string[];
}

const command = (title: string, menu: MenuName, scope: CommandScope, ...keys: string[]): Definition => ({ title, menu, scope, keys });

/** Every command, in the order of the menus. Menus, keys, palette and the shortcut sheet derive from this table. */
export const commands = {
  'library.open-files': command('Open files…', 'file', 'always', 'Mod+O'),
  'library.paste': command('Paste as a document', 'file', 'always', 'Mod+Alt+V'),
  'library.add-folder': command('Add library folder…', 'file', 'always', 'Mod+Shift+O'),
  'library.folders': command('Library folders…', 'file', 'always'),
  'library.inbox': command('Choose the inbox…', 'file', 'always'),
  'export.document': command('Export…', 'file', 'always', 'Mod+Shift+E'),
  'export.everything': command('Export everything…', 'file', 'always'),
  'document.print': command('Print…', 'file', 'text', 'Mod+P'),
  'collection.new': command('New collection…', 'file', 'always'),
  'library.import': command('Import notes…', 'file', 'always', 'Mod+Alt+O'),
  'library.restore': command('Restore from a backup…', 'file', 'always'),
  'trash.empty': command('Empty the trash…', 'file', 'always'),

  'edit.undo': command('Undo', 'edit', 'always', 'Mod+Z'),
  'edit.redo': command('Redo', 'edit', 'always', 'Mod+Shift+Z', 'Mod+Y'),
  'select.paragraph': command('Select the next paragraph', 'edit', 'text', 'S'),
  'select.next-word': command('Extend the selection by a word', 'edit', 'text', 'Shift+ArrowRight'),
  'select.previous-word': command('Shorten the selection by a word', 'edit', 'text', 'Shift+ArrowLeft'),
  'select.next-sentence': command('Extend the selection by a sentence', 'edit', 'text', 'Shift+ArrowDown'),
  'select.previous-sentence': command('Shorten the selection by a sentence', 'edit', 'text', 'Shift+ArrowUp'),
  'select.start-later': command('Begin the selection a word later', 'edit', 'text', 'Alt+Shift+ArrowRight'),
  'select.start-earlier': command('Begin the selection a word earlier', 'edit', 'text', 'Alt+Shift+ArrowLeft'),
  'select.none': command('Let go of the selection, the highlighter or the note in focus', 'edit', 'held', 'Escape'),
  'find.open': command('Find in document', 'edit', 'text', 'Mod+F'),
  'find.next': command('Find next', 'edit', 'text', 'F3', 'Mod+G'),
  'find.previous': command('Find previous', 'edit', 'text', 'Shift+F3', 'Mod+Shift+G'),

  'view.library': command('Show or hide the library', 'view', 'always', 'Mod+B'),
  'view.documents-view': command('Documents as covers or as a list', 'view', 'always', 'G'),
  'view.notes': command('Show or hide the notes', 'view', 'always', 'Mod+Alt+B'),
  'picture.open': command('Show the picture on the screen large', 'view', 'text', 'I'),
  'view.outline': command('Show or hide the outline', 'view', 'text', 'Mod+Shift+L'),
  'view.notes-view': command('Notes in the margin or as a list', 'view', 'document', 'Mod+Shift+M'),
  'view.whole-page': command('Article or whole page, pages or text', 'view', 'views', 'A'),
  'pages.fit-width': command('Pages as wide as there is room', 'view', 'pages'),
  'pages.fit-page': command('Whole pages', 'view', 'pages', 'Mod+9'),
  'view.others': command('Show or hide notes of others', 'view', 'document', 'Mod+Alt+N'),
  'view.typography': command('Typography…', 'view', 'always', 'Mod+Shift+Y'),
  'view.theme': command('Light or dark theme', 'view', 'always', 'Mod+Shift+D'),
  'text.larger': command('Larger text', 'view', 'always', 'Mod+=', 'Mod++'),
  'text.smaller': command('Smaller text', 'view', 'always', 'Mod+-'),
  'text.reset': command('Text at its usual size', 'view', 'always', 'Mod+0'),

  'go.search': command('Search and commands', 'go', 'always', 'Mod+K', 'Mod+Shift+P'),
  'go.back': command('Back', 'go', 'always', 'Alt+ArrowLeft'),
  'go.return': command('Back to where you were reading', 'go', 'text', 'U'),
  'go.forward': command('Forward', 'go', 'always', 'Alt+ArrowRight'),
  'go.next-document': command('Next document', 'go', 'always', 'Alt+ArrowDown'),
  'go.previous-document': command('Previous document', 'go', 'always', 'Alt+ArrowUp'),
  'go.next-note': command('Next note', 'go', 'notes', 'J'),
  'go.previous-note': command('Previous note', 'go', 'notes', 'K'),
  'go.next-pane': command('Next pane', 'go', 'always', 'F6'),
  'go.previous-pane': command('Previous pane', 'go', 'always', 'Shift+F6'),
  'go.all-documents': command('All documents', 'go', 'always', 'Mod+1'),
  'go.favourites': command('Favourites', 'go', 'always'),
  'go.reading-list': command('Reading list', 'go', 'always', 'Mod+6'),
  'go.next-to-read': command('Next in the reading list', 'go', 'always', 'Shift+Q'),
  'go.all-notes': command('All notes', 'go', 'always', 'Mod+2'),
  'go.trash': command('Trash', 'go', 'always', 'Mod+3'),
  'go.unplaced': command('Notes without a place', 'go', 'always', 'Mod+4'),
  'go.activity': command('What changed', 'go', 'always', 'Mod+5'),

  'highlight.yellow': command('Highlight yellow', 'note', 'highlighting', '1'),
  'highlight.green': command('Highlight green', 'note', 'highlighting', '2'),
  'highlight.blue': command('Highlight blue', 'note', 'highlighting', '3'),
  'highlight.pink': command('Highlight pink', 'note', 'highlighting', '4'),
  'highlight.violet': command('Highlight violet', 'note', 'highlighting', '5'),
  'colours.name': command('Name the colours…', 'note', 'always'),
  'highlighter.toggle': command('Take up the highlighter, or put it away', 'note', 'text', 'H'),
  'bookmark.toggle': command('Bookmark this place, or take the bookmark away', 'note', 'text', 'B'),
  'area.mark': command('Mark an area of a page', 'note', 'pages', 'M'),
  'area.whole-page': command('Add a note on this page', 'note', 'pages', 'Shift+M'),
  'note.add': command('Add note', 'note', 'document', 'N'),
  'tag.add': command('Add tag', 'note', 'selection', 'T'),
  'quote.copy': command('Copy quote', 'note', 'selection', 'C'),
  'link.copy': command('Copy link to the passage, note or document', 'note', 'document', 'L'),
  'link.copy-markdown': command('Copy link as Markdown', 'note', 'document', 'Shift+L'),
  'link.copy-document': command('Copy link to the document', 'note', 'document'),
  'highlight.extend': command('Move the highlight in focus to the selection', 'note', 'selection', 'E'),
  'note.add-passage': command('Add the selection to the note in focus', 'note', 'selection', 'P'),
  'note.join-next': command('Join with the next note', 'note', 'note', 'Shift+J'),
  'note.join-previous': command('Join with the previous note', 'note', 'note', 'Shift+K'),
  'note.split': command('Split into a note for each passage', 'note', 'note', 'Shift+P'),
  'highlight.longer': command('Extend the highlight by a word', 'note', 'note', '.'),
  'highlight.shorter': command('Shorten the highlight by a word', 'note', 'note', ','),
  'highlight.begin-earlier': command('Begin the highlight a word earlier', 'note', 'note', 'Alt+,'),
  'highlight.begin-later': command('Begin the highlight a word later', 'note', 'note', 'Alt+.'),
  'area.change': command('Move or size the area in focus', 'note', 'note', 'Shift+E'),
  'highlight.options': command('What can be done with the highlight', 'note', 'note', 'O'),
  'note.confirm-place': command('Confirm the place of the note', 'note', 'note', 'Y'),
  'note.confirm-places': command('Confirm all likely places', 'note', 'document'),
  'note.review': command('Change review…', 'note', 'document', 'R'),
  'note.edit': command('Edit note', 'note', 'note', 'Enter'),
  'note.delete': command('Delete note', 'note', 'note', 'Delete', 'Backspace'),
  'note.export': command('Export note…', 'note', 'note'),
  'file-notes.take': command('Take in the notes of the file', 'note', 'document'),
  'page-note.add': command('Add a note on the whole document', 'note', 'document', 'Mod+Shift+N'),
  'document.tag': command('Tag the document', 'note', 'document', 'Mod+Shift+T'),
  'document.details': command('Details of the document…', 'note', 'document', 'Mod+I'),
  'citation.copy': command('Copy citation', 'note', 'document', 'Mod+Shift+C'),
  'document.texts': command('Texts that notes were made on…', 'note', 'document'),
  'document.same': command('This is another document’s file…', 'note', 'document'),
  'document.editions': command('Editions of this document…', 'note', 'document'),
  'document.forget': command('Forget this document…', 'note', 'document'),
  'document.unread': command('Mark as unread', 'note', 'document'),
  'document.reading': command('Mark as being read', 'note', 'document'),
  'document.favourite': command('Make the document a favourite, or no longer', 'note', 'document', 'F'),
  'document.later': command('Read later, or no longer', 'note', 'document', 'Q'),
  'document.collect': command('Collections of the document…', 'note', 'document', 'Mod+Shift+K'),
  'document.finished': command('Mark as finished or unread', 'note', 'document', 'Mod+Shift+F'),

  'settings.open': command('Settings…', 'settings', 'always', 'Mod+,'),
  'settings.theme': command('Theme…', 'settings', 'always'),
  'settings.font': command('Font…', 'settings', 'always'),
  'settings.size': command('Size of the text…', 'settings', 'always'),
  'settings.line-height': command('Line height…', 'settings', 'always'),
  'settings.width': command('Column width…', 'settings', 'always'),
  'settings.justify': command('Justify the lines or not', 'settings', 'always'),
  'settings.hyphenate': command('Hyphenate or not', 'settings', 'always'),
  'settings.own-styles': command('Books’ own styles or not', 'settings', 'always'),
  'settings.reopen': command('Open the last document at the start or not', 'settings', 'always'),
  'settings.colour': command('Colour of new notes…', 'settings', 'always'),
  'settings.author': command('Your name in copies of PDFs…', 'settings', 'always'),
  'settings.sort': command('Order of the documents…', 'settings', 'always'),
  'settings.data': command('Where my data and backups are…', 'settings', 'always'),
  'settings.privacy': command('What leaves this machine…', 'settings', 'always'),

  'help.shortcuts': command('Keyboard shortcuts', 'help', 'always', '?'),
} as const satisfies Record<string, Definition>;

export type CommandId = keyof typeof commands;
export const commandIds = Object.keys(commands) as [CommandId, ...CommandId[]];
export const commandIdSchema = z.enum(commandIds);

/** The keys of a command: the reader's own key in place of the defaults, `''` for none. */
export function keysOf(id: CommandId, own: Readonly<Record<string, string>>): readonly string[] {
  const chosen = own[id];
  if (chosen === undefined) return commands[id].keys;
  return chosen === '' ? [] : [chosen];
}
