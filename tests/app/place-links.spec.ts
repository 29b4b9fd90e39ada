import { expect, test } from './fixtures';
import { axeFindings } from './fixtures/axe.ts';
import { HARBOUR, harbourLibrary } from './fixtures/harbour';
import { Lectern } from './models/lectern';

test.use({ library: { ...harbourLibrary, 'quay.md': '# The Winter Quay\n\nIce lies along the quay until March.\n' } });

test('a link to a note is copied by a key, and leads there from elsewhere, from a note, and from the card that it leads to', async ({
  app,
  hostName,
}) => {
  test.skip(hostName === 'electron', 'There the system hands the link over; what the page does then is the same.');
  const { page } = app;
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  const lectern = new Lectern(page);
  const article = await lectern.open(HARBOUR);
  const card = await lectern.highlight('by the people of the town', 'green');
  await page.keyboard.press('l');
  await expect(page.getByText('The link to the note is on the clipboard.')).toBeVisible();
  const address = await copied();
  expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#document\/[0-9a-f-]+\?note=[0-9a-f-]+$/);
  await page.keyboard.press('Shift+L');
  await expect.poll(copied).toBe(`[${HARBOUR}, “by the people of the town”](${address})`);

  await lectern.open('The Winter Quay');
  await page.keyboard.press('Control+Shift+N');
  const editor = page.getByRole('textbox', { name: 'Note text' });
  await editor.fill(`See [there](${address}) and [[Nowhere at all]].`);
  await page.keyboard.press('Escape');
  await lectern.allSaved();
  const note = lectern.noteWith('See there');
  await expect(note.getByRole('link', { name: 'Nowhere at all' })).toHaveAttribute('data-missing', '');
  expect(await axeFindings(page)).toEqual([]);
  await note.getByRole('link', { name: 'there' }).press('Enter');
  await expect(article).toBeVisible();
  await expect(card).toHaveAttribute('aria-current', 'true');

  // Back by the card's own link, and by the list under the cards.
  await card.getByRole('button', { name: '1 link here' }).click();
  await expect(page.getByRole('menuitem', { name: 'See there' })).toBeVisible();
  // A menu floats over the page and belongs to no landmark.
  expect(await axeFindings(page, 'region')).toEqual([]);
  await page.getByRole('menuitem', { name: 'See there' }).click();
  await expect(note).toHaveAttribute('aria-current', 'true');
  await page.goto(address);
  await expect(card).toHaveAttribute('aria-current', 'true');
  await expect.poll(() => new URL(page.url()).hash).toBe('');
  await lectern.notes.getByRole('region', { name: 'Linked here' }).getByRole('button', { name: 'The Winter Quay, 1 link' }).press('Enter');
  await expect(note).toHaveAttribute('aria-current', 'true');

  await page.goto('about:blank');
  await page.goto(`${new URL(address).origin}/#document/01890000-0000-7000-8000-000000000001`);
  await expect(page.getByText('The document to which this link leads is not in the library')).toBeVisible();
});

test('what is written behind two brackets is completed to a document or a note, and a link to nothing offers a note of that name', async ({
  app,
}) => {
  const { page } = app;
  const lectern = new Lectern(page);
  await lectern.open(HARBOUR);
  const card = await lectern.highlight('by the people of the town', 'green');
  await lectern.write(card, 'Harbour folk');
  await lectern.allSaved();
  await lectern.open('The Winter Quay');
  await page.keyboard.press('Control+Shift+N');
  const editor = page.getByRole('textbox', { name: 'Note text' });
  await expect(editor).toBeFocused();
  await page.keyboard.type('[[harbour fo');
  await page.getByRole('option', { name: /Harbour folk/ }).waitFor();
  // What was found for the letters before stands there until the rest is looked for, and takes no Enter.
  await expect(page.locator('.cm-tooltip-autocomplete-disabled')).toHaveCount(0);
  await page.keyboard.press('Enter');
  await expect(editor).toContainText('](lectern://document/');
  await page.keyboard.type(' and [[A name to be]]');
  await page.keyboard.press('Escape');
  const note = lectern.noteWith('A name to be');
  await note.getByRole('link', { name: 'A name to be' }).click();
  const dialog = page.getByRole('dialog', { name: 'This link leads to nothing yet' });
  await expect(dialog).toBeVisible();
  expect(await axeFindings(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Make a note with this title' }).click();
  await expect(editor).toContainText('# A name to be');
  await page.keyboard.press('Escape');
  await lectern.allSaved();
  await expect(note.getByRole('link', { name: 'A name to be' })).not.toHaveAttribute('data-missing');
  await note.getByRole('link', { name: /Harbour folk/ }).click();
  await expect(lectern.article(HARBOUR)).toBeVisible();
  await expect(card).toHaveAttribute('aria-current', 'true');
});

test('a link to a selected passage leads to it; a browser that was not let in says what to do', async ({ app, browser, hostName }) => {
  test.skip(hostName === 'electron', 'There the system hands the link over.');
  const { page } = app;
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const lectern = new Lectern(page);
  await lectern.open(HARBOUR);
  await lectern.select('by the people of the town');
  await page.keyboard.press('l');
  await expect(page.getByText('The link to the passage is on the clipboard.')).toBeVisible();
  const address = await page.evaluate(() => navigator.clipboard.readText());
  await lectern.open('The Winter Quay');
  await page.goto(address);
  await expect(lectern.article(HARBOUR)).toBeVisible();
  await expect.poll(() => page.evaluate(() => String(document.getSelection()))).toBe('by the people of the town');

  const stranger = await browser.newContext();
  try {
    const other = await stranger.newPage();
    await other.goto(address);
    await expect(other.getByRole('alert')).toContainText(
      'Open the address that Lectern printed when it started; then open the link again.',
    );
  } finally {
    await stranger.close();
  }
});
