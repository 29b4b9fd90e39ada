import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { logUncaught } from '../../../electron/shell/uncaught';
import { asElectron, createLog } from './electron-stand-in';

test('errors that nothing catches are logged, and left to Electron, which shows them', () => {
  const process = new EventEmitter();
  const log = createLog();
  logUncaught(asElectron<NodeJS.Process>(process), log);
  process.emit('uncaughtExceptionMonitor', new Error('out of order'), 'uncaughtException');
  process.emit('unhandledRejection', new Error('not awaited'), Promise.resolve());
  expect(log.lines).toEqual([
    'error An error was not caught: Error: out of order',
    'error A promise failed and nothing waited for it: Error: not awaited',
  ]);
  // A listener here would keep Electron from telling the reader.
  expect(process.listenerCount('uncaughtException')).toBe(0);
});
