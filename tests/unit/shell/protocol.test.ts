import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Session } from 'electron';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { setUpProtocol } from '../../../electron/shell/protocol';
import { isOwnUrl, privilegedScheme } from '../../../electron/shell/scheme';
import { openSite } from '../../../electron/site';
import { asElectron, createElectron, createLog } from './electron-stand-in';

let folder: string;
let request: (url: string, method?: string, range?: string) => Promise<Response>;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'lectern-protocol-'));
  const bundleFolder = path.join(folder, 'bundle');
  await mkdir(path.join(bundleFolder, 'assets'), { recursive: true });
  await writeFile(path.join(bundleFolder, 'index.html'), '<!doctype html><meta nonce="__NONCE__"><title>Lectern</title>');
  await writeFile(path.join(bundleFolder, 'assets/index.js'), 'export {};');
  await writeFile(path.join(folder, 'secret.txt'), 'secret');
  await writeFile(path.join(folder, 'picture.png'), 'picture');
  const site = await openSite({
    bundleFolder,
    assetPath: async (_id, relative) => (relative === 'picture.png' ? path.join(folder, 'picture.png') : undefined),
    cover: async () => undefined,
    embedded: async () => undefined,
    documentFile: async () => ({ ok: true, value: bytesOfFile }),
    documentLines: async (_id, rawHash) => ({ ok: true, value: numbers(rawHash) }),
  });
  const { session } = createElectron();
  setUpProtocol(asElectron<Session>(session), site, createLog());
  request = async (url, method = 'GET', range) => {
    const answer = await session.schemes.get('lectern')?.(
      asElectron<Request>({ url, method, headers: new Headers(range === undefined ? {} : { Range: range }) }),
    );
    if (!answer) throw new Error('The scheme is not handled');
    return answer;
  };
});

const bytesOfFile = {
  size: 10,
  read: async (start: number, end: number) => new TextEncoder().encode('0123456789').subarray(start, end),
  close: async () => {},
};

/** How many lines were asked for, and whether no more are wanted. */
const taken = { lines: 0, isOver: false };

async function* numbers(rawHash: string | undefined): AsyncGenerator<Uint8Array> {
  taken.lines = 0;
  taken.isOver = false;
  try {
    for (; taken.lines < 100; taken.lines += 1) yield new TextEncoder().encode(`${taken.lines} ${rawHash}\n`);
  } finally {
    taken.isOver = true;
  }
}

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe('setUpProtocol', () => {
  test('serves the page with its policy', async () => {
    const answer = await request('lectern://app/');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('Content-Type')).toContain('text/html');
    expect(answer.headers.get('Content-Security-Policy')).toContain("default-src 'none'");
    expect(await answer.text()).toContain('<title>Lectern</title>');
  });

  test('serves the bundle and images beside documents', async () => {
    expect(await (await request('lectern://app/assets/index.js')).text()).toBe('export {};');
    expect(await (await request('lectern://app/asset/document-1/picture.png?again#x')).text()).toBe('picture');
    expect((await request('lectern://app/', 'HEAD')).status).toBe(200);
  });

  test('streams a document as fast as it is taken, and no further than it is wanted', async () => {
    const hash = 'a'.repeat(64);
    const whole = await request(`lectern://app/document/document-1?hash=${hash}`);
    expect(whole.headers.get('Content-Type')).toBe('application/x-ndjson');
    expect((await whole.text()).trimEnd().split('\n').at(-1)).toBe(`99 ${hash}`);

    const reader = (await request('lectern://app/document/document-1')).body?.getReader();
    await reader?.read();
    expect(taken.lines).toBeLessThan(5);
    await reader?.cancel();
    expect(taken).toMatchObject({ isOver: true });
    expect(taken.lines).toBeLessThan(5);
  });

  test('gives the part of a file that is asked for', async () => {
    const answer = await request(`lectern://app/document/document-1/file?hash=${'a'.repeat(64)}`, 'GET', 'bytes=2-4');
    expect([answer.status, answer.headers.get('Content-Range'), await answer.text()]).toEqual([206, 'bytes 2-4/10', '234']);
  });

  test.each([
    'lectern://app/../secret.txt',
    'lectern://app/assets/../../secret.txt',
    'lectern://app/%2e%2e/secret.txt',
    'lectern://app/..%2fsecret.txt',
    'lectern://app/..%5csecret.txt',
    'lectern://app/assets/..\\..\\secret.txt',
    'lectern://app//etc/passwd',
    'lectern://app/%00',
    'lectern://app/assets',
    'lectern://app/asset/document-1/..%2fsecret.txt',
    'lectern://app/nothing',
    'lectern://other/',
    'lectern://app:1234/',
    'lectern://app.example.com/',
    'lectern:index.html',
  ])('answers %s with 404', async (url) => {
    const answer = await request(url);
    expect(answer.status).toBe(404);
    expect(await answer.text()).not.toContain('secret');
  });

  test('takes nothing but GET and HEAD', async () => {
    expect((await request('lectern://app/', 'POST')).status).toBe(405);
  });

  test('a bug answers 500, says nothing of it to the page, and is logged', async () => {
    const { session } = createElectron();
    const log = createLog();
    const respond = async () => Promise.reject(new Error('a bug in /home/reader'));
    setUpProtocol(asElectron<Session>(session), { respond }, log);
    const answer = await session.schemes.get('lectern')?.(
      asElectron<Request>({ url: 'lectern://app/', method: 'GET', headers: new Headers() }),
    );
    expect(answer?.status).toBe(500);
    expect(await answer?.text()).not.toContain('reader');
    expect(log.lines.join()).toContain('a bug');
  });
});

test('the scheme is standard and secure, goes round no policy, and gives sounds in parts', () => {
  expect(privilegedScheme).toEqual({
    scheme: 'lectern',
    privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true },
  });
});

test.each(['', 'lectern:', 'lectern://', 'https://app/', 'LECTERN-x://app/', 'lectern://apps/'])(
  '%j is not the application’s own',
  (url) => {
    expect(isOwnUrl(url)).toBe(false);
  },
);
