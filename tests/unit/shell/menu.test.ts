import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, test } from 'vitest';
import { type CommandId, commandIds, commands } from '#api';
import { type MenuOptions, menuTemplate } from '../../../electron/shell/menu';

type Click = NonNullable<MenuItemConstructorOptions['click']>;

function build(options: Partial<MenuOptions> = {}) {
  const run: CommandId[] = [];
  const native: string[] = [];
  const template = menuTemplate({
    platform: 'linux',
    development: false,
    keys: {},
    run: (command) => run.push(command),
    page: () => ({ undo: () => native.push('undo'), redo: () => native.push('redo') }),
    ...options,
  });
  const items = template.flatMap(({ submenu }) => (Array.isArray(submenu) ? submenu : []));
  const item = (id: CommandId): MenuItemConstructorOptions => items.find((candidate) => candidate.id === id) ?? {};
  const click = (id: CommandId, triggeredByAccelerator = false) => {
    const [menuItem, window] = [undefined, undefined] as unknown as Parameters<Click>;
    item(id).click?.(menuItem, window, { triggeredByAccelerator });
  };
  return { template, items, item, click, run, native };
}

const roles = (items: MenuItemConstructorOptions[]) => items.flatMap(({ role }) => role ?? []);

describe('menuTemplate', () => {
  test('has every command of the registry once, in its menu and order', () => {
    const { items, template } = build();
    expect(items.flatMap(({ id }) => id ?? []).sort()).toEqual([...commandIds].sort());
    const file = template.find(({ label }) => label === '&File')?.submenu;
    const inFile = Array.isArray(file) ? file.flatMap(({ id }) => id ?? []) : [];
    expect(inFile).toEqual(commandIds.filter((id) => commands[id].menu === 'file'));
  });

  test('no two separators meet, and none begins or ends a menu', () => {
    for (const { submenu } of build().template) {
      const kinds = Array.isArray(submenu) ? submenu.map(({ type }) => type ?? 'item') : [];
      expect(kinds[0]).toBe('item');
      expect(kinds.at(-1)).toBe('item');
      expect(kinds.join(' ')).not.toContain('separator separator');
    }
  });

  test('clicking runs the command in the page', () => {
    const { click, run } = build();
    click('export.document');
    click('edit.undo');
    expect(run).toEqual(['export.document', 'edit.undo']);
  });

  test('keys are shown and never taken: the page handles them', () => {
    const { item } = build();
    expect(item('library.open-files')).toMatchObject({ accelerator: 'CommandOrControl+O', registerAccelerator: false });
    expect(item('highlight.yellow')).toMatchObject({ label: 'Highlight yellow', accelerator: '1', registerAccelerator: false });
  });

  test('on macOS a plain key stands in the label, where it cannot be taken from a text field', () => {
    const { item } = build({ platform: 'darwin' });
    expect(item('highlight.yellow')).toMatchObject({ label: 'Highlight yellow (1)' });
    expect(item('highlight.yellow').accelerator).toBeUndefined();
    expect(item('find.next').accelerator).toBe('F3');
  });

  test('on macOS a key that the page left to a text field undoes there, and runs no command', () => {
    const { click, run, native } = build({ platform: 'darwin' });
    click('edit.undo', true);
    click('edit.redo', true);
    click('go.search', true);
    expect(native).toEqual(['undo', 'redo']);
    expect(run).toEqual([]);
  });

  test("the reader's own keys take the place of the default ones", () => {
    const { item } = build({ keys: { 'go.search': 'Mod+Shift+S', 'view.library': '', 'view.theme': 'Mod+é' } });
    expect(item('go.search').accelerator).toBe('CommandOrControl+Shift+S');
    expect(item('view.library').accelerator).toBeUndefined();
    expect(item('view.theme').accelerator).toBeUndefined();
  });

  test('the developer tools are in the menu only in development; nothing reloads or zooms the page', () => {
    expect(roles(build().items)).not.toContain('toggleDevTools');
    expect(roles(build({ development: true }).items)).toContain('toggleDevTools');
    for (const role of ['reload', 'forceReload', 'zoomIn', 'zoomOut', 'resetZoom']) expect(roles(build().items)).not.toContain(role);
  });

  test('has what each system expects', () => {
    expect(roles(build({ platform: 'darwin' }).template)).toEqual(['appMenu', 'windowMenu', 'help']);
    expect(roles(build({ platform: 'win32' }).template)).toEqual(['help']);
    expect(roles(build().items)).toEqual(expect.arrayContaining(['quit', 'cut', 'copy', 'paste', 'selectAll', 'togglefullscreen']));
  });
});
