import { EventEmitter, once } from 'node:events';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { type IncomingHttpHeaders, request, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { exportAddress } from '#api';
import type { Core } from '../../../electron/core';
import { createEventStreams } from '../../../electron/serve/event-streams';
import { type Server, startServer } from '../../../electron/serve/server';
import { openSite, type SiteOptions } from '../../../electron/site';
import { allRows } from '../all-rows';
import { keepLog, makeFolder, makeNote, type OpenedCore, openCore } from '../host-fixtures';
import { waitFor } from '../wait-for';

const client = '00000000-0000-4000-8000-000000000001';

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

interface Page extends OpenedCore {
  server: Server;
  origin: string;
  token: string;
  log: ReturnType<typeof keepLog>;
  /** Sends a request as this server's own page would, with whatever is given in place of that; `''` leaves a header out. */
  send(method: string, target: string, headers?: Record<string, string>, body?: string | Uint8Array): Promise<Answer>;
  /** Begins to hand a file over, of which `sent` is all that comes before the sender goes away. */
  breakOff(target: string, type: string, sent: string): Promise<void>;
  /** Asks for something and goes away with the first bytes of the answer. */
  leave(target: string): Promise<void>;
  /** Exchanges the token and keeps the cookie for all that is sent from then on. */
  admit(): Promise<Answer>;
  cookie(): string;
}

async function openPage(
  documents: Record<string, string> = {},
  linesOf?: SiteOptions['documentLines'],
  { exports, until }: { exports?: Core['exports']; until?: Promise<void> } = {},
): Promise<Page> {
  const opened = await openCore({ documents });
  const given = exports ? { ...opened.core, exports } : opened.core;
  const bundleFolder = await makeFolder();
  await mkdir(path.join(bundleFolder, 'assets'));
  await writeFile(path.join(bundleFolder, 'index.html'), '<meta property="csp-nonce" nonce="__NONCE__" />');
  await writeFile(path.join(bundleFolder, 'assets/index-abc.js'), 'export {};');
  const site = await openSite({
    bundleFolder,
    assetPath: (id, relative) => opened.core.library.assetPath(id, relative),
    cover: async () => undefined,
    embedded: (id, rawHash, at) => opened.core.library.embedded(id, rawHash, at),
    documentFile: (id, rawHash) => opened.core.library.fileBytes(id, rawHash),
    documentLines: linesOf ?? opened.core.documentLines,
  });
  const log = keepLog();
  const server = await startServer({ core: until ? until.then(() => given) : given, clients: opened.core, site, port: 0, log });
  onTestFinished(() => server.close());
  const { origin, hash, port } = new URL(server.address);
  let cookie = '';

  const begin = (method: string, target: string, headers: Record<string, string>) => {
    const usual = {
      host: `127.0.0.1:${port}`,
      origin,
      cookie,
      'content-type': 'application/json',
      'sec-fetch-site': 'same-origin',
      'x-lectern-client': client,
    };
    const sent = Object.fromEntries(Object.entries({ ...usual, ...headers }).filter(([, each]) => each !== ''));
    return request({ host: '127.0.0.1', port, method, path: target, headers: sent, setHost: false, agent: false });
  };
  const send: Page['send'] = async (method, target, headers = {}, body = '{}') => {
    const outgoing = begin(method, target, headers);
    outgoing.end(method === 'POST' ? body : undefined);
    const [response] = await once(outgoing, 'response');
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk);
    return { status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks).toString() };
  };
  const breakOff: Page['breakOff'] = async (target, type, sent) => {
    const outgoing = begin('POST', target, { 'content-type': type, 'content-length': '1000' });
    const failed = once(outgoing, 'error').catch((error: unknown) => error);
    outgoing.write(sent, () => outgoing.destroy(new Error('The sender goes away.')));
    await failed;
  };
  const leave: Page['leave'] = async (target) => {
    const outgoing = begin('GET', target, {});
    outgoing.end();
    const [response] = await once(outgoing, 'response');
    await once(response, 'data');
    outgoing.destroy();
  };
  const token = hash.slice(1);
  const admit = async () => {
    const answer = await send('POST', '/session', {}, JSON.stringify({ token }));
    cookie = answer.headers['set-cookie']?.[0]?.split(';')[0] ?? cookie;
    return answer;
  };
  return { ...opened, server, origin, token, log, send, breakOff, leave, admit, cookie: () => cookie };
}

