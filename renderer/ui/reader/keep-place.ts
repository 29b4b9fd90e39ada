import { type ChapterPlace, chapterAt, chaptersOf, type Heading, type Position, pageAt } from '#model';
import { findPassage } from '../../reader/find-passage';
import type { Spot, View } from '../../reader/places';
import { type Block, holdOffset, scrollSideways, scrollToOffset } from '../../reader/position';
import { selectRange } from '../../reader/selection';
import { rememberPosition, showWholePage, tellLayout, updateOpen } from '../../state/actions/documents';
import { forgetOrigin, settleJump } from '../../state/actions/jumps';
import { focusNote } from '../../state/actions/notes';
import { notify, reportError } from '../../state/actions/notices';
import { followReading } from '../../state/actions/reading';
import { meantRecord } from '../../state/passages';
import { type AppState, type Goal, getState, selectNotebook, store, wholeNoteOf } from '../../state/store';

/** ms of rest after which the place is remembered. */
const REST = 400;

/** CSS pixels above an area that fills the view. */
const TOP = 24;

/** Share of a view by which the reader must have gone on to have begun. */
const SCROLLED = 0.25;

/** Where the reader is in a drawn document. */
export interface Place {
  /** Goes to the goal of the opening, or to where the reader left the document. */
  start(): Promise<void>;
  go(goal: Goal): Promise<void>;
  /** False when the view was to go elsewhere before it was there. */
  goTo(offset: number, block?: 'start' | 'center'): Promise<boolean>;
  /** Brings what a note is on into the middle of the view. */
  goToSpot(spot: Spot): Promise<void>;
  /** The start of the first visible paragraph; `undefined` until the view is where the document is opened. */
  topOffset(): number | undefined;
  /** Tells the store where the view is. */
  tell(): void;
  /** Tells where a jump led, and leaves the way back to where it began while that is out of sight. */
  arrive(): void;
  /** Has the place saved now. */
  remember(): void;
  /** Keeps the line that is being read where it stands, though the text is set anew. */
  setAnew(): void;
}

