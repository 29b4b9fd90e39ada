import { EventEmitter, once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { type IncomingHttpHeaders, request, type ServerResponse } from 'node:http';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { decodeWire } from '../../../electron/api/wire';
import { createEventStreams } from '../../../electron/serve/event-streams';
import { type Server, startServer } from '../../../electron/serve/server';
import { openSite } from '../../../electron/site';
import { keepLog, makeFolder, type OpenedCore, openCore } from '../host-fixtures';

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
  /** Sends a request as this server's own page would, with whatever is given in place of that; `''` leaves a header out. */
  send(method: string, target: string, headers?: Record<string, string>, body?: string): Promise<Answer>;
  /** Exchanges the token and keeps the cookie for all that is sent from then on. */
  admit(): Promise<Answer>;
  cookie(): string;
}

async function openPage(documents: Record<string, string> = {}): Promise<Page> {
  const opened = await openCore({ documents });
  const bundleFolder = await makeFolder();
  await mkdir(path.join(bundleFolder, 'assets'));
  await writeFile(path.join(bundleFolder, 'index.html'), '<meta property="csp-nonce" nonce="__NONCE__" />');
  await writeFile(path.join(bundleFolder, 'assets/index-abc.js'), 'export {};');
  const site = await openSite({ bundleFolder, assetPath: (id, relative) => opened.core.library.assetPath(id, relative) });
  const server = await startServer({ core: opened.core, site, port: 0, log: keepLog() });
  onTestFinished(() => server.close());
  const { origin, hash, port } = new URL(server.address);
  let cookie = '';

  const send: Page['send'] = async (method, target, headers = {}, body = '{}') => {
    const usual = {
      host: `127.0.0.1:${port}`,
      origin,
      cookie,
      'content-type': 'application/json',
      'sec-fetch-site': 'same-origin',
      'x-lectern-client': client,
    };
    const sent = Object.fromEntries(Object.entries({ ...usual, ...headers }).filter(([, each]) => each !== ''));
    const outgoing = request({ host: '127.0.0.1', port, method, path: target, headers: sent, setHost: false, agent: false });
    outgoing.end(method === 'POST' ? body : undefined);
    const [response] = await once(outgoing, 'response');
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk);
    return { status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks).toString() };
  };
  const token = hash.slice(1);
  const admit = async () => {
    const answer = await send('POST', '/session', {}, JSON.stringify({ token }));
    cookie = answer.headers['set-cookie']?.[0]?.split(';')[0] ?? cookie;
    return answer;
  };
  return { ...opened, server, origin, token, send, admit, cookie: () => cookie };
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

describe('images beside a document', () => {
  it('are served by the document’s id, and nothing else is', async () => {
    const page = await openPage({ 'a/doc.md': '# Doc', 'a/pic.png': 'PNG', 'a/notes.txt': 'text', 'secret.png': 'no' });
    await page.admit();
    await page.core.library.ready;
    const id = page.core.library.list().documents.find(({ fileName }) => fileName === 'doc.md')?.id;
    const ask = (relative: string) => page.send('GET', `/asset/${id}/${relative}`);
    expect(await ask('pic.png')).toMatchObject({ status: 200, body: 'PNG', headers: { 'content-type': 'image/png' } });
    for (const relative of ['notes.txt', 'doc.md', '..%2fsecret.png', '../secret.png', 'none.png', '%ff', '']) {
      expect((await ask(relative)).status).toBe(404);
    }
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
    expect(decodeWire(id?.[2] ?? '')).toEqual({ id: 'one', message: 'first' });
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