describe('the session', () => {
  it('is opened by the token, once, and kept in a cookie that no script and no other site gets', async () => {
    const page = await openPage();
    const stranger = { cookie: '' };
    expect((await page.send('POST', '/session', {}, '{"token":"wrong"}')).status).toBe(401);
    const answer = await page.admit();
    expect(answer.status).toBe(204);
    const [cookie] = answer.headers['set-cookie'] ?? [];
    expect(cookie).toMatch(/^lectern-\d+=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=\d+$/);
    expect(cookie).not.toContain(page.token);
    expect((await page.send('POST', '/api/app.info')).status).toBe(200);

    const again = await page.send('POST', '/session', stranger, JSON.stringify({ token: page.token }));
    expect(again.status).toBe(401);
    expect(again.headers['set-cookie']).toBeUndefined();
    expect(again.body).toContain('start it again');
  });

  it('is not kept from its reader by another program’s cookie of the same name', async () => {
    const page = await openPage();
    await page.admit();
    const name = `lectern-${new URL(page.origin).port}`;
    for (const cookie of [
      `${name}=x; ${page.cookie()}`,
      `${page.cookie()}; ${name}=x`,
      `${name}=; ${name}=${page.token}; ${page.cookie()}`,
    ]) {
      expect((await page.send('POST', '/api/app.info', { cookie })).status).toBe(200);
    }
    expect((await page.send('POST', '/api/app.info', { cookie: `${name}=x; ${name}=y` })).status).toBe(401);
  });

  it('lasts over reloads and over the printed address opened again', async () => {
    const page = await openPage();
    await page.admit();
    expect((await page.send('POST', '/session', {}, '{"token":""}')).status).toBe(204);
    expect((await page.send('POST', '/session', {}, JSON.stringify({ token: page.token }))).status).toBe(204);
  });

  it.each([
    ['POST', '/api/app.info'],
    ['GET', `/events?client=${client}`],
    ['GET', '/asset/abcdefgh/a.png'],
    ['GET', '/document/abcdefgh'],
    ['GET', '/cover/abcdefgh'],
    ['HEAD', '/cover/abcdefgh?at=1'],
    ['GET', '/what/is/told/of/some/day'],
  ])('is needed for %s %s', async (method, target) => {
    const page = await openPage();
    for (const cookie of ['', 'lectern=x', `lectern-${new URL(page.origin).port}=${page.token}`]) {
      expect((await page.send(method, target, { cookie })).status).toBe(401);
    }
    await page.admit();
    const other = { 'sec-fetch-site': 'same-site' };
    expect((await page.send(method, target, other)).status).toBe(403);
  });
});