/** Follows where the reader is, remembers it when scrolling rests, and keeps it when the text is set anew. */
export function keepPlace(view: View, opening: number, signal: AbortSignal): Place {
  const { layer, scroller, places } = view;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let frame = 0;
  let moving = 0;
  let nearby = '';
  /** The line that is being read, and where it stands in the view; absent at the top, where the title belongs on the screen. */
  let line: { offset: number; y: number } | undefined;

  const reading = followReading(opening, signal);
  /** Where the view was put last, not scrolled: CSS pixels. */
  let landed = scroller.scrollTop;
  /** The view was brought to where the document is opened. */
  let isPlaced = false;
  const hasScrolled = () => Math.abs(scroller.scrollTop - landed) > scroller.clientHeight * SCROLLED;

  let chapters: readonly Heading[] = [];
  let headingCount = 0;
  /** Chapters are listed anew only as more of them arrive. */
  function chapterHere(offset: number): ChapterPlace | undefined {
    const { headings } = layer.landmarks;
    if (headings.length !== headingCount) chapters = chaptersOf(headings, layer.expectedLength);
    headingCount = headings.length;
    return chapterAt(chapters, offset, layer.expectedLength);
  }

  const isCurrent = () => getState().open?.opening === opening && !signal.aborted;

  function tell(): void {
    if (!isCurrent()) return;
    const { offset, eye, progress, fits, atEnd, sheet } = places.position();
    line = scroller.scrollTop < 1 ? undefined : places.firstLine();
    const read = Math.max(layer.bodyStart, eye - 1);
    updateOpen(opening, {
      offset,
      eye,
      progress,
      fits,
      paragraph: layer.paragraphIndexAt(read),
      paragraphCount: layer.paragraphs.length,
      // Each sheet begins one page of the text, also one on which nothing is written.
      page: sheet ? layer.landmarks.pages[sheet.index]?.[0] : pageAt(layer.landmarks.pages, read),
      chapter: chapterHere(read),
      sheet,
    });
    reading.saw({ ...(atEnd && { hasSeenEnd: true }), ...(hasScrolled() && { hasScrolled: true }) });
    const near = JSON.stringify(places.nearby());
    if (near !== nearby) tellLayout();
    nearby = near;
  }

  function remember(): void {
    clearTimeout(timer);
    const { open } = getState();
    if (open?.opening !== opening) return;
    const { offset, revision, fits } = open;
    rememberPosition(opening, { offset, progress: fits ? 0 : open.progress, revision, secondsRead: reading.secondsEver() });
  }

  /** Ends what brings the view elsewhere. */
  let movement: AbortController | undefined;
  /** How often the view was to go somewhere. */
  let journeys = 0;
  const setOut = (): void => {
    journeys += 1;
    movement?.abort();
  };

  /** Brings an offset into view; false when the view was to go elsewhere before it was there. */
  async function bring(offset: number, block: Block): Promise<boolean> {
    movement?.abort();
    const own = new AbortController();
    movement = own;
    moving += 1;
    const options = { block, signal: AbortSignal.any([signal, own.signal]) };
    try {
      const isThere = await scrollToOffset(view, offset, options);
      // Where the eye is depends on how far it is to the end, too.
      if (isThere && block !== 'eye') holdOffset(view, offset, options, () => (landed = scroller.scrollTop));
    } finally {
      moving -= 1;
    }
    return !own.signal.aborted;
  }

  async function goTo(offset: number, block: 'start' | 'center' | 'eye' = 'start', end = offset + 1): Promise<boolean> {
    setOut();
    if (layer.showsArticle && layer.isOutside(offset)) showWholePage(opening);
    const first = layer.blocks[0]?.start ?? layer.bodyStart;
    // The document's title stands above its first paragraph and belongs on the screen with it.
    if (block !== 'center' && offset <= first) scroller.scrollTop = 0;
    else if (!(await bring(offset, block))) return false;
    scrollSideways(layer, { start: offset, end });
    arrive();
    return true;
  }

  function arrive(): void {
    landed = scroller.scrollTop;
    isPlaced = true;
    if (!isCurrent()) return;
    tell();
    const { origin } = getState();
    if (origin) settleJump(places.visibleRectOf({ start: origin.offset, end: origin.offset + 1 }).height > 0);
  }

  /** Goes on in another view where the eye was in the one before. */
  async function goToEye(offset: number): Promise<void> {
    if (!(await goTo(offset, 'center'))) return;
    const journey = journeys;
    // How far it is to the end is known then.
    await layer.hash();
    const hasGoneOn = journeys !== journey || Math.abs(scroller.scrollTop - landed) > scroller.clientHeight / 2;
    if (!hasGoneOn) await goTo(offset, 'eye');
  }

  async function goToSpot({ start, area }: Spot): Promise<void> {
    if (!area || !places.sheets) {
      await goTo(start, 'center');
      return;
    }
    setOut();
    // How large pages are that were not read yet is guessed; what is in view stays there when they turn out to be otherwise.
    if (places.sheets.count === 0) await layer.hash();
    const [rect, view] = [places.sheets.rectOf(area), scroller.getBoundingClientRect()];
    scroller.scrollTop += rect.top - view.top - Math.max(TOP, (view.height - rect.height) / 2);
    arrive();
  }

  /** Puts the line that is being read where it stood, though all was set anew. */
  async function keepLine(): Promise<void> {
    // What brings the view somewhere goes by where that stands now.
    if (moving > 0) return;
    const kept = line;
    if (!kept) scroller.scrollTop = 0;
    else if (!(await bring(kept.offset, kept.y))) return;
    landed = scroller.scrollTop;
    if (!isCurrent()) return;
    tell();
    // However often it is set anew, it is the same line, until the reader goes on.
    line = kept;
  }

  /** Of pages without text that is all that is known. */
  function goToShare(progress: number): void {
    setOut();
    const toEnd = scroller.scrollTop + layer.root.getBoundingClientRect().bottom - scroller.getBoundingClientRect().bottom;
    scroller.scrollTop = progress * toEnd;
    landed = scroller.scrollTop;
    tell();
  }

  async function go(goal: Goal): Promise<void> {
    await lead(goal);
    isPlaced = true;
  }

  async function lead(goal: Goal): Promise<void> {
    if (goal.type === 'offset') {
      await goTo(goal.offset);
      return;
    }
    if (goal.type === 'eye') return goToEye(goal.offset);
    if (goal.type === 'name') return goToName(goal.name);
    if (goal.type === 'note') {
      focusNote(goal.noteId);
      const { open } = getState();
      const note = open && wholeNoteOf(open.documentId, goal.noteId);
      const meant = note && meantRecord(note, getState());
      if (meant) await goToSpot(meant.placement);
      return;
    }
    const hit = findPassage(goal, layer.text, await layer.hash());
    if (!hit) {
      if (isCurrent()) notify('info', 'The text was changed meanwhile: the passage is not in it any more.');
      return;
    }
    if (!(await goTo(hit.place.start, 'center', hit.place.end))) return;
    selectRange(layer, hit.place.start, hit.place.end);
    if (!hit.isSure && isCurrent()) notify('info', 'The text was changed meanwhile: the passage may have been another one.');
  }

  async function goToName(name: string): Promise<void> {
    const offset = await layer.placeOf(name);
    if (offset !== undefined) await goTo(offset);
    else if (isCurrent()) notify('info', `The document has no place named “${name}”, to which the link leads.`);
  }

  const topOffset = (): number | undefined => (isPlaced || hasScrolled() ? places.position().offset : undefined);

  async function start(): Promise<void> {
    const goal = getState().open?.goal;
    const left = selectNotebook(getState())?.position;
    if (goal?.type === 'offset') {
      updateOpen(opening, { goal: undefined });
      await goTo(goal.offset);
    } else if (goal?.type === 'eye') {
      updateOpen(opening, { goal: undefined });
      await goToEye(goal.offset);
    } else if (goal?.type === 'name') {
      updateOpen(opening, { goal: undefined });
      await goToName(goal.name);
    } else if (goal) {
      // Notes are placed once the text is whole: `followGoals` goes there then.
      tell();
      return;
    } else if (left) await goBack(left);
    else tell();
    isPlaced = true;
  }

  /** Goes where the reader left the document; where its text was another one then, about there, once all of it has come. */
  async function goBack({ offset, progress, revision = 1 }: Position): Promise<void> {
    if (layer.expectedLength > 0 && revision === getState().open?.revision) {
      await goTo(offset);
      return;
    }
    await layer.hash();
    if (layer.text === '') return goToShare(progress);
    await goTo(Math.floor(progress * (layer.text.length - 1)), 'center');
  }

  scroller.addEventListener(
    'scroll',
    () => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => {
        // What another width scrolled is no place that the reader went to: the line that is being read is kept first.
        if (moving > 0 || layer.root.clientWidth !== width) return;
        tell();
        if (getState().origin && Math.abs(scroller.scrollTop - landed) > scroller.clientHeight) forgetOrigin();
      });
      clearTimeout(timer);
      timer = setTimeout(remember, REST);
    },
    { signal, passive: true },
  );
  // On paper nothing is scrolled: what is printed loses its place.
  let printedAt = 0;
  const holdForPrinting = (): void => {
    moving += 1;
    printedAt = scroller.scrollTop;
  };
  const returnFromPrinting = (): void => {
    moving -= 1;
    scroller.scrollTop = printedAt;
  };
  window.addEventListener('beforeprint', holdForPrinting, { signal });
  window.addEventListener('afterprint', returnFromPrinting, { signal });
  // The width or the type changed: the line that is being read stays where it stands.
  let width = layer.root.clientWidth;
  const setAnew = (): void => {
    if (isCurrent()) void keepLine().catch(reportError);
  };
  const observer = new ResizeObserver(() => {
    if (layer.root.clientWidth === width) return;
    width = layer.root.clientWidth;
    setAnew();
  });
  observer.observe(layer.root);
  const stopSettings = store.subscribe(({ settings }, before) => {
    if (settings.typography !== before.settings.typography) requestAnimationFrame(setAnew);
  });
  signal.addEventListener('abort', () => {
    clearTimeout(timer);
    cancelAnimationFrame(frame);
    observer.disconnect();
    stopSettings();
  });
  return { start, go, goTo, goToSpot, topOffset, tell, arrive, remember, setAnew };
}

/** Goes where the open document's goal says, as soon as its notes are placed and whenever it is set anew. */
export function followGoals(opening: number, place: Place): () => void {
  const follow = ({ open }: AppState): void => {
    if (open?.opening !== opening || open.textHash === undefined || !open.goal) return;
    const { goal } = open;
    updateOpen(opening, { goal: undefined });
    void place.go(goal).catch(reportError);
  };
  return store.subscribe(follow);
}
