import {
  type AppInfo,
  type CommandId,
  type DataFolder,
  readingFonts,
  type Settings,
  settingsSchema,
  sortOrders,
  themes,
  ZOOM_STEPS,
} from '#api';
import { colours, foldText } from '#model';
import { notify } from './actions/notices';
import { themeName, updateSettings, updateTypography } from './actions/settings';
import { showDialog } from './actions/view';
import { setPageZoom } from './pages';
import { getState } from './store';

export const settingSections = ['Appearance', 'Text', 'Reading', 'Notes', 'Library', 'Data and backups', 'Privacy', 'Keyboard'] as const;

interface Common {
  section: (typeof settingSections)[number];
  title: string;
  /** A sentence on what it does, where its title does not say it. */
  hint?: string;
  /** Other words that readers look for. */
  words?: string;
  /** The command that does or shows the same, from the palette and by a key of the reader's. */
  command: CommandId;
}

/** One of a few values. */
export interface ChoiceOption extends Common {
  kind: 'choice';
  choices: readonly (readonly [value: string, label: string])[];
  read(settings: Settings): string;
  write(value: string): void;
}

/** On or off. */
export interface SwitchOption extends Common {
  kind: 'switch';
  read(settings: Settings): boolean;
  write(on: boolean): void;
}

/** Words of the reader's. */
export interface WordsOption extends Common {
  kind: 'words';
  /** UTF-16 code units. */
  longest: number;
  placeholder: string;
  read(settings: Settings): string;
  write(words: string): void;
}

/** A number within bounds. */
export interface MeasureOption extends Common {
  kind: 'measure';
  min: number;
  max: number;
  step: number;
  show(value: number): string;
  read(settings: Settings): number;
  write(value: number): void;
}

/** Something with a dialog of its own. */
export interface DialogOption extends Common {
  kind: 'dialog';
  label: string;
}

/** A folder of the reader's data. */
export interface PlaceOption extends Common {
  kind: 'place';
  folder: DataFolder;
}

/** A sentence that is good to know. */
export interface FactOption extends Common {
  kind: 'fact';
}

export type SettingOption = ChoiceOption | SwitchOption | WordsOption | MeasureOption | DialogOption | PlaceOption | FactOption;

const FONT_NAMES: Record<Settings['typography']['font'], string> = {
  literata: 'Literata',
  'source-serif': 'Source Serif',
  inter: 'Inter',
  atkinson: 'Atkinson Hyperlegible',
  system: 'The system’s font',
  book: 'The book’s font',
};

const SORT_NAMES: Record<Settings['sort'], string> = { date: 'Date', title: 'Title', added: 'Date added', 'last-read': 'Last read' };

const capital = (word: string): string => word.slice(0, 1).toUpperCase() + word.slice(1);

type Names<T extends string> = (value: T) => string;

/** The values of a setting as choices; what is chosen is one of them. */
function choice<T extends string>(
  values: readonly T[],
  nameOf: Names<T>,
  write: (value: T) => void,
): Pick<ChoiceOption, 'choices' | 'write'> {
  return {
    choices: values.map((value) => [value, nameOf(value)]),
    write(chosen) {
      const value = values.find((each) => each === chosen);
      if (value !== undefined) write(value);
    },
  };
}

type Flag = 'libraryOpen' | 'notesOpen' | 'outlineOpen' | 'othersShown' | 'opensLast';

const flag = (name: Flag): Pick<SwitchOption, 'kind' | 'read' | 'write'> => ({
  kind: 'switch',
  read: (settings) => settings[name],
  write: (on) => updateSettings({ [name]: on }),
});

const ofText = (name: 'justify' | 'hyphenate' | 'ownStyles'): Pick<SwitchOption, 'kind' | 'read' | 'write'> => ({
  kind: 'switch',
  read: ({ typography }) => typography[name],
  write: (on) => updateTypography({ [name]: on }),
});

const measure = (name: 'size' | 'lineHeight' | 'width'): Pick<MeasureOption, 'kind' | 'read' | 'write'> => ({
  kind: 'measure',
  read: ({ typography }) => typography[name],
  write: (value) => updateTypography({ [name]: value }),
});

