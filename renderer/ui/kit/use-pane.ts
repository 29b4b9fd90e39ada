import { drawerQueryOf, type SidePane, settingOf } from '../../state/actions/panes';
import { useStore } from '../../state/store';
import { useMedia } from './use-media';

/** How a pane is shown: beside the text, as a drawer over it, or not at all. */
export function usePane(pane: SidePane): 'beside' | 'drawer' | 'closed' {
  const drawer = useStore((state) => state.drawer);
  const isOpenBeside = useStore(({ settings }) => settings[settingOf[pane]]);
  const drawerQuery = useStore((state) => drawerQueryOf(pane, state));
  if (useMedia(drawerQuery)) return drawer === pane ? 'drawer' : 'closed';
  return isOpenBeside ? 'beside' : 'closed';
}