describe('a request', () => {
  it.each(['evil.example', 'evil.example:80', '127.0.0.1', '127.0.0.1:1', '[::1]:80', ''])('for the host %j is refused', async (host) => {
    const page = await openPage();
    await page.admit();
    for (const [method, target] of [
      ['GET', '/'],
      ['POST', '/api/app.info'],
      ['POST', '/session'],
    ] as const) {
      const answer = await page.send(method, target, { host });
      // Node itself answers a request without a host by 400.
      expect(answer.status).toBe(host === '' ? 400 : 403);
    }
  });

  it('for localhost is answered, to a page of localhost', async () => {
    const page = await openPage();
    await page.admit();
    const host = `localhost:${new URL(page.origin).port}`;
    expect((await page.send('POST', '/api/app.info', { host, origin: `http://${host}` })).status).toBe(200);
    expect((await page.send('POST', '/api/app.info', { host })).status).toBe(403);
  });

  it.each(['', 'null', 'http://evil.example', 'http://127.0.0.1:1'])(
    'that changes something from the origin %j is refused',
    async (origin) => {
      const page = await openPage();
      await page.admit();
      const body = JSON.stringify({ patch: { theme: 'night' } });
      expect((await page.send('POST', '/api/settings.update', { origin }, body)).status).toBe(403);
      expect((await page.send('POST', '/session', { origin }, JSON.stringify({ token: page.token }))).status).toBe(403);
      expect(page.core.settings.read().theme).toBe('system');
    },
  );

  it('in a form that a foreign page could send is refused', async () => {
    const page = await openPage();
    await page.admit();
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', '']) {
      expect((await page.send('POST', '/api/app.info', { 'content-type': type })).status).toBe(415);
    }
  });

  it.each([
    ['PUT', '/api/app.info', 405],
    ['GET', '/api/app.info', 405],
    ['POST', '/events', 405],
    ['GET', '/session', 403],
    ['POST', '/', 405],
    ['DELETE', '/assets/index-abc.js', 405],
  ])('%s %s is answered by %i', async (method, target, status) => {
    const page = await openPage();
    await page.admit();
    expect((await page.send(method, target, { origin: target === '/session' ? '' : page.origin })).status).toBe(status);
  });

  it('is answered by what went wrong, without what is inside', async () => {
    const page = await openPage();
    await page.admit();
    expect((await page.send('POST', '/api/no.such')).status).toBe(404);
    expect((await page.send('POST', '/api/__proto__')).status).toBe(404);
    expect((await page.send('POST', '/api/shell.copy-text')).status).toBe(404);
    expect((await page.send('POST', '/api/app.info', {}, '{')).status).toBe(400);
    expect((await page.send('POST', '/api/library.open', {}, '{"documentId":"../x"}')).status).toBe(400);
    expect((await page.send('POST', '/api/app.info', { 'x-lectern-client': 'me' })).status).toBe(400);
    expect((await page.send('POST', '/session', {}, JSON.stringify({ token: 'x'.repeat(2_000) }))).status).toBe(413);
  });

  it.each([
    '/../package.json',
    '/..%2f..%2fpackage.json',
    '/%2e%2e/package.json',
    '/assets/../../package.json',
    '/assets',
    '/assets/',
    '//etc/passwd',
    '/index.html%00.js',
    '/asset/abcdefgh/..%2f..%2fpackage.json',
    '/asset/../package.json',
  ])('for %s finds nothing', async (target) => {
    const page = await openPage();
    await page.admit();
    const answer = await page.send('GET', target);
    expect(answer.status).toBe(404);
    expect(answer.body).not.toContain('name');
  });
});

describe('a body that makes no sense', () => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  it.each([
    ['null', 'null'],
    ['a number', '7'],
    ['nothing', ''],
    ['no JSON', '{'],
    ['lists in lists', deep],
    ['lists that do not end', '['.repeat(100_000)],
  ])('(%s) is answered by 400 and leaves no line in the log', async (_, body) => {
    const page = await openPage();
    // What takes little refuses what is long.
    expect([400, 413]).toContain((await page.send('POST', '/session', {}, body)).status);
    await page.admit();
    for (const target of ['/api/library.open', '/api/shell.flushed', '/api/notebook.apply']) {
      const { status } = await page.send('POST', target, {}, body);
      expect([400, 413], target).toContain(status);
    }
    expect(page.log.lines).toEqual([]);
  });

  it('within what may hold more than is known is refused too', async () => {
    const page = await openPage();
    await page.admit();
    const documentId = await page.seedId();
    const change = JSON.stringify({ documentId, changes: [{ type: 'put-note', note: makeNote() }] });
    const body = change.replace('"history":[]', `"history":[],"later":${deep}`);
    expect((await page.send('POST', '/api/notebook.apply', {}, body)).status).toBe(400);
    expect(page.log.lines).toEqual([]);
  });
});

