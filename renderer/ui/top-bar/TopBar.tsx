import {
  ALargeSmall,
  ArrowLeft,
  ArrowRight,
  type LucideIcon,
  Moon,
  PanelLeft,
  PanelRight,
  Share,
  Sun,
  TableOfContents,
} from 'lucide-react';
import type { CommandId } from '#api';
import { isEnabled, runCommand } from '../../state/commands';
import { useStore } from '../../state/store';
import { IconButton } from '../kit/Button';
import { keyText } from '../kit/Keys';
import { usePane } from '../kit/use-pane';
import { TypographyPanel } from '../reader/TypographyPanel';
import { SearchBox } from './SearchBox';
import './top-bar.css';

/** The bar above: panes, history, search, and how what is read looks. */
export function TopBar() {
  const hasBack = useStore((state) => state.jumps.back.length > 0);
  const hasForward = useStore((state) => state.jumps.forward.length > 0);
  const libraryOpen = usePane('library') !== 'closed';
  const outlineOpen = usePane('outline') !== 'closed';
  const notesOpen = usePane('notes') !== 'closed';
  const hasOutline = useStore((state) => isEnabled('view.outline', state));
  return (
    <header className="top-bar" data-pane="top">
      <span className="brand">Lectern</span>
      <BarButton label="Library pane" command="view.library" icon={PanelLeft} isPressed={libraryOpen} />
      <BarButton label="Back" command="go.back" icon={ArrowLeft} isOff={!hasBack} />
      <BarButton label="Forward" command="go.forward" icon={ArrowRight} isOff={!hasForward} isSpare />
      <SearchBox />
      <TypographyPanel>
        <IconButton label="Typography" keys={keyText('view.typography')}>
          <ALargeSmall />
        </IconButton>
      </TypographyPanel>
      <IconButton label="Theme" data-spare keys={keyText('view.theme')} onClick={() => runCommand('view.theme')}>
        <Moon className="to-dark" />
        <Sun className="to-light" />
      </IconButton>
      <BarButton label="Export" command="export.document" icon={Share} isSpare />
      <BarButton label="Outline" command="view.outline" icon={TableOfContents} isPressed={outlineOpen} isOff={!hasOutline} />
      <BarButton label="Notes pane" command="view.notes" icon={PanelRight} isPressed={notesOpen} />
    </header>
  );
}

interface BarButtonProps {
  label: string;
  command: CommandId;
  icon: LucideIcon;
  /** For a button that turns something on and off. */
  isPressed?: boolean;
  isOff?: boolean;
  /** It gives way first where fingers need room. */
  isSpare?: boolean;
}

/** A button for a command. Off, it keeps the focus, which `disabled` would throw away. */
const BarButton = ({ label, command, icon: Icon, isPressed, isOff = false, isSpare = false }: BarButtonProps) => (
  <IconButton
    label={label}
    keys={keyText(command)}
    aria-pressed={isPressed}
    aria-disabled={isOff || undefined}
    data-spare={isSpare || undefined}
    onClick={() => !isOff && runCommand(command)}
  >
    <Icon />
  </IconButton>
);
