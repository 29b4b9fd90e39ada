import { describe, expect, test } from 'vitest';
import { type HandedOver, setUpSingleInstance } from '../../../electron/shell/instance';
import { answerInstaller } from '../../../electron/shell/squirrel';
import { asElectron, createElectron } from './electron-stand-in';

describe('setUpSingleInstance', () => {
  const setUp = (lockTaken: boolean) => {
    const { app } = createElectron();
    app.lockTaken = lockTaken;
    const told: HandedOver[] = [];
    const isFirst = setUpSingleInstance(asElectron(app), { files: ['/a.txt'], links: [] }, (handedOver) => told.push(handedOver));
    return { app, told, isFirst };
  };

  test('the first one is told of the files and links of later ones', () => {
    const { app, told, isFirst } = setUp(false);
    expect(isFirst).toBe(true);
    app.emit('second-instance', {}, ['lectern'], '/home/reader', { files: ['/b.txt'], links: ['lectern://document/b'] });
    expect(told).toEqual([{ files: ['/b.txt'], links: ['lectern://document/b'] }]);
  });

  test.each([[null], [undefined], ['files'], [{ files: 'x' }], [{ files: [1], links: [] }], [{ files: [], links: 'x' }]])(
    'what another program hands over is not trusted: %j',
    (handed) => {
      const { app, told } = setUp(false);
      app.emit('second-instance', {}, [], '/', handed);
      expect(told).toEqual([{ files: [], links: [] }]);
    },
  );

  test('a second one hands over what it was to open and must end', () => {
    const { app, isFirst } = setUp(true);
    expect(isFirst).toBe(false);
    expect(app.handedOver).toEqual({ files: ['/a.txt'], links: [] });
    expect(app.listenerCount('second-instance')).toBe(0);
  });
});

describe('answerInstaller', () => {
  const executable = 'C:\\Users\\reader\\AppData\\Local\\Lectern\\app-1.0.0\\lectern.exe';
  const answer = async (...args: string[]) => {
    const ran: unknown[] = [];
    const run = async (...call: unknown[]) => {
      ran.push(call);
    };
    const answered = answerInstaller({ args, executable, run });
    await answered;
    return { isInstaller: answered !== undefined, ran };
  };
  const update = 'C:\\Users\\reader\\AppData\\Local\\Lectern\\Update.exe';

  test.each([
    ['--squirrel-install', '--createShortcut'],
    ['--squirrel-updated', '--createShortcut'],
    ['--squirrel-uninstall', '--removeShortcut'],
  ])('%s runs Update.exe %s', async (event, action) => {
    expect(await answer(event, '1.0.0')).toEqual({ isInstaller: true, ran: [[update, [`${action}=lectern.exe`]]] });
  });

  test('an old version has nothing to do', async () => {
    expect(await answer('--squirrel-obsolete', '1.0.0')).toEqual({ isInstaller: true, ran: [] });
  });

  test('an ordinary start, also the first after installing, is none of its events', async () => {
    expect(await answer('--squirrel-firstrun', 'a.txt')).toEqual({ isInstaller: false, ran: [] });
  });
});
