import { describe, expect, test } from 'vitest';
import { commandIds, commands } from '#api';
import { acceleratorOf } from '../../../electron/shell/accelerators';

describe('acceleratorOf', () => {
  test.each([
    ['Mod+O', 'CommandOrControl+O', false],
    ['Mod+Shift+E', 'CommandOrControl+Shift+E', false],
    ['Mod+Alt+B', 'CommandOrControl+Alt+B', false],
    ['Mod+,', 'CommandOrControl+,', false],
    ['Mod++', 'CommandOrControl+Plus', false],
    ['Mod+=', 'CommandOrControl+=', false],
    ['Alt+ArrowLeft', 'Alt+Left', false],
    ['Ctrl+ ', 'Control+Space', false],
    ['F3', 'F3', false],
    ['Shift+F3', 'Shift+F3', false],
    ['J', 'J', true],
    ['Shift+J', 'Shift+J', true],
    ['1', '1', true],
    ['+', 'Plus', true],
    ['?', '?', true],
    ['Enter', 'Enter', true],
    ['Delete', 'Delete', true],
  ])('%s is %s', (binding, accelerator, plain) => {
    expect(acceleratorOf(binding)).toEqual({ accelerator, plain });
  });

  test.each(['', 'Mod+', 'Mod+é', 'Mod+MediaPlay', 'Hyper+J', 'F25', 'Mod+ArrowSideways', 'constructor', 'constructor+J'])(
    '%j has no name in Electron',
    (binding) => {
      expect(acceleratorOf(binding)).toBeUndefined();
    },
  );

  test('every default key of the registry can be shown', () => {
    const keys = commandIds.flatMap((id) => commands[id].keys);
    expect(keys.filter((key) => acceleratorOf(key) === undefined)).toEqual([]);
  });
});
