import { expect, test } from './fixtures';
import { Lectern } from './models/lectern';

/** Seconds for any Markdown parser, and its heading tells whether one was waited for. */
const SLOW = `# Heading\n\n${'a **b'.repeat(3900)}*`;

test.use({
  library: {
    'first.txt': 'The first text\n\nOne passage, another passage and a third one.\n',
    'second.txt': 'The second text\n\nNothing stands here.\n',
  },
});

test('a note of which nothing can be drawn is shown as it is written, also after a restart', async ({ app }) => {
  const lectern = new Lectern(app.page);
  await lectern.open('The first text');
  const markups = ['<frameset>', '<script>let x</script>', '<!-- a comment -->'];
  const note = await lectern.highlight('One passage');
  for (const markup of markups) {
    await lectern.write(note, markup);
    await expect(note.locator('.note-body')).toHaveText(markup);
  }
  await lectern.write(note, '<frameset>');
  await lectern.allSaved();
  const again = new Lectern(await app.restart());
  await expect(again.noteWith('One passage').locator('.note-body')).toHaveText('<frameset>');
  await again.library.getByRole('button', { name: 'All notes' }).click();
  await expect(app.page.getByRole('main').locator('.note-body')).toHaveText('<frameset>');
});

test('a note that takes long to lay out is shown as it is written, and the others are laid out', async ({ app }) => {
  const lectern = new Lectern(app.page);
  await lectern.open('The first text');
  await lectern.write(await lectern.highlight('One passage'), SLOW);
  await lectern.write(await lectern.highlight('another passage'), '**strong** words');
  await expect(lectern.noteWith('another passage').locator('.note-body')).toHaveText('strong words');
  await expect(lectern.noteWith('One passage').locator('.note-body')).toHaveText(/^# Heading/);
  await lectern.write(await lectern.highlight('a third one'), '*more* words');
  await expect(lectern.noteWith('a third one').locator('.note-body')).toHaveText('more words');
  await expect(lectern.noteWith('One passage').locator('.note-body')).toHaveText(/^# Heading/);
});

test('what breaks takes nothing else along, and what broke is not opened again by itself', async ({ app }) => {
  app.expectTrouble(/broken by the test/);
  const lectern = new Lectern(app.page);
  await lectern.open('The second text');
  await lectern.open('The first text');
  await app.page.evaluate(() => {
    // What a card says of its time.
    Intl.RelativeTimeFormat.prototype.format = () => {
      throw new Error('broken by the test');
    };
    const replaceChildren = Element.prototype.replaceChildren;
    Element.prototype.replaceChildren = function (...nodes) {
      if (this.matches('.reading-text, .note-body')) throw new Error('broken by the test');
      replaceChildren.call(this, ...nodes);
    };
    Object.defineProperty(Intl.DateTimeFormat.prototype, 'format', {
      get() {
        throw new Error('broken by the test');
      },
    });
  });
  const card = await lectern.highlight('One passage');
  await expect(card).toContainText('This card broke');
  await expect(lectern.article('The first text')).toContainText('a third one');

  await lectern.option('The second text').click();
  const broken = app.page.getByRole('region', { name: 'The reading pane broke' });
  await expect(broken.getByRole('alert')).toContainText('broken by the test');
  await expect(lectern.library).toBeVisible();
  await lectern.allSaved();
  await broken.getByRole('button', { name: 'Load the window again' }).click();

  const said = app.page.getByText('“The second text” is not opened by itself this time');
  await expect(said).toBeVisible();
  await expect(app.page.getByRole('article')).toHaveCount(0);
  await app.page.getByRole('button', { name: 'Open it' }).click();
  await expect(lectern.article('The second text')).toContainText('Nothing stands here.');
  await lectern.open('The first text');
  await expect(lectern.noteWith('One passage')).not.toContainText('broke');
});