/** Everything that a reader can set, in the order of the dialog. */
export const settingOptions: readonly SettingOption[] = [
  {
    kind: 'choice',
    section: 'Appearance',
    title: 'Theme',
    words: 'dark light night colours',
    command: 'settings.theme',
    read: ({ theme }) => theme,
    ...choice(themes, themeName, (theme) => updateSettings({ theme })),
  },
  {
    section: 'Appearance',
    title: 'Show the library',
    hint: 'Beside the text, where the window is wide enough.',
    words: 'sidebar',
    command: 'view.library',
    ...flag('libraryOpen'),
  },
  {
    section: 'Appearance',
    title: 'Show the notes',
    hint: 'Beside the text, where the window is wide enough.',
    words: 'sidebar margin',
    command: 'view.notes',
    ...flag('notesOpen'),
  },
  { section: 'Appearance', title: 'Show the outline', words: 'contents headings', command: 'view.outline', ...flag('outlineOpen') },
  {
    kind: 'choice',
    section: 'Text',
    title: 'Font',
    words: 'typeface typography',
    command: 'settings.font',
    read: ({ typography }) => typography.font,
    ...choice(
      readingFonts,
      (font) => FONT_NAMES[font],
      (font) => updateTypography({ font }),
    ),
  },
  {
    section: 'Text',
    title: 'Size',
    words: 'font zoom larger smaller typography',
    command: 'settings.size',
    min: 12,
    max: 36,
    step: 0.5,
    show: (value) => `${value} px`,
    ...measure('size'),
  },
  {
    section: 'Text',
    title: 'Line height',
    words: 'leading spacing typography',
    command: 'settings.line-height',
    min: 1.2,
    max: 2.2,
    step: 0.02,
    show: (value) => value.toFixed(2),
    ...measure('lineHeight'),
  },
  {
    section: 'Text',
    title: 'Column width',
    words: 'measure characters typography',
    command: 'settings.width',
    min: 40,
    max: 100,
    step: 1,
    show: (value) => `${value} characters`,
    ...measure('width'),
  },
  { section: 'Text', title: 'Justify the lines', words: 'align typography', command: 'settings.justify', ...ofText('justify') },
  { section: 'Text', title: 'Hyphenate', words: 'words parted typography', command: 'settings.hyphenate', ...ofText('hyphenate') },
  {
    section: 'Text',
    title: 'Books’ own styles',
    hint: 'Italics, small capitals, verses and what else a book says of single passages. Size, width and colours stay yours.',
    words: 'publisher css formatting epub vertical writing typography',
    command: 'settings.own-styles',
    ...ofText('ownStyles'),
  },
  {
    section: 'Reading',
    title: 'Open the last document at the start',
    words: 'launch reopen continue',
    command: 'settings.reopen',
    ...flag('opensLast'),
  },
  {
    kind: 'choice',
    section: 'Reading',
    title: 'Pages are shown',
    hint: 'Of documents that have pages, such as PDFs.',
    words: 'zoom size fit width per cent pdf',
    command: 'pages.fit-width',
    read: ({ pageZoom }) => String(pageZoom),
    choices: [
      ['width', 'As wide as there is room'],
      ['page', 'Whole'],
      ...ZOOM_STEPS.map((step) => [String(step), `At ${step} %`] as const),
    ],
    write: (chosen) => setPageZoom(chosen === 'width' || chosen === 'page' ? chosen : Number(chosen)),
  },
  {
    kind: 'choice',
    section: 'Notes',
    title: 'Notes stand',
    words: 'margin list view',
    command: 'view.notes-view',
    read: ({ notesView }) => notesView,
    ...choice(
      ['margin', 'list'] as const,
      (view) => (view === 'margin' ? 'Beside their passages' : 'As a list'),
      (notesView) => updateSettings({ notesView }),
    ),
  },
  {
    kind: 'choice',
    section: 'Notes',
    title: 'Colour of new notes',
    hint: 'The one that was used last.',
    words: 'highlight',
    command: 'settings.colour',
    read: ({ lastColour }) => lastColour,
    ...choice(colours, capital, (lastColour) => updateSettings({ lastColour })),
  },
  {
    kind: 'dialog',
    section: 'Notes',
    title: 'Names of the colours',
    hint: 'What you mean by each, such as “claim” or “evidence”.',
    words: 'highlight legend meaning',
    command: 'colours.name',
    label: 'Name the colours…',
  },
  {
    kind: 'words',
    section: 'Notes',
    title: 'Your name',
    hint: 'In a copy of a PDF with your notes in it, as their author.',
    words: 'author creator export me',
    command: 'settings.author',
    longest: 200,
    placeholder: 'Nobody is named',
    read: ({ authorName }) => authorName,
    write: (authorName) => updateSettings({ authorName }),
  },
  { section: 'Notes', title: 'Show notes of others', words: 'people creators', command: 'view.others', ...flag('othersShown') },
  {
    kind: 'choice',
    section: 'Library',
    title: 'Documents are shown',
    words: 'grid covers pictures thumbnails list view',
    command: 'view.documents-view',
    read: ({ documentsView }) => documentsView,
    ...choice(
      ['list', 'covers'] as const,
      (view) => (view === 'list' ? 'As a list' : 'By their covers'),
      (documentsView) => updateSettings({ documentsView }),
    ),
  },
  {
    kind: 'choice',
    section: 'Library',
    title: 'Order of the documents',
    words: 'sort',
    command: 'settings.sort',
    read: ({ sort }) => sort,
    ...choice(
      sortOrders,
      (sort) => SORT_NAMES[sort],
      (sort) => updateSettings({ sort, sortAscending: sort === 'title' }),
    ),
  },
  {
    kind: 'dialog',
    section: 'Library',
    title: 'Library folders',
    hint: 'The folders that Lectern reads where they are, and what is not read of them.',
    words: 'directories files not read',
    command: 'library.folders',
    label: 'Library folders…',
  },
  {
    kind: 'dialog',
    section: 'Library',
    title: 'Inbox',
    hint: 'A library folder where your browser saves pages. In the order by date, what came last stands on top, whatever date it states.',
    words: 'save pages downloads singlefile web clipper',
    command: 'library.inbox',
    label: 'Choose the inbox…',
  },
  {
    kind: 'place',
    section: 'Data and backups',
    title: 'Notes, tags and settings',
    hint: 'Plain files, which can be read without Lectern.',
    words: 'folder path disk data where',
    command: 'settings.data',
    folder: 'data',
  },
  {
    kind: 'place',
    section: 'Data and backups',
    title: 'Backups',
    hint: 'Made by themselves, and checked.',
    words: 'folder path disk zip where',
    command: 'settings.data',
    folder: 'backups',
  },
  {
    kind: 'dialog',
    section: 'Data and backups',
    title: 'Restore from a backup',
    words: 'recover',
    command: 'library.restore',
    label: 'Restore…',
  },
  {
    kind: 'dialog',
    section: 'Data and backups',
    title: 'Export everything',
    words: 'save markdown',
    command: 'export.everything',
    label: 'Export…',
  },
  { kind: 'dialog', section: 'Data and backups', title: 'Import notes', words: 'bring in', command: 'library.import', label: 'Import…' },
  {
    kind: 'fact',
    section: 'Privacy',
    title: 'Nothing leaves this machine',
    hint: 'Lectern makes no request to any network, and has no account and no statistics. Links are opened by your browser, after you were asked.',
    words: 'network telemetry offline tracking internet',
    command: 'settings.privacy',
  },
  {
    kind: 'dialog',
    section: 'Keyboard',
    title: 'Keyboard shortcuts',
    hint: 'Every command with its key, to be changed.',
    words: 'hotkeys',
    command: 'help.shortcuts',
    label: 'Shortcuts…',
  },
];

