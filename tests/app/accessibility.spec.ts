import type { Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { axeFindings, axeFindingsByDayAndNight } from './fixtures/axe.ts';
import { FIRST_SEED, Lectern } from './models/lectern';

const GUIDE = `---
tags: [guide]
---
# A guide to gates

Open, then close. See [the farm](https://farm.example).

## Wooden gates

| Wood | Years |
| ---- | ----- |
| Oak  | 60    |

1. Lift
2. Swing
${Array.from({ length: 12 }, (_, index) => `\nGate ${index + 1} leads to the field behind the barn, and from there to the next one.\n`).join('')}
## Iron gates

\`\`\`
let gate = 'shut';
\`\`\`
`;

test.use({ library: { 'guide.md': GUIDE, 'empty.txt': '', 'arabic.txt': 'القراءة والكتابة\n\nالقراءة نافذة على العالم.\n' } });

const THEMES = { white: 'White', sepia: 'Sepia', black: 'Black' } as const;

async function chooseTheme(page: Page, theme: keyof typeof THEMES): Promise<void> {
  await page.getByRole('button', { name: 'Typography' }).click();
  await page.getByRole('radio', { name: THEMES[theme] }).check({ force: true });
  await page.keyboard.press('Escape');
  await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
}

/** The guide, open, with its outline and with notes of each kind, one of them in the trash. */
async function prepare(page: Page): Promise<Lectern> {
  const lectern = new Lectern(page);
  await lectern.open('A guide to gates');
  await lectern.highlight('the field behind', 'pink');
  await page.keyboard.press('Delete');
  await expect(lectern.notes.getByRole('listitem')).toHaveCount(0);
  await lectern.highlight('then close', 'green');
  await lectern.write(lectern.noteWith('then close'), 'With a [link](https://gate.example), `code` and a [[Title]].\n\n- one\n- two');
  await lectern.tag(lectern.noteWith('then close'), 'gates/wooden');
  await lectern.highlight('Lift', 'violet');
  await lectern.notes.getByRole('button', { name: 'Add a note on the whole document' }).click();
  await page.keyboard.type('On the whole');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Outline' }).click();
  await lectern.allSaved();
  return lectern;
}

/** A width for each way in which the panes stand: both beside the text, the notes over it, both over it. */
for (const [width, height] of [
  [1440, 900],
  [900, 700],
  [320, 640],
] as const) {
  test(`axe finds nothing in any view or dialog by day and by night, ${width} pixels wide`, async ({ app, hostName }) => {
    const { page } = app;
    const expectNone = async (view: string, ...off: string[]) =>
      expect.soft(await axeFindingsByDayAndNight(page, ...off), view).toEqual([]);
    if (width === 1440) await expectNone('start');
    const lectern = await prepare(page);
    await page.setViewportSize({ width, height });
    /** What is a drawer here is opened. */
    const show = async (pane: Locator, name: string) => {
      if (!(await pane.isVisible())) await page.getByRole('button', { name }).click();
      await expect(pane).toBeVisible();
    };
    const article = lectern.article('A guide to gates');
    await article.focus();
    await expectNone('reading');
    if (width < 1000) {
      await show(page.getByRole('navigation', { name: 'Outline' }), 'Outline');
      await expectNone('outline');
      await page.keyboard.press('Escape');
    }
    await lectern.select('Swing');
    await expectNone('selection toolbar');
    await page.keyboard.press('ControlOrMeta+f');
    await page.getByRole('textbox', { name: 'Find in document' }).fill('gate');
    await expectNone('find');
    await page.keyboard.press('Escape');
    const note = lectern.noteWith('then close');
    await show(lectern.notes, 'Notes pane');
    await note.focus();
    await page.keyboard.press('Enter');
    await expectNone('note editor');
    await page.keyboard.press('Escape');
    await note.press('t');
    await note.getByRole('textbox', { name: 'Add tag to note' }).press('ArrowDown');
    await expectNone('tag field');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await show(lectern.notes, 'Notes pane');
    await note.hover();
    await note.getByRole('button', { name: 'More' }).click();
    // A menu floats over the page and belongs to no landmark.
    await expectNone('note menu', 'region');
    await page.keyboard.press('Escape');
    if (width > 1000) {
      await lectern.notes.getByRole('button', { name: 'Show as a list' }).click();
      await expectNone('notes as a list');
    } else await page.getByRole('button', { name: 'Close the notes' }).click();

    const dialogs: [keys: string, name: string][] = [
      ['ControlOrMeta+Shift+e', 'Export'],
      ['ControlOrMeta+i', 'Details of the document'],
      ['ControlOrMeta+Shift+o', 'Library folders'],
      ['ControlOrMeta+,', 'Settings'],
      ['ControlOrMeta+Shift+Y', 'Typography'],
      ['?', 'Keyboard shortcuts'],
    ];
    for (const [keys, name] of dialogs) {
      await article.focus();
      await page.keyboard.press(keys);
      await expect(page.getByRole('dialog', { name })).toBeVisible();
      await expectNone(name);
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toHaveCount(0);
    }
    await page.keyboard.press('ControlOrMeta+k');
    await lectern.palette.getByRole('combobox', { name: 'Search' }).fill('gate');
    await expect(lectern.palette.getByRole('option').first()).toBeVisible();
    await expectNone('palette');
    await page.keyboard.press('ControlOrMeta+Enter');
    await expect(page.getByRole('region', { name: 'Search results' }).getByRole('button', { name: 'Save' })).toBeVisible();
    await expectNone('results');
    await page.keyboard.press('Escape');
    // Electron asks by a dialog of the system.
    if (hostName === 'browser') {
      await page.getByText('the farm').click();
      await expect(page.getByRole('dialog', { name: 'Open this address in your browser?' })).toBeVisible();
      await expectNone('link');
      await page.keyboard.press('Escape');
    }

    await page.keyboard.press('ControlOrMeta+2');
    await expect(page.getByRole('list', { name: 'All notes' }).getByRole('listitem').first()).toBeVisible();
    await expectNone('all notes');
    await show(lectern.library, 'Library pane');
    if (width < 700) await expectNone('library');
    await lectern.library.getByRole('button', { name: 'gates', exact: true }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'gates' })).toBeVisible();
    await expectNone('tag');
    await page.keyboard.press('ControlOrMeta+3');
    await expect(page.getByRole('list', { name: 'Trash' }).getByRole('listitem')).toHaveCount(1);
    await expectNone('trash');
    await page.getByRole('button', { name: 'Delete for good…' }).click();
    await expectNone('delete for good');
    await page.keyboard.press('Escape');
    await page.keyboard.press('ControlOrMeta+5');
    await expect(page.getByRole('list', { name: 'What changed' }).getByRole('listitem').first()).toBeVisible();
    await expectNone('what changed');
    await show(lectern.library, 'Library pane');
    await lectern.library.getByRole('button', { name: 'All documents', exact: true }).click();
    await show(lectern.library, 'Library pane');
    await lectern.library.getByRole('option', { name: 'empty' }).click();
    await expect(page.getByRole('article').getByRole('alert')).toBeVisible();
    await expectNone('a document that cannot be read');
  });
}

