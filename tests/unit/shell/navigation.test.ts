import type { ContextMenuParams } from 'electron';
import { beforeEach, describe, expect, test } from 'vitest';
import { setUpNavigation } from '../../../electron/shell/navigation';
import { asElectron, createElectron, emitPreventable, importWith, type StandIn } from './electron-stand-in';

let electron: StandIn;
beforeEach(() => {
  electron = createElectron();
});
const open = () => new electron.module.BrowserWindow({}).webContents;

describe('setUpNavigation', () => {
  test.each(['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview'])('%s is refused', (name) => {
    setUpNavigation(asElectron(electron.app));
    expect(emitPreventable(open(), name, 'https://example.com/')).toBe(true);
  });

  test('opens no window, and no direct connection', () => {
    setUpNavigation(asElectron(electron.app));
    const contents = open();
    expect(contents.windowOpenHandler?.(asElectron({ url: 'https://example.com/' }))).toEqual({ action: 'deny' });
    expect(contents.rtcPolicy).toBe('disable_non_proxied_udp');
  });
});

describe('setUpContextMenu', () => {
  const editFlags = { canCut: true, canCopy: true, canPaste: true, canSelectAll: true } as ContextMenuParams['editFlags'];
  const params = { editFlags, isEditable: false, selectionText: '', misspelledWord: '', dictionarySuggestions: [] as string[] };
  const load = () => importWith(electron, () => import('../../../electron/shell/context-menu'));

  test('is shown over a selection and over text fields only', async () => {
    const { setUpContextMenu } = await load();
    setUpContextMenu(asElectron(electron.app));
    const contents = open();
    contents.emit('context-menu', {}, params);
    expect(electron.journal).not.toContain('popup');
    contents.emit('context-menu', {}, { ...params, selectionText: 'words' });
    expect(electron.journal).toContain('popup');
  });

  test('offers the clipboard, and spellings that replace the word', async () => {
    const { contextMenuTemplate } = await load();
    const contents = open();
    expect(contextMenuTemplate({ ...params, selectionText: 'words' }, contents)).toEqual([{ role: 'copy' }]);
    const template = contextMenuTemplate(
      { ...params, isEditable: true, misspelledWord: 'wrods', dictionarySuggestions: ['words'] },
      contents,
    );
    expect(template.map(({ role, label, type }) => role ?? label ?? type)).toEqual([
      'words',
      'separator',
      'cut',
      'copy',
      'paste',
      'selectAll',
    ]);
    template[0]?.click?.(asElectron({}), undefined, {});
    expect(contents.journal).toEqual(['replaceMisspelling words']);
  });
});
