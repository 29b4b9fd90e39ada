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
  const markups = ['<frameset>', '<script>let x</script>', '<svg><path d="M0"/></svg>', '<!-- a comment -->'];
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
