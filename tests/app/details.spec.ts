import { expect, test } from './fixtures';
import { Lectern } from './models/lectern';

test.use({
  library: { 'quay.html': '<html lang="en"><title>The quay</title><meta name="author" content="Anna Berg"><p>Words of the quay.</p>' },
});

test('what a document says of itself is put right, found, cited, and given back', async ({ app }) => {
  const { page } = app;
  const lectern = new Lectern(page);
  const article = await lectern.open('The quay');
  await expect(article.getByText('Anna Berg')).toBeVisible();
  const text = article.locator('.reading-text');
  await expect(text).toHaveAttribute('lang', 'en');
  const details = page.getByRole('dialog', { name: 'Details of the document' });

  await page.keyboard.press('ControlOrMeta+i');
  await details.getByRole('textbox', { name: 'Author' }).fill('Doe, Jane; Roe, John');
  await details.getByLabel('Date').fill('2021-12-03');
  await details.getByRole('combobox', { name: 'Language' }).selectOption('German');
  await page.keyboard.press('Tab');
  await details.getByRole('button', { name: 'Keep' }).click();
  await expect(article.getByText('Doe, Jane; Roe, John')).toBeVisible();
  await expect(text).toHaveAttribute('lang', 'de');
  // However much was put right at once, it is one step.
  await page.keyboard.press('ControlOrMeta+z');
  await expect(article.getByText('Anna Berg')).toBeVisible();
  await expect(text).toHaveAttribute('lang', 'en');
  await page.keyboard.press('ControlOrMeta+Shift+z');
  await expect(article.getByText('Doe, Jane; Roe, John')).toBeVisible();
  await expect(text).toHaveAttribute('lang', 'de');
  await lectern.allSaved();

  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await article.focus();
  await page.keyboard.press('ControlOrMeta+Shift+c');
  await expect(page.getByText('The citation is on the clipboard.')).toBeVisible();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe('Doe, Jane, and John Roe. The quay. 3 December 2021.');

  await page.keyboard.press('ControlOrMeta+Shift+e');
  const dialog = page.getByRole('dialog', { name: 'Export' });
  await dialog.getByRole('combobox', { name: 'Format' }).selectOption({ label: 'BibTeX (references to the documents)' });
  await expect(dialog.getByRole('textbox', { name: 'Preview' })).toHaveValue(
    /^@online\{doe2021quay,\n {2}author = \{Doe, Jane and Roe, John\}/,
  );
  await page.keyboard.press('Escape');

  await page.keyboard.press('ControlOrMeta+k');
  await page.keyboard.type('author:roe');
  await expect(page.getByRole('dialog').getByRole('option', { name: /The quay/ })).toBeVisible();
  await page.keyboard.press('Escape');

  await article.focus();
  await page.keyboard.press('ControlOrMeta+i');
  await details.getByRole('button', { name: 'The author as the file says' }).click();
  await expect(details.getByRole('textbox', { name: 'Author' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(article.getByText('Anna Berg')).toBeVisible();
});