test('axe finds nothing in the other themes', async ({ app }) => {
  const { page } = app;
  await prepare(page);
  for (const theme of ['white', 'sepia', 'black'] as const) {
    await chooseTheme(page, theme);
    expect.soft(await axeFindings(page), theme).toEqual([]);
  }
});

test('every tab stop shows that it has the keyboard, and none is lost', async ({ app }) => {
  const { page } = app;
  const lectern = await prepare(page);
  const walk = async (): Promise<string[]> => {
    const seen = new Map<string, boolean>();
    for (let count = 0; count < 200; count += 1) {
      await page.keyboard.press('Tab');
      const stop = await page.evaluate(focusedStop);
      if (stop === undefined) break;
      if (seen.has(stop.name)) break;
      seen.set(stop.name, stop.isShown);
    }
    expect([...seen].filter(([, isShown]) => !isShown).map(([name]) => name)).toEqual([]);
    return [...seen.keys()];
  };
  await page.getByRole('button', { name: 'Library pane' }).focus();
  const stops = await walk();
  for (const name of ['Search', 'Theme', 'Documents', 'Filter documents', 'Add tag to document', 'A guide to gates']) {
    expect(
      stops.some((stop) => stop.includes(name)),
      name,
    ).toBe(true);
  }
  // The rows of the library are one stop, and the arrow keys go through them.
  expect(stops.filter((stop) => /Trash|All notes|What changed/.test(stop))).toEqual([]);
  await lectern.library.getByRole('button', { name: 'All documents', exact: true }).focus();
  await page.keyboard.press('ArrowDown');
  await expect(lectern.library.getByRole('button', { name: 'Unread' })).toBeFocused();
  await page.keyboard.press('End');
  await expect(lectern.library.getByRole('button', { name: 'gates/wooden', exact: true })).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(lectern.library.getByRole('button', { name: 'Options for gates/wooden' })).toBeFocused();
  // What a key leads to has the keyboard, also from the library, which stays.
  await page.keyboard.press('ControlOrMeta+3');
  await expect(page.getByRole('heading', { level: 1, name: 'Trash' })).toBeFocused();
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(lectern.article('A guide to gates')).toBeVisible();

  await page.keyboard.press('ControlOrMeta+Shift+e');
  // Until the preview is there, nothing can be exported.
  await expect(page.getByRole('dialog', { name: 'Export' }).getByRole('textbox', { name: 'Preview' })).toBeVisible();
  expect(await walk()).toHaveLength(7);
  await page.keyboard.press('Escape');
  await page.keyboard.press('ControlOrMeta+2');
  await expect(page.getByRole('list', { name: 'All notes' }).getByRole('listitem').first()).toBeVisible();
  await page.getByRole('searchbox', { name: 'Filter notes' }).focus();
  expect((await walk()).length).toBeGreaterThan(8);
  await lectern.open(FIRST_SEED);
});

