import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, watch, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type DocumentLine, documentAddress } from '#api';
import { USUAL_PORT } from '../../../electron/serve/server';
import { buildFolder, root } from '../../../electron/vite.shared';
import { localIn, withHome } from '../../own-home';
import { makeFolder, makeNote } from '../host-fixtures';
import { waitFor } from '../wait-for';

const client = '00000000-0000-4000-8000-000000000001';
/** The host as it ships, with a page of one line. */
let place: string;
const serveFile = () => path.join(place, '.vite/build/serve.mjs');
const home = () => path.join(place, 'home');

beforeAll(async () => {
  place = await mkdtemp(path.join(os.tmpdir(), 'lectern-serve-'));
  await cp(buildFolder, path.dirname(serveFile()), { recursive: true });
  const page = path.join(place, '.vite/renderer/main_window');
  await mkdir(page, { recursive: true });
  await writeFile(path.join(page, 'index.html'), '<!doctype html>');
  await cp(path.join(root, 'package.json'), path.join(place, 'package.json'));
  await cp(path.join(root, 'seeds'), path.join(place, 'seeds'), { recursive: true });
});
afterAll(() => rm(place, { recursive: true, force: true }));

interface Served {
  server: ChildProcess;
  exited: Promise<number | null>;
  output: { out: string; error: string };
}

/** Starts the host, on a free port where `args` name none. */
function serve(...args: string[]): Served {
  const port = args.includes('--port') ? [] : ['--port', '0'];
  return start([...args, ...port]);
}

function start(args: readonly string[], env: NodeJS.ProcessEnv = {}): Served {
  const server = spawn(process.execPath, [serveFile(), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...withHome(home()), ...env },
  });
  const output = { out: '', error: '' };
  server.stdout?.on('data', (chunk) => (output.out += chunk));
  server.stderr?.on('data', (chunk) => (output.error += chunk));
  const exited = once(server, 'close').then(([code]) => code as number | null);
  onTestFinished(async () => {
    server.kill('SIGKILL');
    await exited;
  });
  return { server, exited, output };
}

/** Waits for the printed address and opens a session, as a page does. */
async function openPage({ server, output, exited }: Served) {
  while (!output.out.includes('\n') && server.exitCode === null) {
    await Promise.race([once(server.stdout ?? server, 'data'), exited]);
  }
  const [, origin, token] = /^Lectern is at (http:\/\/127\.0\.0\.1:\d+)\/#([\w-]{43})\n$/.exec(output.out) ?? [];
  if (!origin) throw new Error(`The server did not start: ${output.out}${output.error}`);
  const headers: Record<string, string> = { origin, 'content-type': 'application/json', 'x-lectern-client': client };
  const post = (target: string, body: unknown) => fetch(origin + target, { method: 'POST', headers, body: JSON.stringify(body) });
  const session = await post('/session', { token });
  headers['cookie'] = session.headers.get('set-cookie')?.split(';')[0] ?? '';
  const call = async (method: string, args: unknown) => JSON.parse(await (await post(`/api/${method}`, args)).text());
  const events = async () => {
    const response = await fetch(`${origin}/events?client=${client}`, { headers });
    if (!response.body) throw new Error('There are no events.');
    return response.body.pipeThrough(new TextDecoderStream());
  };
  const lines = async (documentId: string, rawHash: string) => {
    const response = await fetch(origin + documentAddress(documentId, rawHash), { headers });
    return (await response.text())
      .trimEnd()
      .split('\n')
      .map((line): DocumentLine => JSON.parse(line));
  };
  return { call, events, lines };
}

const firstDocuments = { query: { sort: 'date', ascending: false }, from: 0, count: 100, locate: [] };

/** The first document, once the library has it. */
const firstDocument = (call: (method: string, args: unknown) => Promise<unknown>): Promise<string> =>
  waitFor(async () => {
    const { rows } = (await call('library.documents', firstDocuments)) as { rows: { id: string }[] };
    const [first] = rows;
    if (!first) throw new Error('There is no document yet.');
    return first.id;
  });

/** Takes the usual port; `undefined` when another program of this machine has it, so that no test can. */
async function listenAtUsualPort() {
  const taker = createServer();
  taker.listen(USUAL_PORT, '127.0.0.1');
  const taken = await once(taker, 'listening').then(
    () => true,
    () => false,
  );
  return taken ? { close: () => new Promise((resolve) => taker.close(resolve)) } : undefined;
}

