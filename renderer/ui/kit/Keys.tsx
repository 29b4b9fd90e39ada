import { type CommandId, keysOf } from '#api';
import { keyParts } from '../../state/keys';
import { getState, useStore } from '../../state/store';

/** The first key of a command, set as keys; nothing when it has none. */
export function Keys({ command }: { command: CommandId }) {
  const own = useStore((state) => state.settings.keys);
  const key = keysOf(command, own)[0];
  return key === undefined ? null : <KeyCombination keys={key} />;
}

/** A key as the reader's system writes it, `Mod+Enter` for one. */
export function KeyCombination({ keys }: { keys: string }) {
  const platform = useStore((state) => state.info.platform);
  return (
    <span className="keys" aria-hidden="true">
      {keyParts(keys, platform).map((part) => (
        <kbd key={part}>{part}</kbd>
      ))}
    </span>
  );
}

/** What a control does, with the key that does the same. */
export function withKeys(label: string, command: CommandId): string {
  const keys = keyText(command);
  return keys === undefined ? label : `${label} (${keys})`;
}

/** The first key of a command on one line, for tips; `undefined` when it has none. */
export function keyText(command: CommandId): string | undefined {
  const { settings, info } = getState();
  const key = keysOf(command, settings.keys)[0];
  return key === undefined ? undefined : keyParts(key, info.platform).join(info.platform === 'mac' ? '' : ' ');
}
