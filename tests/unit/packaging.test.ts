import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire, registerHooks } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { extractAll, listPackage } from '@electron/asar';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { builtInPolicy } from '../../electron/site/security';
import { root, workerEntries } from '../../electron/vite.shared';
import { withHome } from '../own-home';
import { createElectron } from './shell/electron-stand-in';
import { waitFor } from './wait-for';

const execute = promisify(execFile);
const require = createRequire(import.meta.url);
const electronVersion: string = require('electron/package.json').version;

let folder: string;
/** What Forge made, for Linux on whatever system the test runs. */
let packaged: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'lectern-package-'));
  const project = path.join(folder, 'project');
  await copyProject(project);
  const zips = path.join(folder, 'zips');
  await mkdir(zips);
  await writeFile(path.join(zips, `electron-v${electronVersion}-linux-x64.zip`), standInRuntime());
  await runForge(project, zips);
  packaged = path.join(project, 'out/Lectern-linux-x64');
}, 240_000);

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** The sources in a place of their own (Forge empties `.vite`), and beside them what must not get into the package. */
async function copyProject(project: string): Promise<void> {
  await mkdir(project);
  for (const name of [
    'electron',
    'renderer',
    'seeds',
    'package.json',
    'package-lock.json',
    'tsconfig.json',
    'forge.config.ts',
    'LICENSE',
  ]) {
    await cp(path.join(root, name), path.join(project, name), { recursive: true });
  }
  await symlink(path.join(root, 'node_modules'), path.join(project, 'node_modules'), 'junction');
  for (const name of ['.env', 'notes.txt', 'tests/unit/a.test.ts', '.vite/left-over.cjs']) {
    await mkdir(path.dirname(path.join(project, name)), { recursive: true });
    await writeFile(path.join(project, name), 'must not be packaged');
  }
}

