import { expect, test } from './fixtures';
import { axeFindings } from './fixtures/axe.ts';
import { HARBOUR, harbourLibrary } from './fixtures/harbour';
import { Lectern } from './models/lectern';

test.use({ library: harbourLibrary });

test('a document is forgotten once its reader has seen what goes and is sure; nothing brings its notes back', async ({ app }) => {
  const { page } = app;
  const lectern = new Lectern(page);
  await lectern.open(HARBOUR);
  const note = await lectern.highlight('from the quarry');
  await lectern.write(note, 'Two words');
  await lectern.allSaved();
  await page.keyboard.press('ControlOrMeta+i');
  await page.getByRole('dialog').getByRole('button', { name: 'Forget this document…' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Forget this document' });
  const going = dialog.getByRole('list', { name: 'What goes' });
  await expect(going).toContainText('1 note with 2 words');
  await expect(going).toContainText('1 text that your notes were made on');
  await expect(dialog).toContainText('is yours and is not touched');
  expect(await axeFindings(page)).toEqual([]);
  const forget = dialog.getByRole('button', { name: 'Forget for good' });
  await expect(forget).toBeDisabled();
  await page.keyboard.press('Escape');
  await expect(note).toBeVisible();

  await page.keyboard.press('ControlOrMeta+i');
  await page.getByRole('dialog').getByRole('button', { name: 'Forget this document…' }).press('Enter');
  await dialog.getByRole('checkbox', { name: 'I know that this cannot be undone' }).press('Space');
  await forget.press('Enter');
  await expect(page.getByRole('status', { name: 'Last messages' })).toContainText(`“${HARBOUR}” is forgotten. Its file was not touched`);
  await expect(lectern.notes.getByRole('listitem')).toHaveCount(0);
  await expect.poll(() => lectern.painted('yellow')).toEqual([]);
  await lectern.article(HARBOUR).focus();
  await page.keyboard.press('ControlOrMeta+z');
  await expect(page.getByText('There is nothing to undo in this document.')).toBeVisible();

  const again = new Lectern(await app.restart());
  await expect(again.article(HARBOUR)).toBeVisible();
  await expect(again.notes.getByRole('listitem')).toHaveCount(0);
  await again.library.getByRole('button', { name: 'What changed' }).click();
  await expect(app.page.getByRole('heading', { name: 'Nothing changed yet' })).toBeVisible();
});