describe('a file that is handed over', () => {
  const bytes = { 'content-type': 'application/octet-stream' };
  const documents = async (page: Page) => readdir(path.join(page.dataFolder, 'documents'));

  it('is taken byte by byte, and the largest as well', async () => {
    const page = await openPage();
    await page.admit();
    const small = await page.send('POST', '/upload/library.import?name=a%26b%20%C3%BC.txt', bytes, Buffer.from('Grüße, Leser.'));
    expect(JSON.parse(small.body)).toMatchObject({ name: 'a&b ü.txt', documentId: expect.any(String) });
    // Hardly any words: reading them takes longer than handing them over.
    const large = Buffer.alloc(31 * 1_048_576, `${' '.repeat(9_000)}\n`);
    large.write('A text.');
    const taken = await page.send('POST', '/upload/library.import?name=large.txt', bytes, large);
    expect(JSON.parse(taken.body).documentId).toEqual(expect.any(String));
    expect((await readFile(path.join(page.dataFolder, 'documents/large.txt'))).equals(large)).toBe(true);
    expect((await documents(page)).sort()).toEqual(['a&b ü.txt', 'large.txt']);
  });

  it('is refused in a sentence when it is too large, whether or not it says so, and the next one is taken', async () => {
    const page = await openPage();
    await page.admit();
    const large = Buffer.alloc(40 * 1_048_576, 32);
    const lengths: Record<string, string>[] = [{ 'content-length': String(large.length) }, { 'transfer-encoding': 'chunked' }];
    for (const headers of lengths) {
      const refused = await page.send('POST', '/upload/library.import?name=large.txt', { ...bytes, ...headers }, large);
      expect(refused.status).toBe(200);
      expect(JSON.parse(refused.body).failure).toMatchObject({ code: 'document-too-large', message: expect.stringContaining('32 MB') });
    }
    const next = await page.send('POST', '/upload/library.import?name=next.txt', bytes, 'The next text.');
    expect(JSON.parse(next.body).documentId).toEqual(expect.any(String));
    expect(await documents(page)).toEqual(['next.txt']);
  });

  it('of which no more comes leaves nothing, not even a line in the log', async () => {
    const page = await openPage();
    await page.admit();
    await page.breakOff('/upload/library.import?name=a.txt', bytes['content-type'], 'half a te');
    await waitFor(async () => expect(await documents(page)).toEqual([]));
    await page.breakOff('/api/app.info', 'application/json', '{');
    expect((await page.send('POST', '/api/app.info')).status).toBe(200);
    expect(page.log.lines).toEqual([]);
  });

  it('is taken only from this server’s own page, as bytes, with a name, for what there is', async () => {
    const page = await openPage();
    const target = '/upload/library.import?name=a.txt';
    expect((await page.send('POST', target, bytes, 'words')).status).toBe(401);
    await page.admit();
    expect((await page.send('POST', target, { ...bytes, origin: 'http://127.0.0.1:1' }, 'words')).status).toBe(403);
    expect((await page.send('POST', target, { 'content-type': 'text/plain' }, 'words')).status).toBe(415);
    expect((await page.send('POST', target, {}, 'words')).status).toBe(415);
    expect((await page.send('GET', target, bytes)).status).toBe(405);
    expect((await page.send('POST', '/upload/library.import', bytes, 'words')).status).toBe(400);
    expect((await page.send('POST', '/upload/constructor?name=a.txt', bytes, 'words')).status).toBe(404);
    expect(await documents(page)).toEqual([]);
  });
});

