import { expect, it } from 'vitest';
import { settingsSchema } from '#api';
import { findSettings, settingOptions } from '../../../renderer/state/setting-options';

/** What the application keeps for itself, and what has a place of its own. */
const NO_OPTIONS = [
  'keys',
  'colourNames',
  'recentCommands',
  'recentTags',
  'savedSearches',
  'collections',
  'lastDocumentId',
  'reopenLast',
  'sortAscending',
  'noteOrder',
];

it('has an option for every setting', () => {
  const usual = settingsSchema.parse({});
  const readBy = (settings: typeof usual) =>
    settingOptions.map((option) => ('read' in option ? JSON.stringify(option.read(settings)) : undefined));
  const before = readBy(usual);
  const { typography, ...others } = usual;
  const all: [string, unknown, (changed: never) => typeof usual][] = [
    ...Object.entries(typography).map(([name, value]): (typeof all)[number] => [
      name,
      value,
      (changed) => ({ ...usual, typography: { ...typography, [name]: changed } }),
    ]),
    ...Object.entries(others).map(([name, value]): (typeof all)[number] => [name, value, (changed) => ({ ...usual, [name]: changed })]),
  ];
  const without = all
    .filter(([, value, change]) => {
      const changed = typeof value === 'boolean' ? !value : typeof value === 'number' ? value + 1 : `${value} another`;
      return JSON.stringify(readBy(change(changed as never))) === JSON.stringify(before);
    })
    .map(([name]) => name);
  expect(without.filter((name) => !NO_OPTIONS.includes(name))).toEqual([]);
});

it.each([
  ['dark', ['Theme']],
  ['FONT', ['Font', 'Size']],
  ['backup', ['Notes, tags and settings', 'Backups', 'Restore from a backup', 'Export everything', 'Import notes']],
  ['hyph', ['Hyphenate']],
  ['vertical', ['Books’ own styles']],
  ['xyzzy', []],
])('%s finds %j', (typed, titles) => {
  const found = findSettings(typed).map(({ title }) => title);
  expect(found.filter((title) => titles.includes(title))).toEqual(titles);
  if (titles.length === 0) expect(found).toEqual([]);
});
