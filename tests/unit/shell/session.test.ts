import type { Session, WebContents } from 'electron';
import { describe, expect, test } from 'vitest';
import { setUpNetwork, setUpSession } from '../../../electron/shell/session';
import { asElectron, createElectron, createLog, emitPreventable } from './electron-stand-in';

function setUp({ development = false, platform = 'linux' as NodeJS.Platform } = {}) {
  const { session } = createElectron();
  const log = createLog();
  setUpSession(asElectron<Session>(session), { development, platform, log });
  return { session, log };
}

test('setUpNetwork lets nothing resolve', () => {
  const { app } = createElectron();
  setUpNetwork(asElectron(app));
  expect(app.switches).toMatchObject({ 'host-resolver-rules': 'MAP * ~NOTFOUND', 'no-proxy-server': '' });
});

describe('setUpSession', () => {
  test('denies every permission, asked or checked, every device and every screen', () => {
    const { session } = setUp();
    const answers: unknown[] = [];
    const contents = asElectron<WebContents>({});
    const details = { isMainFrame: true, requestingUrl: 'lectern://app/' };
    for (const permission of ['clipboard-read', 'geolocation', 'media', 'notifications', 'openExternal', 'fileSystem'] as const) {
      session.permissionRequest?.(contents, permission, (granted) => answers.push(granted), details);
      answers.push(session.permissionCheck?.(contents, permission, 'lectern://app', { ...details, securityOrigin: 'lectern://app' }));
    }
    answers.push(session.devicePermission?.({ deviceType: 'usb', origin: 'lectern://app', device: asElectron({}) }));
    expect(answers).toEqual(Array.from({ length: 13 }, () => false));
    session.displayMedia?.(asElectron({}), (streams) => answers.push(streams));
    expect(answers.at(-1)).toBeNull();
  });

  test('refuses downloads', () => {
    expect(emitPreventable(setUp().session, 'will-download', {}, {}, null)).toBe(true);
  });

  test.each([
    'lectern://app/',
    'lectern://app/assets/index-1a2b.js',
    'lectern://app/asset/document-1/picture.png',
    'data:image/png;base64,AAAA',
    'blob:lectern://app/0b0c',
  ])('lets %s through', (url) => {
    expect(setUp().session.lets(url)).toBe(true);
  });

  test.each([
    'https://example.com/tracker.gif',
    'http://127.0.0.1:8080/',
    'http://[::1]/',
    'wss://example.com/',
    'ws://localhost/',
    'ftp://example.com/a',
    'file:///etc/passwd',
    'lectern://other/',
    'lectern://app.example.com/',
    'lectern:app',
    'blob:https://example.com/0b0c',
    'chrome-extension://abc/x.js',
    'devtools://devtools/bundled/devtools_app.html',
    'not an address',
    '',
  ])('cancels %j, and logs no more of it than its scheme', (url) => {
    const { session, log } = setUp();
    expect(session.lets(url)).toBe(false);
    expect(log.lines).toHaveLength(1);
    expect(log.lines.join()).not.toMatch(/example|passwd/);
  });

  test('lets the developer tools load in development only', () => {
    expect(setUp({ development: true }).session.lets('devtools://devtools/bundled/a.js')).toBe(true);
    expect(setUp({ development: true }).session.lets('https://example.com/')).toBe(false);
  });

  test('no dictionary is downloaded: spelling is the system’s on macOS, and off elsewhere', () => {
    const { session } = setUp();
    expect(session.spelling).toBe(false);
    expect(session.dictionaryUrl).toMatch(/^lectern:\/\/app\/.*\/$/);
    expect(setUp({ platform: 'win32' }).session.spelling).toBe(false);
    expect(setUp({ platform: 'darwin' }).session.spelling).toBe(true);
  });
});
