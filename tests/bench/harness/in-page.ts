/** What must be on the screen, all of it. */
export interface Sign {
  /** A CSS selector of an element that is there … */
  selector?: string;
  /** … and holds these words. */
  text?: string;
  /** A CSS selector of another one that is there. */
  beside?: string;
  /** A CSS selector of what is not there. */
  gone?: string;
  /** At least so many documents in the list. */
  documents?: number;
  /** At least so many passages in the colours of highlights. */
  highlights?: number;
}

export interface InPage {
  /** Begins to look for stalls; `longestStall` ends that, in ms. */
  watch(): void;
  longestStall(): number;
  hasSign(sign: Sign): boolean;
  /** ms since the page was asked for, at the first frame painted that has the sign. */
  whenPainted(sign: Sign): Promise<number>;
  /** ms from the next release of the mouse button to the first frame painted that has the sign. */
  fromClick(sign: Sign): Promise<number>;
  /** The same from the next key that is more than Control, Shift and their like. */
  fromKey(sign: Sign): Promise<number>;
  /** ms from the next key to the moment when everything is saved again. */
  fromKeyToSaved(): Promise<number>;
  /** Puts a passage of so many of the element's text nodes into `<mark>`; ms until they are painted. */
  mark(selector: string, count: number): Promise<number>;
  /** Scrolls what scrolls the element by 120 pixels with each frame, as fast as a flung page, for `duration` ms; ms between the frames. */
  scroll(selector: string, duration: number): Promise<number[]>;
}

declare global {
  var inPage: InPage;
}

/** Put into each measured page before its own scripts; stands alone, since it goes there as its source. */
export function putIntoPage(): void {
  /** ms after which it is said that something does not come. */
  const PATIENCE = 300_000;
  const hasSign = ({ selector, text, beside, gone, documents, highlights }: Sign): boolean => {
    if (selector !== undefined) {
      const found = document.querySelector(selector);
      if (!found || (text !== undefined && !found.textContent.includes(text))) return false;
    }
    if (beside !== undefined && !document.querySelector(beside)) return false;
    if (gone !== undefined && document.querySelector(gone)) return false;
    if (documents !== undefined && Number(document.querySelector('[role=option]')?.ariaSetSize ?? 0) < documents) return false;
    if (highlights === undefined) return true;
    const sizes = ['yellow', 'green', 'blue', 'pink', 'violet'].map((name) => CSS.highlights.get(`lectern-${name}`)?.size ?? 0);
    return sizes.reduce((sum, size) => sum + size, 0) >= highlights;
  };
  const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
  // A task that is queued in a frame runs after that frame was painted.
  const paint = () => new Promise<void>((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  const next = (name: string) =>
    new Promise<number>((resolve) => {
      addEventListener(name, ({ timeStamp }) => resolve(timeStamp), { capture: true, once: true });
    });
  const nextKey = () =>
    new Promise<number>((resolve) => {
      const hear = ({ key, timeStamp }: KeyboardEvent) => {
        if (['Control', 'Shift', 'Alt', 'Meta'].includes(key)) return;
        removeEventListener('keydown', hear, { capture: true });
        resolve(timeStamp);
      };
      addEventListener('keydown', hear, { capture: true });
    });
  const shown = async (sign: Sign) => {
    const end = performance.now() + PATIENCE;
    // In a frame's callback: what is in the page by then is painted with it.
    do await frame();
    while (!hasSign(sign) && performance.now() < end);
    if (!hasSign(sign)) throw new Error(`This did not come: ${JSON.stringify(sign)}`);
    await new Promise((resolve) => setTimeout(resolve));
    return performance.now();
  };

  let longest = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const RESOLUTION = 5;
  const STEP = 120;

  globalThis.inPage = {
    watch() {
      longest = 0;
      let last = performance.now();
      const look = () => {
        const now = performance.now();
        longest = Math.max(longest, now - last - RESOLUTION);
        last = now;
        timer = setTimeout(look, RESOLUTION);
      };
      timer = setTimeout(look, RESOLUTION);
    },
    longestStall() {
      clearTimeout(timer);
      return longest;
    },
    hasSign,
    whenPainted: shown,
    async fromClick(sign) {
      const began = await next('pointerup');
      return (await shown(sign)) - began;
    },
    async fromKey(sign) {
      const began = await nextKey();
      return (await shown(sign)) - began;
    },
    async fromKeyToSaved() {
      const status = document.querySelector('[role=status][aria-label="Saving state"]');
      if (!status) throw new Error('There is no “Saving state”.');
      const isSaved = () => status.textContent === 'All changes saved';
      const began = await next('keydown');
      const waitFor = (wanted: boolean) =>
        new Promise<void>((resolve, reject) => {
          if (isSaved() === wanted) return resolve();
          setTimeout(() => reject(new Error(`The saving state stays “${status.textContent}”.`)), PATIENCE);
          const observer = new MutationObserver(() => {
            if (isSaved() !== wanted) return;
            observer.disconnect();
            resolve();
          });
          observer.observe(status, { childList: true, characterData: true, subtree: true });
        });
      await waitFor(false);
      await waitFor(true);
      return performance.now() - began;
    },
    async mark(selector, count) {
      const walker = document.createTreeWalker(document.querySelector(selector) ?? document.body, NodeFilter.SHOW_TEXT);
      const nodes: Text[] = [];
      while (nodes.length < count && walker.nextNode())
        if ((walker.currentNode as Text).length > 40) nodes.push(walker.currentNode as Text);
      if (nodes.length < count) throw new Error(`The text has only ${nodes.length} passages.`);
      const began = performance.now();
      for (const node of nodes) {
        const range = document.createRange();
        range.setStart(node, 5);
        range.setEnd(node, 35);
        range.surroundContents(document.createElement('mark'));
      }
      await paint();
      return performance.now() - began;
    },
    async scroll(selector, duration) {
      let scroller = document.querySelector(selector);
      while (scroller && !/auto|scroll/.test(getComputedStyle(scroller).overflowY)) scroller = scroller.parentElement;
      if (!scroller) throw new Error(`Nothing scrolls ${selector}.`);
      await paint();
      const times = [await frame()];
      const began = times[0] ?? 0;
      for (let now = began; now - began < duration; now = times.at(-1) ?? Number.POSITIVE_INFINITY) {
        scroller.scrollBy({ top: STEP, behavior: 'instant' });
        times.push(await frame());
      }
      return times.slice(1).map((time, index) => time - (times[index] ?? time));
    },
  };
}
