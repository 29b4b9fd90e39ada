import path from 'node:path';

interface SquirrelOptions {
  args: readonly string[];
  /** The running executable, absolute. */
  executable: string;
  /** Runs a program to its end. */
  run(program: string, args: readonly string[]): Promise<void>;
}

const actions: Readonly<Record<string, string | undefined>> = {
  '--squirrel-install': '--createShortcut',
  '--squirrel-updated': '--createShortcut',
  '--squirrel-uninstall': '--removeShortcut',
};

/**
 * On Windows the installer (Squirrel) starts the application for its own events: shortcuts are made or removed by its
 * `Update.exe`, one folder up, and the application ends. `undefined`: it was not the installer.
 */
export function answerInstaller({ args, executable, run }: SquirrelOptions): Promise<void> | undefined {
  const event = args.find((arg) => /^--squirrel-(install|updated|uninstall|obsolete)$/.test(arg));
  if (event === undefined) return undefined;
  const action = actions[event];
  if (action === undefined) return Promise.resolve();
  const update = path.win32.resolve(path.win32.dirname(executable), '..', 'Update.exe');
  return run(update, [`${action}=${path.win32.basename(executable)}`]);
}
