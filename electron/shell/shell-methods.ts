import path from 'node:path';
import { type BrowserWindow, dialog, type MessageBoxOptions, nativeTheme, type OpenDialogOptions, shell } from 'electron';
import { type Failure, fail, type Handlers, ok, type ShellMethodName } from '#api';
import type { Core } from '../core';
import type { Log } from '../log';
import { readClipboard } from './clipboard';
import { copyText, createExportSaving } from './exports';
import { backgroundOf, nativeThemeOf } from './theme';

interface ShellMethodOptions {
  /** Absolute. */
  dataFolder: string;
  exports: Core['exports'];
  window(): BrowserWindow | undefined;
  /** Shows the reader's own keys in the menu. */
  showKeys(keys: Readonly<Record<string, string>>): void;
  /** The page has saved everything, or says why not. */
  onFlushed(failure: Failure | undefined): void;
  log: Log;
}

const externalProtocols: readonly string[] = ['http:', 'https:', 'mailto:'];

/** What Electron does for the page beyond the core: dialogs, the clipboard, the reader's browser, native looks. */
export function createShellMethods({
  dataFolder,
  exports,
  window,
  showKeys,
  onFlushed,
  log,
}: ShellMethodOptions): Handlers<ShellMethodName> {
  const chooseFolder = async (options: OpenDialogOptions): Promise<string | null> => {
    const parent = window();
    const whole: OpenDialogOptions = { ...options, properties: ['openDirectory', 'createDirectory'] };
    const { canceled, filePaths } = await (parent ? dialog.showOpenDialog(parent, whole) : dialog.showOpenDialog(whole));
    return canceled ? null : (filePaths[0] ?? null);
  };

  const chooseFile = async (name: string): Promise<string | null> => {
    const parent = window();
    const options = { title: 'Export', defaultPath: name, properties: ['createDirectory', 'showOverwriteConfirmation'] } as const;
    const whole = { ...options, properties: [...options.properties] };
    const { canceled, filePath } = await (parent ? dialog.showSaveDialog(parent, whole) : dialog.showSaveDialog(whole));
    return canceled || filePath === '' ? null : filePath;
  };

  /** Asks here, where no page can answer in the reader's place, with the whole address. */
  const mayOpen = async (address: string): Promise<boolean> => {
    const parent = window();
    const question: MessageBoxOptions = {
      type: 'question',
      message: 'Open this address outside of Lectern?',
      detail: `${address}\n\nThe program that opens it will load it from the network.`,
      buttons: ['Stay here', 'Open'],
      defaultId: 0,
      cancelId: 0,
      noLink: true,
    };
    const { response } = await (parent ? dialog.showMessageBox(parent, question) : dialog.showMessageBox(question));
    return response === 1;
  };

  const saving = createExportSaving({
    exports,
    chooseFile,
    chooseFolder: (fileCount) => chooseFolder({ title: `Export ${fileCount} files`, buttonLabel: 'Export here' }),
    log,
  });

  return {
    'shell.choose-folder': () => chooseFolder({ title: 'Add library folder', buttonLabel: 'Add' }),

    'shell.save-export': ({ prepared }) => saving.save(prepared),
    'shell.copy-export': ({ prepared }) => saving.copy(prepared),
    'shell.cancel-export'({ exportId }) {
      saving.cancel(exportId);
      return null;
    },

    'shell.copy-text': ({ text, html }) => copyText(text, log, html),

    'shell.read-clipboard': () => readClipboard(log),

    async 'shell.open-external'({ url }) {
      const parsed = URL.parse(url);
      if (!parsed || !externalProtocols.includes(parsed.protocol)) {
        return fail('invalid-arguments', 'Only addresses of the web and of mail can be opened.');
      }
      if (!(await mayOpen(parsed.href))) return ok(null);
      try {
        await shell.openExternal(parsed.href);
        return ok(null);
      } catch (error) {
        log.warn('An address could not be handed to the system', error);
        return fail('not-opened', 'The system has no application that opens this address. Copy it instead.');
      }
    },

    async 'shell.show-folder'({ folder }) {
      const shown = folder === 'data' ? dataFolder : path.join(dataFolder, 'backups');
      const problem = await shell.openPath(shown);
      if (problem === '') return ok(null);
      log.warn(`The folder ${shown} could not be shown`, problem);
      return fail('not-opened', `The system could not show this folder: ${problem}. Copy its path instead.`);
    },

    'shell.reload'() {
      window()?.webContents.reload();
      return null;
    },

    'shell.set-theme'({ theme }) {
      nativeTheme.themeSource = nativeThemeOf(theme);
      window()?.setBackgroundColor(backgroundOf(theme, nativeTheme.shouldUseDarkColors));
      return null;
    },

    'shell.set-keys'({ keys }) {
      showKeys(keys);
      return null;
    },

    'shell.flushed'({ failure }) {
      onFlushed(failure);
      return null;
    },
  };
}
