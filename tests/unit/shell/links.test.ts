import { expect, test } from 'vitest';
import { setUpLinks } from '../../../electron/shell/links';
import { asElectron, createElectron, createLog, emitPreventable } from './electron-stand-in';

function setUp({ isPackaged = true, refusesProtocols = false } = {}) {
  const { app } = createElectron();
  Object.assign(app, { isPackaged, refusesProtocols });
  const told: unknown[] = [];
  const log = createLog();
  const page = { show: () => told.push('show'), sendOnce: (event: string, payload: unknown) => told.push([event, payload]) };
  const open = setUpLinks(asElectron(app), { page, log });
  return { app, told, log, open };
}

const address = 'lectern://document/0123456789';

test('the installed application is given the links by the system, and says so in the log where it is not', () => {
  expect(setUp().app.protocols).toEqual(['lectern']);
  expect(setUp({ isPackaged: false }).app.protocols).toEqual([]);
  expect(setUp({ refusesProtocols: true }).log.lines.join()).toContain('lectern: addresses');
});

test('a link that macOS hands over shows the window and is told to the page; those of the command line are told alone', () => {
  const { app, told, open } = setUp();
  expect(emitPreventable(app, 'open-url', address)).toBe(true);
  open([address]);
  expect(told).toEqual(['show', ['app.open-link', { address }], ['app.open-link', { address }]]);
});
