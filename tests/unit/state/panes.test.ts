import { expect, onTestFinished, test, vi } from 'vitest';
import { settingsSchema } from '#api';
import { keepEditorInSight } from '../../../renderer/state/actions/panes';
import { getState, type ResultsState, setState } from '../../../renderer/state/store';

const results: ResultsState = { opening: 1, query: 'x', order: 'best', scope: 'all', isPending: false, active: 0, isBehind: false };

/** A window that can become so narrow that a media query for at most so many pixels matches. */
function stubWindow() {
  let width = 2000;
  const queries = new Map<string, (event: { matches: boolean }) => void>();
  const matches = (query: string): boolean => width <= Number(/[\d.]+/.exec(query)?.[0]);
  vi.stubGlobal('matchMedia', (query: string) => ({
    matches: matches(query),
    addEventListener: (_type: 'change', listener: (event: { matches: boolean }) => void) => void queries.set(query, listener),
  }));
  onTestFinished(() => void vi.unstubAllGlobals());
  return (to: number): void => {
    const before = new Map([...queries.keys()].map((query) => [query, matches(query)]));
    width = to;
    for (const [query, listener] of queries) if (matches(query) !== before.get(query)) listener({ matches: matches(query) });
  };
}

test.each([
  ['with search results beside the text', results, 1500, 'notes'],
  ['without search results', undefined, 1500, undefined],
  ['without search results, in a narrow window', undefined, 900, 'notes'],
] as const)('keeps the note that is written on the screen as the window narrows: %s', (_name, shown, width, drawer) => {
  const resize = stubWindow();
  const settings = { ...settingsSchema.parse({}), notesOpen: true };
  setState({ results: shown, drawer: undefined, settings, editingNoteId: '01890000-0000-7000-8000-000000000001' });
  keepEditorInSight();
  resize(width);
  expect(getState().drawer).toBe(drawer);
});