/** The options in whose title, section or other words each typed word begins a word. */
export function findSettings(typed: string): SettingOption[] {
  const wanted = wordsOf(typed);
  return settingOptions.filter(({ section, title, hint = '', words = '' }) => {
    const all = wordsOf(`${section} ${title} ${hint} ${words}`);
    return wanted.every((each) => all.some((word) => word.startsWith(each)));
  });
}

const wordsOf = (text: string): string[] =>
  foldText(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);

/** Where a folder of the reader's data is: an absolute path. */
export const pathOfFolder = (folder: DataFolder, { dataFolder, platform }: AppInfo): string =>
  folder === 'data' ? dataFolder : `${dataFolder}${platform === 'windows' ? '\\' : '/'}backups`;

/** Sets what is on or off the other way round, and says so; shows the dialog at any other option. */
export function changeSetting(command: CommandId): void {
  const option = settingOptions.find((each) => each.command === command);
  if (option?.kind !== 'switch') {
    showDialog({ type: 'settings', command });
    return;
  }
  const on = !option.read(getState().settings);
  option.write(on);
  notify('info', `${option.title}: ${on ? 'on' : 'off'}.`);
}

/** Sets how the text is set as it is for a reader who has changed nothing. */
export const resetText = (): void => updateSettings({ typography: settingsSchema.parse({}).typography });
