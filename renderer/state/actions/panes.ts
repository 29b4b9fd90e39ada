import { type AppState, getState, setState } from '../store';
import { focusPane, isPaneFocused } from './focus';
import { updateSettings } from './settings';

/** A pane beside the text, which in a narrow window is a drawer over it. */
export type SidePane = 'library' | 'outline' | 'notes';

/** Where a pane has no room beside the text; the style sheets of the panes have the same widths. */
export const drawerQueries: Record<SidePane, string> = {
  library: '(max-width: 699.98px)',
  outline: '(max-width: 1239.98px)',
  notes: '(max-width: 999.98px)',
};

/** Whether a pane is open beside the text. */
export const settingOf = { library: 'libraryOpen', outline: 'outlineOpen', notes: 'notesOpen' } as const;

/** The same while search results stand beside the text. */
const drawerQueriesBesideResults: Record<SidePane, string> = {
  library: drawerQueries.library,
  outline: '(max-width: 1699.98px)',
  notes: '(max-width: 1699.98px)',
};

export const drawerQueryOf = (pane: SidePane, { results }: Pick<AppState, 'results'>): string =>
  (results ? drawerQueriesBesideResults : drawerQueries)[pane];

const isDrawer = (pane: SidePane): boolean => matchMedia(drawerQueryOf(pane, getState())).matches;

/** A pane beside the text stays as it was left, over restarts too; a drawer is there only while it is wanted. */
function setPane(pane: SidePane, open: boolean): void {
  const { drawer } = getState();
  if (!isDrawer(pane)) updateSettings({ [settingOf[pane]]: open });
  else if (open) setState({ drawer: pane });
  else if (drawer === pane) setState({ drawer: undefined });
}

export const openPane = (pane: SidePane): void => setPane(pane, true);
export const closePane = (pane: SidePane): void => setPane(pane, false);

export function isPaneOpen(pane: SidePane): boolean {
  const { drawer, settings } = getState();
  return isDrawer(pane) ? drawer === pane : settings[settingOf[pane]];
}

export const togglePane = (pane: SidePane): void => setPane(pane, !isPaneOpen(pane));

/** Opens the outline, which then has the keyboard, or closes it. */
export function toggleOutline(): void {
  const hadFocus = isPaneFocused('outline');
  togglePane('outline');
  // Once it is drawn, or gone.
  setTimeout(() => {
    if (isPaneOpen('outline')) focusPane('outline');
    else if (hadFocus) focusPane('main');
  });
}

/** Whether a pane lies over the text. */
export const hasDrawer = ({ drawer }: Pick<AppState, 'drawer'>): boolean => drawer !== undefined && isDrawer(drawer);

/** Takes away what lies over the text; whether there was anything. */
export function closeDrawer(): boolean {
  if (!hasDrawer(getState())) return false;
  setState({ drawer: undefined });
  return true;
}

/** Takes the library away when it lies over what was chosen in it. */
export function leaveLibraryDrawer(): void {
  if (getState().drawer === 'library') setState({ drawer: undefined });
}

/** Keeps the note that is being written on the screen while the window becomes too narrow for notes beside the text. */
export function keepEditorInSight(): void {
  for (const query of [drawerQueries.notes, drawerQueriesBesideResults.notes])
    matchMedia(query).addEventListener('change', ({ matches }) => {
      const state = getState();
      const isMeant = matches && query === drawerQueryOf('notes', state);
      if (isMeant && state.editingNoteId !== undefined && state.settings.notesOpen) setState({ drawer: 'notes' });
    });
}
