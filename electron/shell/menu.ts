import type { MenuItemConstructorOptions, WebContents } from 'electron';
import { type CommandId, commandIds, commands, keysOf, type MenuName } from '#api';
import { acceleratorOf } from './accelerators';

export interface MenuOptions {
  platform: NodeJS.Platform;
  development: boolean;
  /** The reader's own keys by command. */
  keys: Readonly<Record<string, string>>;
  /** Runs a command in the page. */
  run(command: CommandId): void;
  /** The page, for native undo and redo; `undefined` while there is no window. */
  page(): Pick<WebContents, 'undo' | 'redo'> | undefined;
}

/** Commands that begin a group within their menu. */
const groupStarts: ReadonlySet<CommandId> = new Set([
  'export.document',
  'find.open',
  'text.larger',
  'go.back',
  'go.next-document',
  'go.next-note',
  'go.next-pane',
  'go.all-documents',
  'note.add',
  'note.edit',
  'page-note.add',
  'settings.theme',
  'settings.reopen',
] satisfies CommandId[]);

/** The native menu: every command of the registry in its menu, and what the system expects beside them. */
export function menuTemplate(options: MenuOptions): MenuItemConstructorOptions[] {
  const mac = options.platform === 'darwin';
  const items = (menu: MenuName) => commandItems(menu, options);
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  const clipboard: MenuItemConstructorOptions[] = [{ role: 'cut' }, { role: 'copy' }, { role: 'paste' }, { role: 'selectAll' }];
  const [edit, find] = splitAt(items('edit'), 'find.open');
  const developer: MenuItemConstructorOptions[] = options.development ? [separator, { role: 'toggleDevTools' }] : [];
  return [
    ...(mac ? [{ role: 'appMenu' } as const] : []),
    { label: '&File', submenu: [...items('file'), separator, mac ? { role: 'close' } : { role: 'quit' }] },
    { label: '&Edit', submenu: [...edit, separator, ...clipboard, ...find] },
    { label: '&View', submenu: [...items('view'), separator, { role: 'togglefullscreen' }, ...developer] },
    { label: '&Go', submenu: items('go') },
    { label: '&Note', submenu: items('note') },
    { label: '&Settings', submenu: items('settings') },
    ...(mac ? [{ role: 'windowMenu' } as const] : []),
    { role: 'help', label: '&Help', submenu: items('help') },
  ];
}

/** The items before the group of `id`, and those from its separator on. */
function splitAt(items: MenuItemConstructorOptions[], id: CommandId): [MenuItemConstructorOptions[], MenuItemConstructorOptions[]] {
  const index = Math.max(0, items.findIndex((item) => item.id === id) - 1);
  return [items.slice(0, index), items.slice(index)];
}

const commandItems = (menu: MenuName, options: MenuOptions): MenuItemConstructorOptions[] =>
  commandIds
    .filter((id) => commands[id].menu === menu)
    .flatMap((id) => (groupStarts.has(id) ? [{ type: 'separator' as const }, commandItem(id, options)] : [commandItem(id, options)]));

/**
 * The page handles every key itself, so an item only shows its keys. On Linux and Windows `registerAccelerator` says so;
 * macOS has no such thing: there the page gets a key first, and the menu only those that the page left alone.
 */
function commandItem(id: CommandId, { platform, keys, run, page }: MenuOptions): MenuItemConstructorOptions {
  const binding = keysOf(id, keys)[0];
  const key = binding === undefined ? undefined : acceleratorOf(binding);
  const label = commands[id].title.replaceAll('&', '&&');
  // A plain key would be taken from text that is being written in a native field.
  const inLabel = platform === 'darwin' && key?.plain === true;
  return {
    id,
    label: inLabel ? `${label} (${binding})` : label,
    ...(key && !inLabel && { accelerator: key.accelerator, registerAccelerator: false }),
    click: (_item, _window, event) => {
      if (event.triggeredByAccelerator) undoNatively(id, page());
      else run(id);
    },
  };
}

/** On macOS a text field knows no Command-Z of its own: it comes by the menu, when the page left the key to the field. */
function undoNatively(id: CommandId, page: Pick<WebContents, 'undo' | 'redo'> | undefined): void {
  if (id === 'edit.undo') page?.undo();
  if (id === 'edit.redo') page?.redo();
}