/** Windows has no signals that a process can hear. */
const hears = it.skipIf(process.platform === 'win32');

describe('npm run serve', () => {
  it('gives the parts of documents of each kind, read by its threads', async () => {
    const library = await makeFolder();
    const documents = [
      ['page.html', '<title>Page</title><h1>One</h1><p>Two', 'One\nTwo'],
      ['note.md', '# Three\n\nFour', 'Three\nFour'],
      ['text.txt', 'Five\n\nSix\n', 'Five\n\nSix\n'],
    ] as const;
    for (const [name, content] of documents) await writeFile(path.join(library, name), content);
    const { call, lines } = await openPage(serve('--data', path.join(await makeFolder(), 'data'), '--library', library));
    for (const [name, , text] of documents) {
      const documentId = await waitFor(async () => {
        const { rows } = await call('library.documents', firstDocuments);
        const found = rows.find(({ fileName }: { fileName: string }) => fileName === name);
        if (!found) throw new Error(`${name} is not listed.`);
        return found.id;
      });
      const opened = await call('library.open', { documentId });
      const given = await lines(documentId, opened.value.source.rawHash);
      const drawn = given.flatMap((line) => (line.part === 'section' ? [line.text] : [])).join('');
      expect(drawn.trimEnd(), name).toBe(text.trimEnd());
      expect(given.at(-1), name).toMatchObject({ part: 'end' });
    }
  });

  hears('prints one line, and nothing else goes to standard output', async () => {
    const data = path.join(await makeFolder(), 'data');
    const served = serve('--data', data, '--library', place);
    const { call } = await openPage(served);
    await firstDocument(call);
    served.server.kill('SIGINT');
    expect(await served.exited).toBe(0);
    expect(served.output.out.split('\n')).toHaveLength(2);
    expect(served.output.error).toBe('');
  });

  hears.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
    'asks its pages to save before it ends on %s, and takes what they save',
    async (signal) => {
      const data = path.join(await makeFolder(), 'data');
      const served = serve('--data', data);
      const { call, events } = await openPage(served);
      const documentId = await firstDocument(call);
      const stream = await events();
      served.server.kill(signal);
      let heard = '';
      for await (const chunk of stream) {
        heard += chunk;
        if (!heard.includes('event: app.flush')) continue;
        const note = makeNote({ body: 'the last words' });
        expect(await call('notebook.apply', { documentId, changes: [{ type: 'put-note', note }] })).toMatchObject({ ok: true });
        await call('shell.flushed', {});
        break;
      }
      expect(await served.exited).toBe(0);
      const stored = await readFile(path.join(data, 'notebooks', `${documentId}.json`), 'utf8');
      expect(JSON.parse(stored).notes[0].body).toBe('the last words');
      expect((await readdir(localIn(home(), data))).sort()).toEqual([
        'files.sqlite',
        'first-view.json',
        'index.sqlite',
        'logs',
        'machine-id',
        'notebooks.sqlite',
        'reviews.sqlite',
      ]);
      expect((await readdir(data)).sort()).toEqual(['backups', 'documents', 'machines', 'notebooks']);
    },
  );

  it.skipIf(process.platform !== 'linux')('opens a browser without its key on any command line, and leaves no page behind', async () => {
    const home = await makeFolder();
    const programs = path.join(home, 'bin');
    await mkdir(programs);
    await writeFile(
      path.join(programs, 'xdg-open'),
      '#!/bin/sh\necho "$@" > "$HOME/given"; cat "$1" > "$HOME/page"; touch "$HOME/done"\n',
      { mode: 0o755 },
    );
    const changes = watch(home);
    const served = start(['--port', '0', '--open', '--data', path.join(home, 'data')], {
      HOME: home,
      PATH: `${programs}:${process.env['PATH']}`,
    });
    for await (const { filename } of changes) if (filename === 'done') break;
    const token = /#([\w-]{43})/.exec(served.output.out)?.[1] ?? 'none';
    expect(await readFile(path.join(home, 'given'), 'utf8')).not.toContain(token);
    expect(await readFile(path.join(home, 'page'), 'utf8')).toContain(token);
    await openPage(served);
    await waitFor(async () => expect((await readdir(home)).filter((name) => name.startsWith('lectern-opens-'))).toEqual([]));
  });

  hears('ends on a signal in the very moment in which its line is there', async () => {
    const data = path.join(await makeFolder(), 'data');
    const served = serve('--data', data);
    await once(served.server.stdout ?? served.server, 'data');
    served.server.kill('SIGINT');
    expect(await served.exited).toBe(0);
  });

  hears('ends on a signal while it starts, once what it has begun is done', async () => {
    const data = path.join(await makeFolder(), 'data');
    const local = localIn(home(), data);
    await mkdir(local, { recursive: true });
    // It waits for whoever is about to write this.
    await writeFile(path.join(local, 'lock'), '');
    const changes = watch(local);
    const served = serve('--data', data);
    for await (const _ of changes) break;
    served.server.kill('SIGINT');
    expect(await served.exited).toBe(0);
    expect(served.output.out).toBe('');
  });

  hears('ends at once on a second signal', async () => {
    const served = serve('--data', path.join(await makeFolder(), 'data'));
    const { events } = await openPage(served);
    const stream = await events();
    served.server.kill('SIGTERM');
    let heard = '';
    for await (const chunk of stream) {
      heard += chunk;
      if (heard.includes('event: app.flush')) served.server.kill('SIGTERM');
      if (heard.includes('event: app.flush')) break;
    }
    expect(await served.exited).toBe(1);
  });

  hears('goes on where a promise failed that nobody waited for', async () => {
    const fault = "process.on('SIGUSR2', () => void Promise.reject(new Error('not awaited')))";
    const NODE_OPTIONS = `--import=data:text/javascript,${encodeURIComponent(fault)}`;
    const served = start(['--port', '0', '--data', path.join(await makeFolder(), 'data')], { NODE_OPTIONS });
    const { call } = await openPage(served);
    served.server.kill('SIGUSR2');
    await Promise.race([served.exited, waitFor(() => expect(served.output.error).toContain('not awaited'))]);
    expect(await call('settings.read', {})).toMatchObject({ theme: 'system' });
    expect(served.output.error).toContain('A promise failed and nothing waited for it');
  });

  it('tells a second instance who has the folder', async () => {
    const data = path.join(await makeFolder(), 'data');
    const first = serve('--data', data);
    await openPage(first);
    const second = serve('--data', data);
    expect(await second.exited).toBe(1);
    expect(second.output.error).toContain(String(first.server.pid));
    expect(second.output.error).toContain(data);
    expect(second.output.out).toBe('');
  });

  it('says what is wrong with its command line', async () => {
    const served = serve('--nonsense');
    expect(await served.exited).toBe(2);
    expect(served.output.error).toMatch(/--nonsense.*Usage: npm run serve/);
    expect(served.output.out).toBe('');
  });

  it('says what is wrong with its data folder', async () => {
    const folder = await makeFolder();
    await writeFile(path.join(folder, 'file'), '');
    await symlink(path.join(folder, 'file'), path.join(folder, 'link'));
    const served = serve('--data', path.join(folder, 'link'));
    expect(await served.exited).toBe(1);
    expect(served.output.error).toContain('cannot be used');
  });

  it('is at the same port each time, and at another one while that is taken', async () => {
    const folder = await makeFolder();
    const portOf = async (served: Served) => {
      await openPage(served);
      return /:(\d+)\//.exec(served.output.out)?.[1];
    };
    const inUse = await listenAtUsualPort();
    const first = start(['--data', path.join(folder, 'one')]);
    const other = await portOf(first);
    expect(other).not.toBe(String(USUAL_PORT));
    await inUse?.close();
    if (!inUse) return;
    expect(await portOf(start(['--data', path.join(folder, 'two')]))).toBe(String(USUAL_PORT));
  });

  it('says that its port is taken', async () => {
    const folder = await makeFolder();
    const first = serve('--data', path.join(folder, 'one'));
    await openPage(first);
    const port = /:(\d+)\//.exec(first.output.out)?.[1] ?? '';
    const second = serve('--data', path.join(folder, 'two'), '--port', port);
    expect(await second.exited).toBe(1);
    expect(second.output.error).toContain(`Port ${port} cannot be used`);
  });
});
