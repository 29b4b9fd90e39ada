import { mkdir, rm, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openSite, type SiteResponse } from '../../../electron/site';
import { imagePolicy } from '../../../electron/site/security';
import { makeFolder } from '../host-fixtures';

async function makeBundle(): Promise<string> {
  const folder = await makeFolder();
  await mkdir(path.join(folder, 'assets'));
  await writeFile(path.join(folder, 'index.html'), '<p nonce="__NONCE__">');
  await writeFile(path.join(folder, 'assets/font one.woff2'), 'font');
  await writeFile(path.join(folder, 'assets/a.js.map'), 'map');
  await writeFile(path.join(folder, 'assets/icon-1a2b3c4d.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  return folder;
}

const noLines = async () => ({ ok: false as const, failure: { code: 'document-not-found', message: 'There is no such document.' } });
const nothing = {
  assetPath: async () => undefined,
  cover: async () => undefined,
  embedded: async () => undefined,
  documentLines: noLines,
  documentFile: noLines,
};
const get = (path: string) => ({ method: 'GET', path });
const textOf = async ({ body }: SiteResponse) => Buffer.concat(await Array.fromAsync(body as AsyncIterable<Uint8Array>)).toString();

describe('the site', () => {
  it('is not there without a bundle', async () => {
    await expect(openSite({ bundleFolder: '/nowhere/at/all', ...nothing })).rejects.toThrow('ENOENT');
  });

  it('serves what the bundle holds by its media type, and no source maps', async () => {
    const site = await openSite({ bundleFolder: await makeBundle(), ...nothing });
    const font = await site.respond(get('/assets/font%20one.woff2'));
    expect(font.headers).toMatchObject({ 'Content-Type': 'font/woff2', 'Cache-Control': 'private, max-age=31536000, immutable' });
    const icon = await site.respond(get('/assets/icon-1a2b3c4d.svg'));
    expect(icon).toMatchObject({ status: 200, headers: { 'Content-Type': 'image/svg+xml' } });
    expect(icon.headers['Content-Security-Policy']).toContain("default-src 'none'");
    expect((await site.respond(get('/assets/a.js.map'))).status).toBe(404);
    expect((await site.respond({ method: 'POST', path: '/' })).status).toBe(405);
  });

  it('serves the pictures, fonts and sounds of a document, sounds also in ranges, by which players find their way', async () => {
    const bytes = Buffer.from('0123456789');
    const types: Readonly<Record<string, string>> = { 'a b/c.mp3': 'audio/mpeg', 'a b/c.svg': 'image/svg+xml' };
    const embedded = async (_id: string, _hash: string, at: string) => {
      const mediaType = types[at];
      return mediaType === undefined ? undefined : { mediaType, bytes };
    };
    const site = await openSite({ bundleFolder: await makeBundle(), ...nothing, embedded });
    const query = `hash=${'a'.repeat(64)}&path=a%20b%2Fc.mp3`;
    const ask = async (range?: string) => {
      const given = await site.respond({ ...get('/document/document-1/embedded'), query, range });
      const pieces = typeof given.body === 'string' ? [] : await Array.fromAsync(given.body as AsyncIterable<Uint8Array>);
      return { ...given, body: Buffer.concat(pieces).toString() };
    };
    expect(await ask()).toMatchObject({
      status: 200,
      headers: { 'Content-Type': 'audio/mpeg', 'Accept-Ranges': 'bytes' },
      body: '0123456789',
    });
    expect(await ask('bytes=2-4')).toMatchObject({ status: 206, headers: { 'Content-Range': 'bytes 2-4/10' }, body: '234' });
    expect(await ask('bytes=10-')).toMatchObject({ status: 416 });
    const picture = await site.respond({ ...get('/document/document-1/embedded'), query: query.replace('mp3', 'svg') });
    expect(picture).toMatchObject({ status: 200, headers: { 'Content-Type': 'image/svg+xml', 'Content-Security-Policy': imagePolicy } });
    expect((await site.respond({ ...get('/document/document-1/embedded'), query: 'path=a%20b%2Fc.mp3' })).status).toBe(404);
    expect((await site.respond({ ...get('/document/document-1/embedded'), query: query.replace('mp3', 'txt') })).status).toBe(404);
  });

  it('serves the picture on a cover, able to run nothing', async () => {
    const cover = async (id: string) => (id === 'document-1' ? { mediaType: 'image/svg+xml', bytes: Buffer.from('<svg/>') } : undefined);
    const site = await openSite({ bundleFolder: await makeBundle(), ...nothing, cover });
    const image = await site.respond({ ...get('/cover/document-1'), query: 'at=1' });
    expect(image).toMatchObject({ status: 200, headers: { 'Content-Type': 'image/svg+xml' }, body: Buffer.from('<svg/>') });
    expect(image.headers['Content-Security-Policy']).toMatch(/default-src 'none'.*sandbox/);
    expect((await site.respond(get('/cover/document-2'))).status).toBe(404);
  });

  it('has what was built anew once it is refreshed, and misses what is gone', async () => {
    const bundleFolder = await makeBundle();
    const site = await openSite({ bundleFolder, ...nothing });
    await writeFile(path.join(bundleFolder, 'assets/new.css'), '');
    expect((await site.respond(get('/assets/new.css'))).status).toBe(404);
    await site.refresh();
    expect((await site.respond(get('/assets/new.css'))).status).toBe(200);
    await rm(path.join(bundleFolder, 'assets/new.css'));
    expect((await site.respond(get('/assets/new.css'))).status).toBe(404);
  });

  it('asks for an asset by the document and the decoded path, and serves images only, able to run nothing', async () => {
    const folder = await makeFolder();
    await writeFile(path.join(folder, 'a b.svg'), '<svg/>');
    await writeFile(path.join(folder, 'page.html'), '<p>');
    const asked: string[][] = [];
    const assetPath = async (id: string, relative: string) => {
      asked.push([id, relative]);
      return path.join(folder, path.basename(relative));
    };
    const site = await openSite({ bundleFolder: await makeBundle(), ...nothing, assetPath });
    const image = await site.respond(get('/asset/document-1/pictures/a%20b.svg'));
    expect(await textOf(image)).toBe('<svg/>');
    expect(image).toMatchObject({ status: 200, headers: { 'Content-Type': 'image/svg+xml' } });
    expect(image.headers['Content-Security-Policy']).toMatch(/default-src 'none'.*sandbox/);
    expect((await site.respond(get('/asset/document-1/page.html'))).status).toBe(404);
    expect((await site.respond(get('/asset/document-1/%E0%A4%A'))).status).toBe(404);
    expect((await site.respond(get('/asset/Document%201/a.png'))).status).toBe(404);
    expect(asked).toEqual([
      ['document-1', 'pictures/a b.svg'],
      ['document-1', 'page.html'],
    ]);
  });

  it('gives a picture piece by piece, so that it may be larger than the memory', async () => {
    const file = path.join(await makeFolder(), 'large.png');
    await writeFile(file, '');
    await truncate(file, 3 * 2 ** 30);
    const site = await openSite({ bundleFolder: await makeBundle(), ...nothing, assetPath: async () => file });
    const image = await site.respond(get('/asset/document-1/large.png'));
    expect(image.headers).toMatchObject({ 'Content-Type': 'image/png', 'Content-Length': String(3 * 2 ** 30) });
    const body = image.body as AsyncIterableIterator<Uint8Array>;
    expect((await body.next()).value).toHaveLength(2 ** 20);
    await body.return?.();
    expect(await site.respond({ ...get('/asset/document-1/large.png'), method: 'HEAD' })).toMatchObject({ status: 200, body: '' });
  });

  it('sends sounds and films beside a document in the parts that are asked for, and of none more than what it is to a HEAD', async () => {
    const file = path.join(await makeFolder(), 'a.mp4');
    await writeFile(file, '0123456789');
    const site = await openSite({ bundleFolder: await makeBundle(), ...nothing, assetPath: async () => file });
    const ask = async (range?: string, method = 'GET') => {
      const given = await site.respond({ method, path: '/asset/document-1/a.mp4', range });
      return {
        ...given,
        body:
          typeof given.body === 'string'
            ? given.body
            : Buffer.concat(await Array.fromAsync(given.body as AsyncIterable<Uint8Array>)).toString(),
      };
    };
    const headers = { 'Content-Type': 'video/mp4', 'Content-Length': '10', 'Accept-Ranges': 'bytes' };
    expect(await ask()).toMatchObject({ status: 200, headers, body: '0123456789' });
    expect(await ask('bytes=7-')).toMatchObject({ status: 206, headers: { 'Content-Range': 'bytes 7-9/10' }, body: '789' });
    expect(await ask(undefined, 'HEAD')).toMatchObject({ status: 200, headers, body: '' });
    await truncate(file, 50 * 2 ** 20);
    const long = await site.respond({ method: 'GET', path: '/asset/document-1/a.mp4', range: 'bytes=10-' });
    // A player that waits keeps no connection.
    expect(long).toMatchObject({ status: 206, headers: { 'Content-Range': `bytes 10-${10 + 2 ** 21 - 1}/${50 * 2 ** 20}` } });
    await (long.body as AsyncIterableIterator<Uint8Array>).return?.();
  });

  it('gives the lines of a document of the file that was told of, and says why there are none', async () => {
    const asked: unknown[] = [];
    const hash = 'a'.repeat(64);
    async function* lines() {
      yield new TextEncoder().encode('{"part":"head"}\n');
      yield new TextEncoder().encode('{"part":"end"}\n');
    }
    const documentLines = async (id: string, rawHash: string | undefined, unlockKey: string | undefined) => {
      asked.push([id, rawHash, unlockKey]);
      if (id === 'document-2') return { ok: false as const, failure: { code: 'document-changed', message: 'It was changed.' } };
      return id === 'document-1' ? { ok: true as const, value: lines() } : noLines();
    };
    const site = await openSite({ bundleFolder: await makeBundle(), ...nothing, documentLines });
    const given = await site.respond({ ...get('/document/document-1'), query: `hash=${hash}&unlock=a-key` });
    expect(given).toMatchObject({ status: 200, headers: { 'Content-Type': 'application/x-ndjson', 'Cache-Control': 'no-store' } });
    expect(given.headers['Content-Security-Policy']).toContain("default-src 'none'");
    const chunks = await Array.fromAsync(given.body as AsyncIterable<Uint8Array>);
    expect(Buffer.concat(chunks).toString()).toBe('{"part":"head"}\n{"part":"end"}\n');
    const changed = await site.respond(get('/document/document-2'));
    expect(changed).toMatchObject({ status: 409, headers: { 'Content-Type': 'application/json' } });
    expect(JSON.parse(String(changed.body))).toEqual({ code: 'document-changed', message: 'It was changed.' });
    expect((await site.respond(get('/document/document-3'))).status).toBe(404);
    expect(asked).toEqual([
      ['document-1', hash, 'a-key'],
      ['document-2', undefined, undefined],
      ['document-3', undefined, undefined],
    ]);
  });

  it('gives the bytes of the file that was told of, as nothing that a browser shows', async () => {
    let closed = 0;
    const value = {
      size: 4,
      read: async (start: number, end: number) => new TextEncoder().encode('%PDF').subarray(start, end),
      async close() {
        closed += 1;
      },
    };
    const documentFile = async (id: string) => (id === 'document-1' ? { ok: true as const, value } : noLines());
    const site = await openSite({ bundleFolder: await makeBundle(), ...nothing, documentFile });
    const ask = (id: string, range?: string) => site.respond({ ...get(`/document/${id}/file`), query: `hash=${'a'.repeat(64)}`, range });
    const given = await ask('document-1');
    expect(given).toMatchObject({ status: 200, headers: { 'Content-Type': 'application/octet-stream', 'Cache-Control': 'no-store' } });
    expect(given.headers).toMatchObject({ 'Accept-Ranges': 'bytes', 'Content-Length': '4' });
    expect(await textOf(given)).toBe('%PDF');
    const part = await ask('document-1', 'bytes=1-2');
    expect(part).toMatchObject({ status: 206, headers: { 'Content-Range': 'bytes 1-2/4', 'Content-Length': '2' } });
    expect(await textOf(part)).toBe('PD');
    const parts = await ask('document-1', 'bytes=0-0,2-3');
    expect(parts).toMatchObject({
      status: 206,
      headers: { 'Content-Type': expect.stringMatching(/^multipart\/byteranges; boundary=\w+$/) },
    });
    expect(await textOf(parts)).toMatch(/bytes 0-0\/4\r\n\r\n%\r\n--(\w+)\r\n.*bytes 2-3\/4\r\n\r\nDF\r\n--\1--\r\n$/s);
    expect(closed).toBe(3);
    expect(await ask('document-1', 'bytes=4-')).toMatchObject({ status: 416, headers: { 'Content-Range': 'bytes */4' } });
    expect(closed).toBe(4);
    expect((await ask('document-2')).status).toBe(404);
    expect((await site.respond(get('/document/document-1/file'))).status).toBe(404);
  });

  it('lets no script of the bundle compile anything but the one that decodes pictures of PDFs', async () => {
    const bundleFolder = await makeBundle();
    for (const name of ['index-1a2b.js', 'pdf.worker.min-1a2b.mjs']) await writeFile(path.join(bundleFolder, 'assets', name), '');
    const site = await openSite({ bundleFolder, ...nothing });
    const policyOf = async (name: string) => (await site.respond(get(`/assets/${name}`))).headers['Content-Security-Policy'];
    expect(await policyOf('index-1a2b.js')).toBe("default-src 'none'; frame-ancestors 'none'");
    expect(await policyOf('pdf.worker.min-1a2b.mjs')).toBe("default-src 'none'; script-src 'wasm-unsafe-eval'; frame-ancestors 'none'");
  });

  it.each([
    { ...get('/document/document-1'), query: 'hash=../../etc/passwd' },
    get('/document/'),
    get('/document/document-1/more'),
    get('/document/..%2f..%2fetc%2fpasswd'),
    { method: 'HEAD', path: '/document/document-1' },
  ])('does not read a document for %o', async (request) => {
    const site = await openSite({
      bundleFolder: await makeBundle(),
      ...nothing,
      documentLines: () => Promise.reject(new Error('It was read.')),
    });
    expect((await site.respond(request)).status).toBeGreaterThanOrEqual(404);
  });
});
