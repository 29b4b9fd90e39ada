import {
  type KeptTable,
  keptTables,
  mergeTables,
  ok,
  type Result,
  type Settings,
  type SettingsPatch,
  settingsPatchSchema,
  settingsSchema,
  typographySchema,
} from '#api';
import { countSettings } from '../storage/backups/manifest';
import type { FileKind } from '../storage/file-kind';
import type { Recoverable } from '../storage/losses';
import { type FileOptions, type FileStore, openFile } from '../storage/open-stored-file';
import { isRecord, listOf } from '../storage/records';
import type { Validated } from '../storage/validation';

/** The reader's preferences. */
export interface SettingsStore extends FileStore {
  read(): Settings;
  /** Changes what is in `patch`; the rest stays. */
  update(patch: SettingsPatch): Promise<Result<Settings>>;
  /**
   * What versions before `machines/` kept here of whichever machine wrote last. It stays as it is: a machine that is to be updated yet
   * finds its own in it.
   */
  earlierMachine(): { folders: string[]; windowState: unknown };
}

/** `settings.json`: only what was ever set, so that later defaults reach those who chose nothing. */
type SettingsFile = Record<string, unknown>;

const label = 'The file of your settings (settings.json)';

const recovery: Recoverable<SettingsFile> = {
  subject: 'settings',
  lost: label,
  holds: () => 'your settings',
  isBack: () => 'Your settings are back',
  goneOn: 'Your settings stay as they are now. The file that could not be read is still in the quarantine.',
  isLocking: false,
};

const kind: FileKind<SettingsFile> = { label, validate: validateSettings, merge: mergeSettings, recovery };

/** Opens `settings.json` of a data folder. A value that makes no sense counts as its default, and stays in the file until it is set anew. */
export async function openSettings(options: FileOptions): Promise<SettingsStore> {
  const { file, store } = await openFile<SettingsFile>('settings.json', kind, countSettings, options);
  const change = (next: (before: SettingsFile) => SettingsFile) => file.change((before = {}) => next(before));
  return {
    ...store,
    read: () => parseSettings(file.value ?? {}).settings,
    async update(patch) {
      const checked = withoutUndefined(settingsPatchSchema.parse(patch));
      const written = await change((before) => {
        const typography = checked.typography && { ...(isRecord(before.typography) && before.typography), ...checked.typography };
        return { ...before, ...checked, ...(typography && { typography }), ...mergedTables(before, checked) };
      });
      return written.ok ? ok(parseSettings(written.value).settings) : written;
    },
    earlierMachine: () => ({
      folders: listOf(file.value?.folders).filter((each) => typeof each === 'string'),
      windowState: file.value?.windowState,
    }),
  };
}

/**
 * What was set since the loss stays, since the reader has seen and chosen it; everything else is as in the backup. Tables grow
 * together, so that no key is lost either way.
 */
function mergeSettings(copy: SettingsFile, since: SettingsFile): SettingsFile {
  const together = (field: string) => ({ ...(isRecord(copy[field]) && copy[field]), ...(isRecord(since[field]) && since[field]) });
  const merged: SettingsFile = { ...copy, ...since };
  for (const field of ['typography', 'keys', 'colourNames']) if (field in merged) merged[field] = together(field);
  return { ...merged, ...mergedTables(copy, since) };
}

/** The tables that `since` has, with what `copy` has of each. */
const mergedTables = (copy: SettingsFile, since: SettingsFile): SettingsFile =>
  Object.fromEntries(
    (Object.keys(keptTables) as KeptTable[])
      .filter((table) => table in since)
      .map((table) => [table, mergeTables(table, recordOf(copy[table]), recordOf(since[table]))]),
  );

const recordOf = (value: unknown): Record<string, unknown> => (isRecord(value) ? value : {});

function validateSettings(content: unknown): Validated<SettingsFile> {
  if (!isRecord(content)) return { kind: 'bad', reason: 'it does not hold settings' };
  const { wrong } = parseSettings(content);
  const remarks = wrong.length > 0 ? [`${label} has values that make no sense: ${wrong.join(', ')}. The usual ones are used instead.`] : [];
  return { kind: 'good', value: content, remarks };
}

/** The settings in a file, with defaults for what is absent or wrong; `wrong` names the latter. */
function parseSettings(raw: SettingsFile): { settings: Settings; wrong: string[] } {
  const { typography: rawTypography, ...others } = raw;
  // One entry of a table that makes no sense does not take the others down.
  const tables = (Object.keys(keptTables) as KeptTable[])
    .filter((name) => isRecord(others[name]))
    .map((name) => readTable(name, recordOf(others[name])));
  const rest = { ...others, ...Object.fromEntries(tables.map(({ name, entries }) => [name, entries])) };
  const { typography: _typography, ...shape } = settingsSchema.shape;
  const flat = pickValid(shape, rest);
  const typography = pickValid(typographySchema.shape, isRecord(rawTypography) ? rawTypography : {});
  const wrong = [
    ...flat.wrong,
    ...tables.flatMap(({ wrong: ids, name }) => ids.map((id) => `${name}.${id}`)),
    ...(rawTypography === undefined || isRecord(rawTypography) ? [] : ['typography']),
    ...typography.wrong.map((name) => `typography.${name}`),
  ];
  return { settings: settingsSchema.parse({ ...flat.valid, typography: typography.valid }), wrong };
}

/** The entries of a table that make sense, and the ids of the others. */
function readTable(name: KeptTable, raw: Record<string, unknown>): { name: KeptTable; entries: Record<string, unknown>; wrong: string[] } {
  const good = Object.entries(raw).filter(([, entry]) => keptTables[name].safeParse(entry).success);
  return { name, entries: Object.fromEntries(good), wrong: Object.keys(raw).filter((id) => !good.some(([each]) => each === id)) };
}

interface Schema {
  safeParse(value: unknown): { success: boolean };
}

function pickValid(shape: Record<string, Schema>, raw: Record<string, unknown>): { valid: Record<string, unknown>; wrong: string[] } {
  const present = Object.entries(shape).filter(([name]) => raw[name] !== undefined);
  const good = present.filter(([name, schema]) => schema.safeParse(raw[name]).success);
  const bad = present.filter(([name, schema]) => !schema.safeParse(raw[name]).success);
  return { valid: Object.fromEntries(good.map(([name]) => [name, raw[name]])), wrong: bad.map(([name]) => name) };
}

const withoutUndefined = <T extends object>(value: T): Partial<T> =>
  Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as Partial<T>;
