import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright';
import { build } from 'vite';
import { pagePolicy } from '../../electron/site/security';

const MEDIA_TYPES: Readonly<Record<string, string>> = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css' };

/** Bundles the reading engine (page/page.ts) as the application is bundled, and serves it on the loopback. `root` is the repository. */
export async function serveEnginePage(root: string): Promise<{ address: string; close(): Promise<void> }> {
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
    const file = path.join(folder, path.normalize(name));
    readFile(file).then(
      (body) => {
        response.setHeader('Content-Type', MEDIA_TYPES[path.extname(file)] ?? 'text/plain; charset=utf-8');
        response.setHeader('Content-Security-Policy', pagePolicy('bench'));
        response.end(body);
      },
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    async close() {
      server.closeAllConnections();
      server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Loads the served page afresh and waits for its modules. */
export async function loadEngine(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.waitForFunction(() => 'engine' in globalThis);
}
