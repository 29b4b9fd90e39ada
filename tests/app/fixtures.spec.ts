import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from './fixtures';

const seed = 'European countries and the United States continue to be very concerned';

test('the application opens, and again over the same data', async ({ app }) => {
  await expect(app.page.getByRole('option', { name: new RegExp(seed) })).toBeVisible();
  expect(await app.quit()).toBe(0);
  expect(await readdir(app.localFolder)).not.toContain('lock');
  await app.start();
  await expect(app.page.getByRole('option', { name: new RegExp(seed) })).toBeVisible();
});

test('a killed application starts again', async ({ app }) => {
  await app.kill();
  await app.start();
  await expect(app.page.getByRole('listbox', { name: 'Documents' })).toBeVisible();
});

test.describe('with a library', () => {
  test.use({ library: { 'sub/One.md': '# First of all\n\nSome words.', 'two.txt': new TextEncoder().encode('The second text.\n') } });
  test('its documents are there', async ({ app }) => {
    await expect(app.page.getByRole('option', { name: /First of all/ })).toBeVisible();
    await expect(app.page.getByRole('option', { name: /The second text/ })).toBeVisible();
  });
});

test.describe('with a disk of its own', () => {
  test.use({ brokenDisk: true });
  test('the disk can be filled, freed, forbidden and allowed', async ({ app }) => {
    await app.disk.fill();
    await app.disk.free();
    await app.disk.forbid();
    await app.disk.allow();
    expect(await readdir(path.join(app.dataFolder))).toContain('notebooks');
  });
});

test('what leaves the page’s origin is noticed, and its policy stops it', async ({ app }) => {
  app.expectTrouble(/violates the .*Content Security Policy/);
  const failed = await app.page.evaluate(() =>
    fetch('http://127.0.0.1:1/').then(
      () => false,
      () => true,
    ),
  );
  expect(failed).toBe(true);
});
