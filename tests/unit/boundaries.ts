import path from 'node:path';
import packageJson from '../../package.json' with { type: 'json' };

/** Who may import whom, for the first matching `who`. Places are path prefixes from the repository's root. */
interface Rule {
  who: string;
  /** Our own modules that it may import, itself included; all when absent. */
  own?: string[];
  /** Packages that it may import, or may not. `node:` stands for all of Node's modules. */
  only?: string[];
  never?: string[];
  because: string;
}

const react = ['react', 'react-dom', 'radix-ui', 'cmdk', 'lucide-react', '@tanstack/react-virtual', '@floating-ui/react'];
const node = ['node:', 'electron'];
/** What each room of the core knows beside itself. */
const shared = [
  'electron/api/',
  'electron/model/',
  'electron/formats/',
  'electron/storage/',
  'electron/log',
  'electron/pacing',
  'electron/time-limit',
  'electron/zip-reader',
  'electron/private-folder',
];
const part = (name: string): Rule => ({
  who: `electron/${name}/`,
  own: [...shared, `electron/${name}/`],
  never: ['electron'],
  because: 'library, notebook, search and interchange stand alone: what they need of one another is injected by electron/core.ts',
});

/** What the page knows of the core. */
const bothEnds = ['electron/api/', 'electron/model/', 'electron/formats/list'];

const rules: Rule[] = [
  {
    who: 'electron/api/',
    own: ['electron/api/', 'electron/model/', 'electron/formats/list'],
    only: ['zod'],
    because: 'the contract is read by both ends and knows only zod and the model',
  },
  {
    who: 'electron/model/',
    own: ['electron/model/', 'electron/formats/list'],
    never: [...node, ...react, 'zustand'],
    because: 'electron/model is pure: both ends compute the same with it',
  },
  {
    who: 'electron/formats/list',
    own: [],
    only: [],
    because: 'electron/formats/list is data that any module may read',
  },
  {
    who: 'electron/formats/',
    own: ['electron/formats/', 'electron/model/', 'electron/time-limit', 'electron/zip-reader'],
    never: ['electron', 'node:fs', 'node:path', ...react],
    because: 'a format reads what it is given: no files, no page',
  },
  {
    who: 'electron/storage/',
    own: [
      'electron/storage/',
      'electron/api/',
      'electron/model/',
      'electron/log',
      'electron/pacing',
      'electron/private-folder',
      'electron/zip-reader',
    ],
    never: ['electron'],
    because: 'electron/storage keeps files and does not know whose',
  },
  ...['library', 'notebook', 'search', 'interchange'].map(part),
  {
    who: 'electron/site/',
    own: ['electron/site/', 'electron/formats/format', 'electron/storage/read-range'],
    never: ['electron'],
    because: 'both hosts serve the site, and it knows neither, nor more of documents than what their bytes are',
  },
  {
    who: 'electron/shell/',
    own: [
      'electron/api/',
      'electron/model/',
      'electron/shell/',
      'electron/core',
      'electron/log',
      'electron/places',
      'electron/site/',
      'electron/signals',
      'electron/library',
      'electron/storage/errno',
    ],
    because: 'the Electron host reaches the parts through electron/core.ts only',
  },
  { who: 'electron/main.ts', own: ['electron/'], because: 'the hosts know nothing of the page' },
  { who: 'electron/preload.ts', own: ['electron/api/'], because: 'the preload script only hands the bridge over' },
  { who: 'electron/vite.', own: ['electron/vite.'], because: 'build configuration is no part of the application' },
  { who: 'electron/scripts/', because: 'scripts are no part of the application' },
  {
    who: 'electron/',
    own: ['electron/'],
    never: ['electron'],
    because: 'all that imports electron is in electron/shell, main.ts and preload.ts',
  },

  { who: 'renderer/vite.config.ts', because: 'build configuration is no part of the application' },
  {
    who: 'renderer/workers/',
    own: ['renderer/workers/', 'electron/formats/markdown/', ...bothEnds],
    never: [...node, ...react],
    because: 'a worker has no page',
  },
  {
    who: 'renderer/reader/',
    own: ['renderer/reader/', 'renderer/workers/', 'electron/formats/markdown/note', ...bothEnds],
    never: [...node, ...react],
    because: 'renderer/reader works on the page without React',
  },
  {
    who: 'renderer/bridge',
    own: ['renderer/bridge', ...bothEnds],
    never: [...node, ...react],
    because: 'the bridge knows the contract and nothing of the application',
  },
  {
    who: 'renderer/sync/',
    own: ['renderer/sync/', 'renderer/state/', 'renderer/reader/', ...bothEnds],
    never: [...node, ...react],
    because: 'renderer/sync keeps what the reader writes and does not know how it is shown',
  },
  {
    who: 'renderer/state/',
    own: ['renderer/state/', 'renderer/sync/', 'renderer/reader/', ...bothEnds],
    never: [...node, 'react-dom', 'radix-ui', 'cmdk'],
    because: 'state does not know how it is shown',
  },
  { who: 'renderer/', own: ['renderer/', ...bothEnds], never: node, because: 'the page meets its host through the contract only' },
];