/** Electron's zip, as far as packaging looks at it: an executable with fuses (all off), and its folders. */
function standInRuntime(): Uint8Array {
  const fuses = Buffer.concat([Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'), Buffer.from([1, 9]), Buffer.from('0'.repeat(9))]);
  return zipSync({
    electron: [fuses, { os: 3, attrs: 0o755 << 16 }],
    version: Buffer.from(electronVersion),
    'resources/default_app.asar': Buffer.from('stand-in'),
    'locales/en-US.pak': Buffer.from('stand-in'),
  });
}

/** Packages; without any network where the system can take it away (Linux). */
async function runForge(project: string, zips: string): Promise<void> {
  const { NODE_ENV: _, ...env } = process.env;
  const forge = path.join(root, 'node_modules/@electron-forge/cli/dist/electron-forge.js');
  const command = [process.execPath, forge, 'package', '--platform', 'linux', '--arch', 'x64'];
  const alone = ['unshare', '--map-root-user', '--net'];
  const canBeAlone = await execute('unshare', [...alone.slice(1), 'true']).then(
    () => true,
    () => false,
  );
  const [program = '', ...args] = canBeAlone ? [...alone, ...command] : command;
  await execute(program, args, { cwd: project, env: { ...env, LECTERN_ELECTRON_ZIPS: zips } });
}

const asar = () => path.join(packaged, 'resources/app.asar');
const packedFiles = () => listPackage(asar(), { isPack: false }).map((file) => file.replaceAll('\\', '/'));

/** Those whose names are known; what they share has a hash in its name. */
const named = ['main', 'preload', ...Object.keys(workerEntries)].map((name) => `${name}.cjs`);

describe('the package', () => {
  test('holds the bundles and package.json, and nothing else', () => {
    const files = packedFiles();
    expect(files.filter((file) => !file.startsWith('/.vite'))).toEqual(['/package.json']);
    const scripts = files.filter((file) => /^\/\.vite\/build\/./.test(file)).map((file) => path.posix.basename(file));
    expect(scripts).toEqual(expect.arrayContaining(named));
    expect(scripts.filter((file) => !named.includes(file) && !/^[\w-]+-[\w-]{8}\.cjs$/.test(file))).toEqual([]);
    expect(files).toContain('/.vite/renderer/main_window/index.html');
    const loose = files.filter((file) => /\.(tsx?|map|node)$|node_modules|left-over|\.env/.test(file));
    expect(loose).toEqual([]);
  });

  test('has the icon of its window beside it, and the mark of its page within', async () => {
    const icon = await readFile(path.join(packaged, 'resources/icon.png'));
    expect(icon).toEqual(await readFile(path.join(root, 'electron/icons/icon.png')));
    expect(packedFiles().filter((file) => /\/icon-[\w-]+\.svg$/.test(file))).toHaveLength(1);
  });

  test('has the seeds beside it, byte for byte', async () => {
    const resources = path.join(packaged, 'resources');
    expect((await readdir(resources)).sort()).toEqual(['NOTICES.txt', 'app.asar', 'icon.png', 'seeds']);
    const seeds = await readdir(path.join(root, 'seeds'));
    expect(await readdir(path.join(resources, 'seeds'))).toEqual(seeds);
    for (const seed of seeds) {
      expect(await readFile(path.join(resources, 'seeds', seed))).toEqual(await readFile(path.join(root, 'seeds', seed)));
    }
    expect(seeds).toContain('000_1f77a48d763ee880.txt');
  });

  test('brings the licences of what it is made of, and says what its sandbox needs on Linux', async () => {
    const notices = await readFile(path.join(packaged, 'resources/NOTICES.txt'), 'utf8');
    const { dependencies, devDependencies } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
    for (const name of Object.keys(dependencies)) expect(notices).toContain(`\n${name} ${dependencies[name]} (`);
    for (const name of Object.keys(devDependencies)) expect(notices).not.toContain(`\n${name} ${devDependencies[name]} (`);
    expect(notices).toContain('Permission is hereby granted, free of charge');
    expect(notices).not.toContain(root);
    expect(await readFile(path.join(packaged, 'README.txt'), 'utf8')).toMatch(/User namespaces[\s\S]*chmod 4755 chrome-sandbox/);
  });

  test('has a page that holds its policy by itself', async () => {
    const extracted = path.join(folder, 'page');
    extractAll(asar(), extracted);
    const page = await readFile(path.join(extracted, '.vite/renderer/main_window/index.html'), 'utf8');
    expect(page).toContain(`<meta http-equiv="Content-Security-Policy" content="${builtInPolicy}"`);
    expect(page.indexOf('http-equiv')).toBeLessThan(page.search(/<(?:script|link)/));
    expect(builtInPolicy).toContain("script-src 'self';");
    expect(builtInPolicy).toContain("require-trusted-types-for 'script'");
    expect(builtInPolicy).not.toMatch(/nonce|frame-ancestors|https?:|\*/);
  });

  test('has an executable whose fuses are set', async () => {
    const wire = await getCurrentFuseWire(path.join(packaged, 'lectern'));
    const on = Object.entries(wire).flatMap(([fuse, state]) => (state === FuseState.ENABLE ? [Number(fuse)] : []));
    expect(on.sort()).toEqual([
      FuseV1Options.EnableEmbeddedAsarIntegrityValidation,
      FuseV1Options.OnlyLoadAppFromAsar,
      FuseV1Options.WasmTrapHandlers,
    ]);
  });

  test('names no place of the machine where it was built', async () => {
    const extracted = path.join(folder, 'searched');
    extractAll(asar(), extracted);
    for (const name of named) {
      const text = await readFile(path.join(extracted, '.vite/build', name), 'utf8');
      expect(text.includes(folder), name).toBe(false);
      expect(text.includes(root), name).toBe(false);
    }
  });

  test('starts: the bundled main process opens its window and serves the bundled page, the seeds and a search', async () => {
    const app = path.join(folder, 'extracted');
    extractAll(asar(), app);
    const electron = createElectron();
    Object.assign(electron.app, { appPath: app, appData: path.join(folder, 'appdata'), isPackaged: true });
    const { argv } = process;
    const resources = Object.getOwnPropertyDescriptor(process, 'resourcesPath');
    process.argv = ['/usr/bin/lectern'];
    Object.defineProperty(process, 'resourcesPath', { value: path.join(packaged, 'resources'), configurable: true });
    for (const [name, value] of Object.entries(withHome(path.join(folder, 'home')))) vi.stubEnv(name, value);
    const hooks = provideElectron(electron.module);
    try {
      require(path.join(app, '.vite/build/main.cjs'));
      electron.app.ready.resolve();
      await waitFor(() => expect([electron.app.windows.length, ...electron.errors]).toEqual([1]));
      const page = await electron.session.schemes.get('lectern')?.({
        url: 'lectern://app/',
        method: 'GET',
        headers: new Headers(),
      } as Request);
      const script = /src="\.(\/assets\/[^"]+\.js)"/.exec((await page?.text()) ?? '')?.[1];
      const answer = await electron.session.schemes.get('lectern')?.({
        url: `lectern://app${script}`,
        method: 'GET',
        headers: new Headers(),
      } as Request);
      expect(answer?.status).toBe(200);
      await waitFor(async () => {
        const query = { sort: 'date', ascending: false };
        const wanted = { query, from: 0, count: 9, locate: [] };
        const { rows } = (await electron.invoke('library.documents', wanted)) as { rows: { fileName: string }[] };
        expect(rows.map(({ fileName }) => fileName)).toEqual(['000_1f77a48d763ee880.txt']);
      });
      await waitFor(async () => {
        const found = await electron.invoke('search.run', { query: 'Ukraine', limit: 10 });
        expect(found).toMatchObject({ ok: true, value: { documentCount: 1 } });
      });
      const [window] = electron.app.windows;
      if (process.platform === 'linux') expect(window?.options.icon).toBe(path.join(packaged, 'resources/icon.png'));
      expect(await readFile(window?.options.webPreferences?.preload ?? '', 'utf8')).toContain('exposeInMainWorld');
      window?.webContents.on('sent', (_, name) => name === 'app.flush' && void electron.invoke('shell.flushed', {}));
      electron.app.quit();
      await electron.app.ended.promise;
    } finally {
      hooks.deregister();
      vi.unstubAllEnvs();
      process.argv = argv;
      if (resources) Object.defineProperty(process, 'resourcesPath', resources);
      else Reflect.deleteProperty(process, 'resourcesPath');
    }
  });
});

/** Gives `module` to whatever requires `electron`. */
function provideElectron(module: object) {
  const url = 'stand-in:electron';
  Reflect.set(globalThis, 'electronStandIn', module);
  return registerHooks({
    resolve: (specifier, context, next) =>
      specifier === 'electron' ? { url, format: 'commonjs', shortCircuit: true } : next(specifier, context),
    load: (loaded, context, next) =>
      loaded === url
        ? { format: 'commonjs', source: 'module.exports = globalThis.electronStandIn;', shortCircuit: true }
        : next(loaded, context),
  });
}
