import { expect, type Locator, type Page } from '@playwright/test';
import { settled } from '../fixtures/settled.ts';

export const FIRST_SEED =
  'European countries and the United States continue to be very concerned about the increase in tension in eastern Ukraine';

/** Runs in the page: resolves with the frame in which the document is open, which Playwright would look for every half a second; no later than its own limit. */
async function untilOpened(): Promise<void> {
  const until = performance.now() + 10_000;
  while (document.querySelector('.reading-progress') && performance.now() < until)
    await new Promise((resolve) => requestAnimationFrame(resolve));
}

/** The application's window, as a reader uses it. */
export class Lectern {
  readonly page: Page;
  readonly library: Locator;
  readonly notes: Locator;
  readonly toolbar: Locator;
  readonly saving: Locator;
  readonly palette: Locator;

  constructor(page: Page) {
    this.page = page;
    this.library = page.getByRole('navigation', { name: 'Library' });
    this.notes = page.getByRole('complementary', { name: 'Notes' });
    this.toolbar = page.getByRole('toolbar', { name: 'Selection' });
    this.saving = page.getByRole('status', { name: 'Saving state' });
    this.palette = page.getByRole('dialog', { name: 'Command palette' });
  }

  article(title: string): Locator {
    return this.page.getByRole('article', { name: title });
  }

  option(title: string): Locator {
    return this.library.getByRole('option', { name: title, exact: true });
  }

  noteWith(text: string | RegExp): Locator {
    return this.notes.getByRole('listitem').filter({ hasText: text });
  }

  /** Opens a document from the list and waits until its text is drawn. */
  async open(title: string): Promise<Locator> {
    await this.option(title).click();
    const article = this.article(title);
    await expect(article).toBeVisible();
    await this.page.evaluate(untilOpened);
    await expect(this.page.getByRole('progressbar', { name: 'Opening the document' })).toHaveCount(0);
    return article;
  }

  /** Runs the first command in the palette of whose title these are words. */
  async run(words: string): Promise<void> {
    await this.page.keyboard.press('ControlOrMeta+k');
    await this.palette.getByRole('combobox').fill(`>${words}`);
    await this.palette.getByRole('option', { name: words }).first().waitFor();
    await this.page.keyboard.press('Enter');
    await expect(this.palette).toBeHidden();
  }

  /** Selects a passage of the open document with the mouse. */
  async select(quote: string): Promise<void> {
    await this.draw(quote);
    await expect(this.toolbar).toBeVisible();
  }

  /** Draws over a passage of the open document with the mouse. */
  async draw(quote: string): Promise<void> {
    const find = (text: string): { from: [number, number]; to: [number, number] } => {
      const root = document.querySelector('.reading-text');
      if (!root) throw new Error('No document is open.');
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      const nodes: Text[] = [];
      let all = '';
      while (walker.nextNode()) {
        nodes.push(walker.currentNode as Text);
        all += (walker.currentNode as Text).data;
      }
      const start = all.indexOf(text);
      if (start < 0) throw new Error(`The document does not hold “${text}”.`);
      // A passage begins in the node of its first character and ends in that of its last one.
      const place = (offset: number, isEnd: boolean): [Text, number] => {
        let rest = offset;
        for (const node of nodes) {
          if (rest < node.length || (isEnd && rest === node.length)) return [node, rest];
          rest -= node.length;
        }
        throw new Error('The offset lies behind the text.');
      };
      const range = document.createRange();
      range.setStart(...place(start, false));
      range.setEnd(...place(start + text.length, true));
      range.startContainer.parentElement?.scrollIntoView({ block: 'center' });
      const rects = [...range.getClientRects()].filter(({ width }) => width > 0);
      const [first, last] = [rects[0], rects.at(-1)];
      if (!first || !last) throw new Error('The passage is not laid out.');
      return { from: [first.left + 0.5, first.top + first.height / 2], to: [last.right - 0.5, last.top + last.height / 2] };
    };
    // The article stands before its text is drawn, and scrolling lays sections out, which may move the passage.
    const { from, to } = await settled(this.page, () => this.page.evaluate(find, quote));
    await this.page.mouse.move(...from);
    await this.page.mouse.down();
    await this.page.mouse.move(...to, { steps: 4 });
    await this.page.mouse.up();
  }

  /** Where a passage within one text node stands in the window, in CSS pixels: a point on its first line, and its top and bottom. */
  passage(quote: string): Promise<{ x: number; y: number; top: number; bottom: number }> {
    return this.page.evaluate((text) => {
      const walker = document.createTreeWalker(document.querySelector('.reading-text') ?? document.body, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const at = (node as Text).data.indexOf(text);
        if (at < 0) continue;
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + text.length);
        const [{ x, y, height } = new DOMRect()] = range.getClientRects();
        const { top, bottom } = range.getBoundingClientRect();
        return { x: x + 4, y: y + height / 2, top, bottom };
      }
      throw new Error(`No paragraph holds “${text}”.`);
    }, quote);
  }

  /** Clicks on a passage within one text node, once it stands still. */
  async clickPassage(quote: string): Promise<void> {
    const { x, y } = await settled(this.page, () => this.passage(quote));
    await this.page.mouse.click(x, y);
  }

  /** Highlights a passage, and gives its card. */
  async highlight(quote: string, colour = 'yellow'): Promise<Locator> {
    await this.select(quote);
    await this.toolbar.getByRole('button', { name: `Highlight ${colour}` }).click();
    await expect(this.toolbar).toBeHidden();
    return this.noteWith(quote);
  }

  /** Writes the text of a note: `markdown` in place of what was there. */
  async write(note: Locator, markdown: string): Promise<void> {
    await note.focus();
    await note.press('Enter');
    await note.getByRole('textbox', { name: 'Note text' }).fill(markdown);
    await this.page.keyboard.press('Escape');
    await expect(note).toBeFocused();
  }

  /** Tags the note that has the keyboard. */
  async tag(note: Locator, ...tags: string[]): Promise<void> {
    await note.focus();
    await note.press('t');
    const field = note.getByRole('textbox', { name: 'Add tag to note' });
    await field.fill(tags.join(', '));
    await field.press('Enter');
    await expect(note).toBeFocused();
  }

  /** Chooses from the menu of a note's card. */
  async choose(note: Locator, item: string): Promise<void> {
    await note.hover();
    await note.getByRole('button', { name: 'More' }).click();
    await this.page.getByRole('menu').getByText(item, { exact: true }).click();
    await expect(this.page.getByRole('menu')).toBeHidden();
  }

  /** The passages that are painted as `name` (a colour, `focus`, `find`, `find-current`), over whatever they lie, in the order of the text. */
  async painted(name: string): Promise<string[]> {
    return this.page.evaluate((highlight) => {
      const names = [highlight, `${highlight}-2`, `${highlight}-3`];
      const ranges = names
        .flatMap((each) => [...(CSS.highlights.get(`lectern-${each}`) ?? [])])
        .map((passage) => {
          const range = document.createRange();
          range.setStart(passage.startContainer, passage.startOffset);
          range.setEnd(passage.endContainer, passage.endOffset);
          return range;
        });
      return ranges.sort((a, b) => a.compareBoundaryPoints(Range.START_TO_START, b)).map(String);
    }, name);
  }

  /** The text layer of the open document. */
  async text(): Promise<string> {
    return (await this.page.locator('.reading-text').textContent()) ?? '';
  }

  async allSaved(): Promise<void> {
    await expect(this.saving).toHaveText('All changes saved');
  }
}