const importPattern = /(?:^|[\s;}])(?:import|export)\s(?:[^'"();]*?\sfrom\s)?\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/g;

/** The specifiers of all imports of a module's source. */
export const listImports = (source: string): string[] =>
  [...source.matchAll(importPattern)].flatMap(([, declared, dynamic]) => declared ?? dynamic ?? []);

/** The modules of which each imports another and comes back to itself, but for types; by path from the repository’s root, with their sources. */
export function inCircles(sources: ReadonlyMap<string, string>): string[] {
  const moduleOf = (place: string): string | undefined =>
    [place, `${place}.ts`, `${place}.tsx`, `${place.replace(/\/$/, '')}/index.ts`].find((file) => sources.has(file));
  const left = new Map(
    [...sources].map(([file, source]) => {
      const values = source.replace(/\b(?:import|export) type\s[^;]*?from\s*['"][^'"]+['"]/g, '');
      const places = listImports(values).map((specifier) => (specifier.startsWith('#') ? ownNames[specifier] : placeOf(file, specifier)));
      return [file, new Set(places.flatMap((place) => (place === undefined ? [] : (moduleOf(place) ?? []))))];
    }),
  );
  // What imports nothing that is left, or is imported by nothing that is, is in no circle.
  for (let before = -1; before !== left.size; ) {
    before = left.size;
    const imported = new Set([...left.values()].flatMap((imports) => [...imports].filter((file) => left.has(file))));
    for (const [file, imports] of left) if (!imported.has(file) || ![...imports].some((each) => left.has(each))) left.delete(file);
  }
  return [...left.keys()];
}

/** Whether a module takes what changes the window’s store, or calls it on that. */
export const changesStore = (source: string): boolean =>
  /import \{[^}]*\bsetState\b[^}]*\} from '[^']*\bstore'/.test(source) || /\bstore\.setState\(/.test(source);

/** Why the module `file` may not import `specifier`, for whoever wrote it; `undefined` where it may. */
export function explainCrossing(file: string, specifier: string): string | undefined {
  const rule = rules.find(({ who }) => file.startsWith(who));
  if (!rule) return undefined;
  const target = specifier.startsWith('#') ? ownNames[specifier] : placeOf(file, specifier);
  const allowed = target === undefined ? mayUsePackage(rule, specifier) : mayUseOwn(rule, target);
  return allowed ? undefined : `${file} imports ${target ?? specifier}, but ${rule.because}.`;
}

/** What package.json names `#…`, as places from the repository's root. */
const ownNames = Object.fromEntries(
  Object.entries(packageJson.imports).map(([name, file]) => [name, path.posix.join(file).replace(/(?:index)?\.ts$/, '')]),
);

const placeOf = (file: string, specifier: string): string | undefined =>
  specifier.startsWith('.') ? path.posix.join(path.posix.dirname(file), specifier) : undefined;

/** A folder's index counts as in the folder. */
const mayUseOwn = ({ own }: Rule, target: string): boolean =>
  own === undefined || own.some((place) => target.startsWith(place) || `${target}/` === place);

function mayUsePackage({ only, never = [] }: Rule, specifier: string): boolean {
  const matches = (name: string) => specifier === name || specifier.startsWith(name.endsWith(':') ? name : `${name}/`);
  return (only === undefined || only.some(matches)) && !never.some(matches);
}
