import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium, type Page } from 'playwright';
import { build } from 'vite';
import { pagePolicy } from '../../electron/site/security';

const MEDIA_TYPES: Readonly<Record<string, string>> = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css' };
const CHROMIUM_ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export interface EnginePage {
  page: Page;
  /** Every address that was asked for. */
  requests: string[];
  /** A fresh load of the page. */
  reload(): Promise<void>;
  close(): Promise<void>;
}

export interface EnginePageOptions {
  /** Files to be served beside the page, by name. */
  files?: Readonly<Record<string, string>>;
  /** Without the application's content security policy, for what it would forbid to compare with. */
  withoutPolicy?: boolean;
}

/** Bundles the reading engine (page/page.ts) as the application is bundled and opens it in Chromium. `root` is the repository. */
export async function openEnginePage(root: string, { files = {}, withoutPolicy = false }: EnginePageOptions = {}): Promise<EnginePage> {
  const folder = await mkdtemp(path.join(tmpdir(), 'lectern-engine-'));
  await build({
    configFile: false,
    root: path.join(root, 'tests/bench/page'),
    base: './',
    logLevel: 'error',
    build: { outDir: folder, emptyOutDir: true, target: 'chrome140', assetsInlineLimit: 0, modulePreload: { polyfill: false } },
    worker: { format: 'es' },
  });
  const server = createServer((request, response) => {
    const name = new URL(request.url ?? '/', 'http://localhost').pathname.slice(1) || 'index.html';
    const file = files[name] ?? path.join(folder, path.normalize(name));
    readFile(file).then(
      (body) => {
        response.setHeader('Content-Type', MEDIA_TYPES[path.extname(file)] ?? 'text/plain; charset=utf-8');
        if (!withoutPolicy) response.setHeader('Content-Security-Policy', pagePolicy('bench'));
        response.end(body);
      },
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const executablePath = process.env['LECTERN_CHROMIUM'] ?? '/usr/bin/chromium';
  const browser = await chromium.launch({ executablePath, args: CHROMIUM_ARGUMENTS });
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  const reload = async (): Promise<void> => {
    await page.goto(address);
    await page.waitForFunction(() => 'engine' in globalThis);
  };
  await reload();
  return {
    page,
    requests,
    reload,
    async close() {
      await browser.close();
      server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
