import { TriangleAlert } from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';
import { type CommandId, commandIds, commands, keysOf, type MenuName, menus } from '#api';
import { updateSettings } from '../../state/actions/settings';
import { keyClashes } from '../../state/commands';
import { bindingOf, keyParts, spokenKey } from '../../state/keys';
import { getState, useStore } from '../../state/store';
import { Button } from '../kit/Button';
import { Dialog } from '../kit/Dialog';
import './dialogs.css';

const MENU_TITLES: Record<MenuName, string> = {
  file: 'File',
  edit: 'Edit',
  view: 'View',
  go: 'Go',
  note: 'Passages and notes',
  settings: 'Settings',
  help: 'Help',
};

/** Every command with its key, to be changed by pressing another one. */
export function ShortcutsDialog() {
  const own = useStore((state) => state.settings.keys);
  const [recording, setRecording] = useState<CommandId>();
  const clashes = keyClashes(own);
  return (
    <Dialog
      title="Keyboard shortcuts"
      description="Choose a key to change it: press the new one, Backspace for none, Escape to leave it. One-letter keys work while no text is being written."
      width={760}
      keepsEscape={recording !== undefined}
      foot={<Button onClick={() => updateSettings({ keys: {} })}>Use the usual keys again</Button>}
    >
      <div className="shortcut-groups">
        {menus.map((menu) => (
          <section key={menu} aria-labelledby={`keys-${menu}`}>
            <h3 id={`keys-${menu}`}>{MENU_TITLES[menu]}</h3>
            <ul>
              {commandIds
                .filter((id) => commands[id].menu === menu)
                .map((id) => (
                  <ShortcutRow
                    key={id}
                    id={id}
                    recording={recording === id}
                    clash={clashWith(id, keysOf(id, own), clashes)}
                    onRecord={(on) => setRecording(on ? id : undefined)}
                  />
                ))}
            </ul>
          </section>
        ))}
      </div>
    </Dialog>
  );
}

/** The other commands that a command shares a key with. */
const clashWith = (id: CommandId, keys: readonly string[], clashes: ReadonlyMap<string, CommandId[]>): string =>
  [...new Set(keys.flatMap((key) => clashes.get(key) ?? []))]
    .filter((other) => other !== id)
    .map((other) => commands[other].title)
    .join(', ');

interface ShortcutRowProps {
  id: CommandId;
  recording: boolean;
  clash: string;
  onRecord(on: boolean): void;
}

function ShortcutRow({ id, recording, clash, onRecord }: ShortcutRowProps) {
  const own = useStore((state) => state.settings.keys);
  const platform = useStore((state) => state.info.platform);
  const keys = keysOf(id, own);
  const { title } = commands[id];
  const record = (event: KeyboardEvent) => {
    if (!recording || event.key === 'Tab') return;
    const binding = bindingOf(event.nativeEvent, platform);
    if (binding === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    onRecord(false);
    if (binding === 'Escape') return;
    updateSettings({ keys: { ...getState().settings.keys, [id]: binding === 'Backspace' ? '' : binding } });
  };
  return (
    <li>
      <span>{title}</span>
      {clash !== '' && (
        <span className="shortcut-clash">
          <TriangleAlert aria-hidden="true" />
          also: {clash}
        </span>
      )}
      <button
        type="button"
        className="shortcut-key"
        aria-label={
          recording
            ? `Press the new key for ${title}`
            : `${title}: ${keys.map((key) => spokenKey(key, platform)).join(' or ') || 'no key'}. Change`
        }
        aria-pressed={recording}
        onClick={() => onRecord(!recording)}
        onBlur={() => recording && onRecord(false)}
        onKeyDown={record}
      >
        {recording ? (
          'Press a key'
        ) : keys.length === 0 ? (
          'none'
        ) : (
          <span className="keys">
            {keys.map((key, index) => (
              <span key={key} className="keys">
                {index > 0 && <span className="shortcut-or">or</span>}
                {keyParts(key, platform).map((part) => (
                  <kbd key={part}>{part}</kbd>
                ))}
              </span>
            ))}
          </span>
        )}
      </button>
    </li>
  );
}