describe('images beside a document', () => {
  it('are served by the document’s id, and nothing else is', async () => {
    const page = await openPage({ 'a/doc.md': '# Doc', 'a/pic.png': 'PNG', 'a/notes.txt': 'text', 'up.png': 'up' });
    await page.admit();
    await page.core.library.ready;
    const id = allRows(page.core.library).find(({ fileName }) => fileName === 'doc.md')?.id;
    const ask = (relative: string) => page.send('GET', `/asset/${id}/${relative}`);
    expect(await ask('pic.png')).toMatchObject({ status: 200, body: 'PNG', headers: { 'content-type': 'image/png' } });
    expect(await ask('..%2Fup.png')).toMatchObject({ status: 200, body: 'up' });
    for (const relative of ['notes.txt', 'doc.md', '..%2f..%2fsecret.png', 'none.png', '%ff', '']) {
      expect((await ask(relative)).status).toBe(404);
    }
  });
});

describe('an export', () => {
  const everything = { scope: { type: 'everything' }, format: 'html', layout: 'single' };

  /** An export that was prepared, whose bytes are those given. */
  const exportOf = (bytes: AsyncIterable<Uint8Array<ArrayBuffer>>): Core['exports'] => ({
    take: (id) => ({
      prepared: { id, name: 'notes.md', mediaType: 'text/markdown', fileCount: 1, documentCount: 1, noteCount: 1 },
      originals: [],
      stream: () =>
        (async function* () {
          for await (const each of bytes) yield { bytes: each };
          return undefined;
        })(),
    }),
  });

  it('is streamed once to the page that has a session, and never shown as a page of this origin', async () => {
    const page = await openPage();
    await page.admit();
    const documentId = await page.seedId();
    await page.call('notebook.apply', { documentId, changes: [{ type: 'put-note', note: makeNote({ body: 'mine' }) }] });
    const prepared = await page.call('export.prepare', everything);
    if (!prepared.ok) throw new Error(prepared.failure.message);
    const address = exportAddress(prepared.value.id, 'file');
    expect((await page.send('GET', address, { cookie: '' })).status).toBe(401);
    expect((await page.send('GET', address, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await page.send('POST', address)).status).toBe(405);
    expect((await page.send('GET', `/export/${prepared.value.id}?as=page`)).status).toBe(404);
    const answer = await page.send('GET', address);
    expect(answer).toMatchObject({
      status: 200,
      headers: {
        'content-type': 'application/octet-stream',
        'content-disposition': 'attachment',
        'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
        'cache-control': 'no-store',
      },
    });
    expect(answer.body).toMatch(/^<!doctype html>[\s\S]*mine[\s\S]*<\/html>\n$/);
    expect((await page.send('GET', address)).status).toBe(404);
  });

  it('that breaks off is not taken for whole, and is logged', async () => {
    async function* bytes() {
      yield new Uint8Array(100_000);
      throw new Error('The thread died.');
    }
    const page = await openPage({}, undefined, { exports: exportOf(bytes()) });
    await page.admit();
    await expect(page.send('GET', exportAddress('any', 'text'))).rejects.toThrow('aborted');
    expect(page.log.lines).toEqual(['GET /export/any failed: Error: The thread died.']);
  });

  it('is made no further when the page goes away, and nothing is logged of it', async () => {
    const over = Promise.withResolvers<void>();
    async function* bytes() {
      try {
        for (;;) yield new Uint8Array(100_000);
      } finally {
        over.resolve();
      }
    }
    const page = await openPage({}, undefined, { exports: exportOf(bytes()) });
    await page.admit();
    await page.leave(exportAddress('any', 'file'));
    await over.promise;
    await page.server.close();
    expect(page.log.lines).toEqual([]);
  });
});

describe('the parts of a document', () => {
  it('are streamed, in whole', async () => {
    const lines = Array.from({ length: 500 }, (_, index) => `{"line":${index},"text":"${'x'.repeat(1000)}"}\n`);
    async function* stream() {
      for (const line of lines) yield new TextEncoder().encode(line);
    }
    const page = await openPage({}, async () => ({ ok: true, value: stream() }));
    await page.admit();
    const answer = await page.send('GET', '/document/abcdefgh');
    expect(answer).toMatchObject({ status: 200, headers: { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store' } });
    expect(answer.body).toBe(lines.join(''));
  });

  it('are read no further when the page goes away, and nothing is logged of it', async () => {
    const over = Promise.withResolvers<number>();
    async function* stream() {
      let count = 0;
      try {
        for (; ; count += 1) yield new Uint8Array(100_000);
      } finally {
        over.resolve(count);
      }
    }
    const page = await openPage({}, async () => ({ ok: true, value: stream() }));
    await page.admit();
    await page.leave('/document/abcdefgh');
    expect(await over.promise).toBeLessThan(1000);
    await page.server.close();
    expect(page.log.lines).toEqual([]);
  });

  it('are nobody’s when the page is gone before the first of them, and nothing is logged of it', async () => {
    const asked = Promise.withResolvers<void>();
    const isGone = Promise.withResolvers<void>();
    async function* stream() {
      yield new Uint8Array(100_000);
    }
    const page = await openPage({}, async () => {
      asked.resolve();
      await isGone.promise;
      return { ok: true, value: stream() };
    });
    await page.admit();
    const { port } = new URL(page.origin);
    const socket = connect(Number(port), '127.0.0.1');
    socket.write(`GET /document/abcdefgh HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nCookie: ${page.cookie()}\r\n\r\n`);
    await asked.promise;
    socket.destroy();
    await once(socket, 'close');
    isGone.resolve();
    await page.server.close();
    expect(page.log.lines).toEqual([]);
  });
});

describe('the page', () => {
  it('is for anyone, with a nonce for each load and a policy that lets nothing else in', async () => {
    const page = await openPage();
    const [one, other] = [await page.send('GET', '/'), await page.send('GET', '/index.html')];
    const nonces = [one, other].map(({ body }) => /nonce="([^"]{20,})"/.exec(body)?.[1]);
    expect(nonces[0]).not.toBe(nonces[1]);
    const policy = String(one.headers['content-security-policy']);
    expect(policy).toContain(`style-src 'self' 'nonce-${nonces[0]}'`);
    for (const directive of ["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "require-trusted-types-for 'script'"]) {
      expect(policy.split('; ')).toContain(directive);
    }
    expect(policy).not.toMatch(/unsafe|\*|http/);
    expect(one.headers).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    });
  });

  it('loads its bundle', async () => {
    const page = await openPage();
    const answer = await page.send('GET', '/assets/index-abc.js');
    expect(answer).toMatchObject({ status: 200, body: 'export {};', headers: { 'content-type': 'text/javascript; charset=utf-8' } });
    expect(await page.send('HEAD', '/assets/index-abc.js')).toMatchObject({ status: 200, body: '' });
  });
});

describe('a page that comes while the core is opened', () => {
  it('is shown, and has what it asks for and hears once that is open', async () => {
    const { promise: until, resolve: open } = Promise.withResolvers<void>();
    const page = await openPage({}, undefined, { until });
    expect(await page.send('GET', '/')).toMatchObject({ status: 200 });
    expect(await page.admit()).toMatchObject({ status: 204 });
    let isAnswered = false;
    const asked = page.send('POST', '/api/app.info').finally(() => {
      isAnswered = true;
    });
    expect(await page.send('POST', '/api/no.method')).toMatchObject({ status: 404 });
    expect(isAnswered).toBe(false);
    open();
    expect(await asked).toMatchObject({ status: 200 });
  });
});

describe('events', () => {
  it('are known to be missed also by a page that was told none before', async () => {
    const page = await openPage();
    await page.admit();
    await page.core.library.ready;
    const streams = createEventStreams(page.core);
    const ask = (lastEventId?: string) => {
      const written: string[] = [];
      const response = Object.assign(new EventEmitter(), { write: (text: string) => written.push(text), end: () => undefined });
      streams.open(client, lastEventId, response as unknown as ServerResponse);
      return { text: () => written.join(''), leave: () => response.emit('close') };
    };
    const first = ask();
    const [, id] = /^id: (\S+)$/m.exec(first.text()) ?? [];
    expect(first.text()).not.toContain('app.missed');
    first.leave();
    const soon = ask(id);
    expect(soon.text()).not.toContain('app.missed');
    soon.leave();
    streams.close();
    expect(ask(id).text()).toContain('event: app.missed');
    streams.close();
  });

  it('reach more pages than a browser has connections for: they take turns, and none misses any', async () => {
    const page = await openPage();
    await page.admit();
    await page.core.library.ready;
    const streams = createEventStreams(page.core);
    onTestFinished(() => streams.close());
    const ask = (number: number, lastEventId?: string) => {
      const written: string[] = [];
      let isOpen = true;
      const response = Object.assign(new EventEmitter(), {
        write: (text: string) => written.push(text),
        end: (text = '') => {
          written.push(text);
          isOpen = false;
          response.emit('close');
        },
      });
      streams.open(`00000000-0000-4000-8000-00000000000${number}`, lastEventId, response as unknown as ServerResponse);
      return { text: () => written.join(''), isOpen: () => isOpen };
    };
    const pages = [1, 2, 3, 4, 5, 6].map((number) => ask(number));
    expect(pages.map(({ isOpen }) => isOpen())).toEqual([false, false, true, true, true, true]);
    expect(pages[0]?.text()).toMatch(/retry: 2000\n\n$/);
    expect(streams.clients()).toHaveLength(6);
    page.core.emit('app.problem', { id: 'one', message: 'for all' });
    const [, id] = /^id: (\S+)$/m.exec(pages[0]?.text() ?? '') ?? [];
    const back = ask(1, id);
    expect(back.text()).toContain('for all');
    expect(back.text()).not.toContain('app.missed');
    expect(pages.map(({ isOpen }) => isOpen())).toEqual([false, false, false, true, true, true]);
    expect(streams.clients()).toHaveLength(6);
  });

  it('reach a page, and after a lost connection what it missed', async () => {
    const page = await openPage();
    await page.admit();
    const { port } = new URL(page.origin);
    const listen = async (lastEventId?: string) => {
      const outgoing = request({
        host: '127.0.0.1',
        port,
        path: `/events?client=${client}`,
        headers: { cookie: page.cookie(), ...(lastEventId !== undefined && { 'last-event-id': lastEventId }) },
      });
      outgoing.end();
      const [response] = await once(outgoing, 'response');
      response.setEncoding('utf8');
      return { response, leave: () => outgoing.destroy() };
    };
    const readUntil = async (response: AsyncIterable<string>, wanted: string): Promise<string> => {
      let text = '';
      for await (const chunk of response) {
        text += chunk;
        if (text.includes(wanted)) return text;
      }
      return text;
    };

    const first = await listen();
    expect(first.response.headers['content-type']).toBe('text/event-stream');
    page.core.emit('app.problem', { id: 'one', message: 'first' });
    const seen = await readUntil(first.response, '"first"');
    const id = /id: (\S+)\nevent: app\.problem\ndata: (.*)/.exec(seen);
    expect(JSON.parse(id?.[2] ?? '')).toEqual({ id: 'one', message: 'first' });
    first.leave();

    page.core.emit('app.problem', { id: 'two', message: 'second' });
    const second = await listen(id?.[1]);
    const missed = await readUntil(second.response, '"second"');
    expect(missed).not.toContain('"first"');
    expect(missed).not.toContain('event: app.missed');
    second.leave();

    // An id of an earlier server, or none although the page has listened before.
    for (const unknown of ['00000000.1', '1', undefined]) {
      const stranger = await listen(unknown);
      expect(await readUntil(stranger.response, 'event: app.missed')).not.toContain('"second"');
      stranger.leave();
    }
  });
});
