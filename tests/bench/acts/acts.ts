import { expect as anyExpect, type Locator } from '@playwright/test';
import { type Desk, HARBOUR, QUAY } from './desk';

/** Patient, for a machine that has other things to do. */
const expect = anyExpect.configure({ timeout: 15_000 });

/** Something that readers do all the time. Both ways begin where `before` leaves them, and end where `isDone` sees that it is so. */
export interface Act {
  name: string;
  before?(desk: Desk): Promise<unknown>;
  mouse?(desk: Desk): Promise<unknown>;
  keyboard?(desk: Desk): Promise<unknown>;
  isDone(desk: Desk): Promise<unknown>;
}

type Step = (desk: Desk) => Promise<unknown>;

const keys =
  (...pressed: string[]): Step =>
  ({ press }) =>
    press(...pressed);

/** One after another. */
const steps =
  (...all: Step[]): Step =>
  async (desk) => {
    for (const step of all) await step(desk);
  };

const click =
  (target: (desk: Desk) => Locator): Step =>
  (desk) =>
    target(desk).click();

const seen =
  (target: (desk: Desk) => Locator): Step =>
  (desk) =>
    expect(target(desk)).toBeVisible();

const page = ({ window }: Desk) => window.page;
const main = (desk: Desk) => page(desk).getByRole('main');
const dialog = (desk: Desk) => page(desk).getByRole('dialog');
const messages = (desk: Desk) => page(desk).getByRole('status', { name: 'Last messages' });
const menuItem = (name: string | RegExp) => (desk: Desk) => page(desk).getByRole('menuitem', { name });
const note =
  (words: string) =>
  ({ lectern }: Desk) =>
    lectern.noteWith(words);
const editor = (desk: Desk) => page(desk).getByRole('textbox', { name: 'Note text' });
const tagRow =
  (name: string) =>
  ({ lectern }: Desk) =>
    lectern.library.getByRole('button', { name, exact: true });
const say =
  (words: string): Step =>
  ({ write }) =>
    write(words);

const openHarbour: Step = ({ lectern }) => lectern.open(HARBOUR);
const draw =
  (quote: string): Step =>
  ({ lectern }) =>
    lectern.draw(quote);
const painted =
  (colour: string, quote: string): Step =>
  ({ lectern }) =>
    expect.poll(() => lectern.painted(colour)).toContain(quote);
const onToolbar =
  (name: string): Step =>
  ({ lectern }) =>
    lectern.toolbar.getByRole('button', { name }).click();

/** The first sentence of the text, selected by keys alone. */
const selectByKeys = steps(keys('s'), ({ lectern }) => expect(lectern.toolbar).toBeVisible());
/** The first note of the open document has the keyboard. */
const atFirstNote = steps(openHarbour, keys('j'), ({ lectern }) => expect(lectern.noteWith('lit at six')).toBeFocused());
const highlightAt =
  (quote: string): Step =>
  async ({ lectern, window }) => {
    const at = await window.page.evaluate((text) => {
      const walker = document.createTreeWalker(document.querySelector('.reading-text') ?? document.body, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        const start = (walker.currentNode as Text).data.indexOf(text);
        if (start < 0) continue;
        const range = document.createRange();
        range.setStart(walker.currentNode, start);
        range.setEnd(walker.currentNode, start + text.length);
        const { left, top, width, height } = range.getBoundingClientRect();
        return { x: left + width / 2, y: top + height / 2 };
      }
      return undefined;
    }, quote);
    if (!at) throw new Error(`“${quote}” is not on the screen.`);
    await lectern.page.mouse.click(at.x, at.y);
  };
const popover = (desk: Desk) => page(desk).locator('.highlight-popover');

const sizeOfText = ({ window }: Desk): Promise<number> =>
  window.page.locator('.reading-text').evaluate((element) => Number.parseFloat(getComputedStyle(element).fontSize));

