import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openSite } from '../../../electron/site';
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

const noAssets = async () => undefined;
const get = (path: string) => ({ method: 'GET', path });

describe('the site', () => {
  it('is not there without a bundle', async () => {
    await expect(openSite({ bundleFolder: '/nowhere/at/all', assetPath: noAssets })).rejects.toThrow('ENOENT');
  });

  it('serves what the bundle holds by its media type, and no source maps', async () => {
    const site = await openSite({ bundleFolder: await makeBundle(), assetPath: noAssets });
    const font = await site.respond(get('/assets/font%20one.woff2'));
    expect(font.headers).toMatchObject({ 'Content-Type': 'font/woff2', 'Cache-Control': 'private, max-age=31536000, immutable' });
    const icon = await site.respond(get('/assets/icon-1a2b3c4d.svg'));
    expect(icon).toMatchObject({ status: 200, headers: { 'Content-Type': 'image/svg+xml' } });
    expect(icon.headers['Content-Security-Policy']).toContain("default-src 'none'");
    expect((await site.respond(get('/assets/a.js.map'))).status).toBe(404);
    expect((await site.respond({ method: 'POST', path: '/' })).status).toBe(405);
  });

  it('has what was built anew once it is refreshed, and misses what is gone', async () => {
    const bundleFolder = await makeBundle();
    const site = await openSite({ bundleFolder, assetPath: noAssets });
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
    const site = await openSite({ bundleFolder: await makeBundle(), assetPath });
    const image = await site.respond(get('/asset/document-1/pictures/a%20b.svg'));
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
});