test('nothing moves for a reader who wants less motion', async ({ app }) => {
  const { page } = app;
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const lectern = await prepare(page);
  const moving = () =>
    page.evaluate(() =>
      [...document.querySelectorAll('*')]
        .filter((element) => {
          const { animationDuration, transitionDuration, scrollBehavior } = getComputedStyle(element);
          return (
            [animationDuration, transitionDuration].some((each) => each.split(', ').some((one) => Number.parseFloat(one) > 0)) ||
            scrollBehavior === 'smooth'
          );
        })
        .map((element) => element.outerHTML.slice(0, 80)),
    );
  await expect.poll(() => moving()).toEqual([]);
  for (const keys of ['ControlOrMeta+k', 'ControlOrMeta+Shift+e', 'ControlOrMeta+,']) {
    await page.keyboard.press(keys);
    await expect(page.getByRole('dialog')).toBeVisible();
    await expect.poll(() => moving()).toEqual([]);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  }
  await lectern.highlight('Swing', 'blue');
  await page.keyboard.press('ControlOrMeta+z');
  await expect.poll(() => moving()).toEqual([]);
});

/** What has the keyboard: a name to tell it by, and whether anything is drawn that says so. `undefined` for the page itself. */
function focusedStop(): { name: string; isShown: boolean } | undefined {
  const stop = document.activeElement;
  if (!stop || stop === document.body) return undefined;
  const isDrawn = (element: Element, pseudo?: string): boolean => {
    const { outlineStyle, outlineWidth, outlineColor, boxShadow, backgroundColor, content } = getComputedStyle(element, pseudo);
    if (pseudo && (content === 'none' || content === 'normal')) return false;
    const hasOutline = outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 1 && !/, 0\)$/.test(outlineColor);
    return hasOutline || boxShadow !== 'none' || (pseudo !== undefined && !/, 0\)$/.test(backgroundColor));
  };
  const around: Element[] = [];
  for (let element: Element | null = stop; element && around.length < 4; element = element.parentElement) around.push(element);
  const option = document.getElementById(stop.getAttribute('aria-activedescendant') ?? '');
  const isShown =
    around.some(
      (element) =>
        element.matches(':focus, :focus-within') && (isDrawn(element) || isDrawn(element, '::after') || isDrawn(element, '::before')),
    ) ||
    (option !== null && isDrawn(option));
  const label =
    stop.getAttribute('aria-label') ?? document.getElementById(stop.getAttribute('aria-labelledby')?.split(' ').at(-1) ?? '')?.textContent;
  const same = [...document.querySelectorAll('*')].indexOf(stop);
  return { name: `${same} ${stop.tagName} ${label ?? stop.textContent?.slice(0, 40)}`, isShown };
}