/** In the order of a reader's day: come, read, mark, write, tag, go about, find, tidy, take along. */
export const acts: readonly Act[] = [
  {
    name: 'Open a document of the list',
    mouse: ({ lectern }) => lectern.option(QUAY).click(),
    keyboard: steps(
      keys('Control+k'),
      say('winter quay'),
      seen((desk) => dialog(desk).getByRole('option', { name: `Title ${QUAY}` })),
      keys('Enter'),
    ),
    isDone: ({ lectern }) => expect(lectern.article(QUAY)).toBeVisible(),
  },
  {
    name: 'Go on with what was read last, after a start',
    before: async ({ lectern, window }) => {
      await lectern.open(QUAY);
      await lectern.open(HARBOUR);
      await window.page.mouse.wheel(0, 600);
      await lectern.allSaved();
      await window.page.reload();
    },
    mouse: async () => undefined,
    keyboard: async () => undefined,
    isDone: ({ lectern }) => expect(lectern.article(HARBOUR)).toBeVisible(),
  },
  {
    name: 'The next document',
    before: openHarbour,
    mouse: ({ lectern }) => lectern.option(QUAY).click(),
    keyboard: keys('Alt+ArrowDown'),
    isDone: ({ lectern }) => expect(lectern.article(QUAY)).toBeVisible(),
  },
  {
    name: 'Back to the document before',
    before: steps(openHarbour, ({ lectern }) => lectern.open(QUAY)),
    mouse: click((desk) => page(desk).getByRole('button', { name: 'Back', exact: true })),
    keyboard: keys('Alt+ArrowLeft'),
    isDone: ({ lectern }) => expect(lectern.article(HARBOUR)).toBeVisible(),
  },
  {
    name: 'Highlight a passage',
    before: openHarbour,
    mouse: steps(draw('Every boat'), onToolbar('Highlight yellow')),
    keyboard: steps(selectByKeys, keys('1')),
    isDone: (desk) => expect.poll(() => desk.lectern.painted('yellow').then((all) => all.length)).toBe(3),
  },
  {
    name: 'Highlight with the highlighter in hand',
    before: steps(openHarbour, keys('h')),
    mouse: draw('Every boat'),
    isDone: painted('yellow', 'Every boat'),
  },
  {
    name: 'Highlight a passage and write a note on it',
    before: openHarbour,
    mouse: steps(draw('Every boat'), onToolbar('Add note'), seen(editor), say('Mine too')),
    keyboard: steps(selectByKeys, keys('n'), say('Mine too')),
    isDone: (desk) => expect(note('Mine too')(desk)).toBeVisible(),
  },
  {
    name: 'Write on a highlight that has no words yet',
    before: openHarbour,
    mouse: steps(
      click((desk) => note('come home late')(desk).getByRole('button', { name: 'Add a note' })),
      seen(editor),
      say('Why?'),
    ),
    keyboard: steps(keys('j', 'j', 'Enter'), say('Why?')),
    isDone: (desk) => expect(note('come home late')(desk)).toContainText('Why?'),
  },
  {
    name: 'Change the words of a note',
    before: openHarbour,
    mouse: steps(
      click((desk) => note('When exactly?')(desk).getByText('When exactly?')),
      seen(editor),
      say(' Six.'),
    ),
    keyboard: steps(keys('j', 'Enter'), say(' Six.')),
    isDone: (desk) => expect(note('When exactly? Six.')(desk)).toBeVisible(),
  },
  {
    name: 'Write a note on the whole document',
    before: openHarbour,
    mouse: steps(
      click((desk) => desk.lectern.notes.getByRole('button', { name: /whole document|page note/i })),
      seen(editor),
      say('Read again'),
    ),
    keyboard: steps(keys('Control+Shift+n'), say('Read again')),
    isDone: (desk) => expect(note('Read again')(desk)).toBeVisible(),
  },
  {
    name: 'Recolour a highlight',
    before: openHarbour,
    mouse: steps(
      highlightAt('lit at six'),
      click((desk) => popover(desk).getByRole('button', { name: /blue/i })),
    ),
    keyboard: keys('j', '3'),
    isDone: painted('blue', 'lit at six'),
  },
  {
    name: 'Extend a highlight by a word',
    before: atFirstNote,
    keyboard: keys('.'),
    isDone: ({ lectern }) =>
      expect
        .poll(async () => (await lectern.painted('yellow')).some((quote) => quote !== 'lit at six' && quote.startsWith('lit at six')))
        .toBe(true),
  },
  {
    name: 'Delete a note',
    before: openHarbour,
    mouse: steps(
      highlightAt('lit at six'),
      click((desk) => popover(desk).getByRole('button', { name: /delete/i })),
    ),
    keyboard: keys('j', 'Delete'),
    isDone: (desk) => expect(note('lit at six')(desk)).toHaveCount(0),
  },
  {
    name: 'Undo it',
    before: steps(openHarbour, keys('j', 'Delete'), (desk) => expect(note('lit at six')(desk)).toHaveCount(0)),
    mouse: click((desk) => page(desk).getByRole('button', { name: 'Restore' })),
    keyboard: keys('Control+z'),
    isDone: (desk) => expect(note('lit at six')(desk)).toBeVisible(),
  },
  {
    name: 'Give a note the tag that was used last',
    before: steps(openHarbour, keys('j', 't'), say('urgent'), keys('Enter'), (desk) => expect(note('#urgent')(desk)).toBeVisible()),
    mouse: steps(
      highlightAt('come home late'),
      click((desk) => popover(desk).getByRole('button', { name: /tag/i })),
      click((desk) => page(desk).getByRole('button', { name: 'Add the tag urgent' })),
    ),
    keyboard: keys('j', 't', 'Enter'),
    isDone: (desk) => expect(note('come home late')(desk)).toContainText('urgent'),
  },
  {
    name: 'Give a note a new tag',
    before: openHarbour,
    mouse: steps(
      highlightAt('lit at six'),
      click((desk) => popover(desk).getByRole('button', { name: /tag/i })),
      say('lamps'),
      keys('Enter'),
    ),
    keyboard: steps(keys('j', 't'), say('lamps'), keys('Enter')),
    isDone: (desk) => expect(note('lit at six')(desk)).toContainText('#lamps'),
  },
  {
    name: 'Tag the document',
    before: openHarbour,
    mouse: steps(
      click((desk) =>
        main(desk)
          .getByRole('button', { name: /tag/i })
          .or(page(desk).getByRole('textbox', { name: 'Add tag to document' }))
          .first(),
      ),
      say('sea'),
      keys('Enter'),
    ),
    keyboard: steps(keys('Control+Shift+t'), say('sea'), keys('Enter')),
    isDone: (desk) => expect(tagRow('sea')(desk)).toBeVisible(),
  },
  {
    name: 'The next note',
    before: atFirstNote,
    mouse: click((desk) => note('come home late')(desk).locator('.note-quote')),
    keyboard: keys('j'),
    isDone: (desk) => expect(note('come home late')(desk)).toHaveAttribute('aria-current', 'true'),
  },
  {
    name: 'From the end of the text to the passage of a note, and back',
    before: steps(openHarbour, keys('End'), (desk) => expect(page(desk).getByText('The second watch', { exact: true })).toBeInViewport()),
    keyboard: keys('j', 'u'),
    isDone: (desk) => expect(main(desk).getByRole('heading', { name: 'The second watch' })).toBeInViewport(),
  },
  {
    name: 'Bookmark this place',
    before: openHarbour,
    keyboard: keys('b'),
    isDone: (desk) => expect(messages(desk)).toContainText(/bookmark/i),
  },
  {
    name: 'To a chapter by the outline',
    before: openHarbour,
    mouse: steps(
      click((desk) =>
        page(desk)
          .getByRole('button', { name: /outline/i })
          .first(),
      ),
      click((desk) => page(desk).getByRole('navigation', { name: 'Outline' }).getByText('The second watch')),
    ),
    keyboard: steps(
      keys('Control+Shift+l'),
      seen((desk) => page(desk).getByRole('navigation', { name: 'Outline' })),
      keys('ArrowDown', 'Enter'),
    ),
    isDone: (desk) => expect(main(desk).getByRole('heading', { name: 'The second watch' })).toBeInViewport(),
  },
  {
    name: 'See a footnote',
    before: openHarbour,
    mouse: (desk) => main(desk).getByRole('article').getByRole('link', { name: '1' }).first().hover(),
    isDone: (desk) => expect(page(desk).getByText('In summer at eight.').first()).toBeVisible(),
  },
  {
    name: 'Find a word in the document, and the next one',
    before: openHarbour,
    keyboard: steps(keys('Control+f'), say('stones'), keys('Enter', 'Enter')),
    isDone: ({ lectern }) => expect.poll(() => lectern.painted('find-current')).toEqual(['stones']),
  },
  {
    name: 'Find a passage in all documents and open it',
    mouse: steps(
      click((desk) =>
        page(desk)
          .getByRole('combobox', { name: 'Search' })
          .or(page(desk).getByRole('button', { name: /Search/ }))
          .first(),
      ),
      say('thaw'),
      click((desk) => dialog(desk).getByRole('option', { name: /until the thaw/ })),
    ),
    keyboard: steps(
      keys('Control+k'),
      say('thaw'),
      seen((desk) => dialog(desk).getByRole('option', { name: /until the thaw/ })),
      keys('Enter'),
    ),
    isDone: ({ lectern }) => expect(lectern.article(QUAY)).toBeVisible(),
  },
  {
    name: 'All results, the first passage, the next one, and back to the results',
    keyboard: steps(
      keys('Control+k'),
      say('stones'),
      keys('Control+Enter'),
      seen((desk) => page(desk).getByRole('region', { name: 'Search results' })),
      keys('j', 'Enter', 'F3', 'Escape'),
    ),
    isDone: (desk) => expect(page(desk).getByRole('region', { name: 'Search results' })).toBeVisible(),
  },
  {
    name: 'Find a note by its words',
    keyboard: steps(
      keys('Control+k'),
      say('ice tables'),
      seen((desk) => dialog(desk).getByRole('option', { name: /ice tables/ })),
      keys('Enter'),
    ),
    isDone: (desk) => expect(note('See the ice tables.')(desk)).toBeVisible(),
  },
  {
    name: "Yesterday's note",
    mouse: steps(
      click((desk) => desk.lectern.library.getByRole('button', { name: /^All notes/ })),
      click((desk) => main(desk).getByText('lit at six')),
    ),
    keyboard: steps(
      keys('Control+2'),
      seen((desk) => main(desk).getByText('lit at six')),
      keys('j', 'Enter'),
    ),
    isDone: (desk) => expect(note('lit at six')(desk)).toHaveAttribute('aria-current', 'true'),
  },
  {
    name: 'All notes of a tag',
    mouse: click(tagRow('ice')),
    keyboard: steps(
      keys('Control+k'),
      say('tag:ice'),
      seen((desk) => dialog(desk).getByRole('option', { name: /ice/ })),
      keys('Enter'),
    ),
    isDone: (desk) => expect(page(desk).getByText('See the ice tables.')).toBeVisible(),
  },
  {
    name: 'Correct a note in All notes',
    before: steps(
      keys('Control+2'),
      seen((desk) => main(desk).getByText('When exactly?')),
    ),
    mouse: steps(
      click((desk) => main(desk).getByText('When exactly?')),
      seen(editor),
      say(' Six.'),
    ),
    keyboard: steps(keys('j', 'e'), seen(editor), say(' Six.')),
    isDone: (desk) => expect(main(desk).getByText('When exactly? Six.')).toBeVisible(),
  },
  {
    name: 'Delete two notes of All notes',
    before: steps(
      keys('Control+2'),
      seen((desk) => main(desk).getByText('When exactly?')),
    ),
    keyboard: keys('j', 'x', 'j', 'x', 'Delete'),
    isDone: (desk) => expect(main(desk).getByRole('status')).toHaveText('1 note'),
  },
  {
    name: 'Take a note out of the trash',
    before: steps(openHarbour, keys('j', 'Delete'), (desk) => expect(note('lit at six')(desk)).toHaveCount(0)),
    mouse: steps(
      click((desk) => desk.lectern.library.getByRole('button', { name: /^Trash/ })),
      click((desk) => main(desk).getByRole('button', { name: 'Restore' })),
    ),
    keyboard: steps(
      keys('Control+3'),
      seen((desk) => main(desk).getByRole('button', { name: 'Restore' })),
      keys('j', 'Enter'),
    ),
    isDone: (desk) => expect(main(desk).getByText('The trash is empty')).toBeVisible(),
  },
  {
    name: 'Copy a quote with its source',
    before: openHarbour,
    mouse: steps(draw('Every boat'), onToolbar('Copy quote')),
    keyboard: steps(selectByKeys, keys('c')),
    isDone: (desk) => expect(messages(desk)).toContainText(/clipboard/),
  },
  {
    name: 'Copy a link to a passage',
    before: openHarbour,
    keyboard: steps(selectByKeys, keys('l')),
    isDone: (desk) => expect(messages(desk)).toContainText(/clipboard/),
  },
  {
    name: 'Link a note to another document',
    before: steps(openHarbour, keys('j', 'Enter'), seen(editor)),
    keyboard: steps(
      say(' [[win'),
      seen((desk) => page(desk).locator('.cm-tooltip').getByText(QUAY)),
      keys('Enter', 'Escape'),
    ),
    isDone: (desk) => expect(note('When exactly?')(desk).getByRole('link', { name: QUAY })).toBeVisible(),
  },
  {
    name: 'Finish a document',
    before: openHarbour,
    mouse: steps(
      click((desk) => page(desk).getByRole('button', { name: /^Reading status/ })),
      click((desk) => page(desk).getByRole('menu').getByText('Finished')),
    ),
    keyboard: keys('Control+Shift+f'),
    isDone: (desk) => expect(desk.lectern.library.getByRole('button', { name: /^Finished/ })).toContainText('1'),
  },
  {
    name: 'Mark all documents as read',
    before: async ({ lectern }) => lectern.library.getByRole('listbox', { name: 'Documents' }).focus(),
    keyboard: steps(
      keys('Control+a'),
      seen((desk) => page(desk).getByRole('toolbar', { name: 'Selected documents' })),
      keys('Shift+F10'),
      seen(menuItem(/finished/i)),
      keys('m', 'm', 'm', 'Enter'),
    ),
    isDone: (desk) => expect(desk.lectern.library.getByRole('button', { name: /^Unread/ })).toContainText('0'),
  },
  {
    name: 'Export the notes of a document as Markdown',
    before: openHarbour,
    mouse: steps(
      click((desk) =>
        page(desk)
          .getByRole('button', { name: /^Export/ })
          .first(),
      ),
      click((desk) => dialog(desk).getByRole('button', { name: 'Export', exact: true })),
    ),
    keyboard: steps(keys('Control+Shift+e'), seen(dialog), keys('Control+Enter')),
    isDone: (desk) => expect(messages(desk)).toContainText(/export|saved/i),
  },
  {
    name: 'Rename a tag',
    mouse: steps((desk) => tagRow('ice')(desk).click({ button: 'right' }), click(menuItem(/^Rename/)), say('frost'), keys('Enter')),
    keyboard: steps((desk) => tagRow('ice')(desk).focus(), keys('F2'), seen(dialog), say('frost'), keys('Enter')),
    isDone: (desk) => expect(tagRow('frost')(desk)).toBeVisible(),
  },
  {
    name: 'Save a search',
    before: steps(
      keys('Control+k'),
      say('stones'),
      keys('Control+Enter'),
      seen((desk) => page(desk).getByRole('region', { name: 'Search results' })),
    ),
    mouse: click((desk) => page(desk).getByRole('region', { name: 'Search results' }).getByRole('button', { name: 'Save' })),
    isDone: (desk) => expect(desk.lectern.library.getByText('stones')).toBeVisible(),
  },
  {
    name: 'Larger text',
    before: steps(openHarbour, async (desk) =>
      desk.window.page.evaluate((size) => void Object.assign(globalThis, { size }), await sizeOfText(desk)),
    ),
    mouse: steps(
      click((desk) => page(desk).getByRole('button', { name: 'Typography' })),
      (desk) =>
        page(desk)
          .locator('.slider')
          .first()
          .click({ position: { x: 90, y: 8 } }),
    ),
    keyboard: keys('Control+='),
    isDone: async (desk) =>
      expect
        .poll(() => sizeOfText(desk))
        .toBeGreaterThan(await desk.window.page.evaluate(() => (globalThis as unknown as { size: number }).size)),
  },
  {
    name: 'Night',
    mouse: click((desk) => page(desk).getByRole('button', { name: 'Theme' })),
    keyboard: keys('Control+Shift+d'),
    isDone: (desk) => expect(page(desk).locator('html')).toHaveAttribute('data-theme', /night|dark/),
  },
];
