/** What the list showed of a passage: what was marked first, what stood before it, and all of it. */
export interface Shown {
  before: string;
  match: string;
  whole: string;
}

/** Judges in the page whether what is selected is what was shown, and is seen; says what is wrong. Stands alone, since it goes there as its source. */
export async function judgeSelected({ before, match, whole }: Shown): Promise<string | undefined> {
  // What is drawn by then is there for good.
  for (let frames = 0; frames < 5; frames += 1) await new Promise((resolve) => requestAnimationFrame(resolve));
  const selection = document.getSelection();
  const text = document.querySelector('.reading-text');
  if (!selection || selection.rangeCount === 0 || !text) return 'nothing is selected';
  const range = selection.getRangeAt(0);
  if (!text.contains(range.commonAncestorContainer)) return 'what is selected is not in the text';
  /** White space is another one between blocks, and in the list. */
  const plain = (words: string) => words.replaceAll(/\s|\u00AD/g, '');
  if (plain(range.toString()) !== plain(match)) return `“${range}” is selected, “${match}” was shown`;
  const ahead = document.createRange();
  ahead.setStart(text, 0);
  ahead.setEnd(range.startContainer, range.startOffset);
  const wanted = plain(before.replace(/^…/, ''));
  if (!plain(ahead.toString()).endsWith(wanted)) return `“${ahead.toString().slice(-60)}” stands before it, in “${whole}”`;
  const [rect] = range.getClientRects();
  const holder = range.startContainer instanceof Element ? range.startContainer : range.startContainer.parentElement;
  if (!rect || rect.width === 0 || !holder?.checkVisibility({ opacityProperty: true, visibilityProperty: true })) {
    return `it is not drawn: ${holder?.closest('[class], [style], details')?.outerHTML.slice(0, 300)}`;
  }
  const scroller = text.closest('.reading-scroller') ?? document.documentElement;
  const view = scroller.getBoundingClientRect();
  const [x, y] = [rect.left + rect.width / 2, rect.top + rect.height / 2];
  if (y < view.top || y > view.bottom || x < view.left || x > view.right)
    return `it is outside of the view, at ${Math.round(x)}, ${Math.round(y)}`;
  const top = document.elementFromPoint(x, y);
  return top && text.contains(top) ? undefined : `${top?.outerHTML.slice(0, 200)} lies over it`;
}
