import { ownTime, withinTime } from '../../time-limit';
import type { Markup } from '../html/tree';
import { colourCode } from './code-colours';
import { emoji } from './emoji';
import { createMarkdownHtml } from './markdown-html';
import { textTag } from './text-tags';

/** The page that Markdown makes, as far as it can be laid out. */
export interface GuardedMarkup extends Markup {
  /** Why it goes no further, to be said of it: “takes too long”. */
  readonly fault: Fault | undefined;
  /** The Markdown from where it goes no further, its lines ended by `\n` each. */
  readonly rest: string;
  /** Ends before the piece that was given last. */
  giveUp(fault: Fault): void;
}

export type Fault = 'takes too long' | 'is nested too deep';

/** ms that one piece of Markdown may take. */
const TIME_LIMIT = 3_000;
/** ms that each further 1,000 code units may take, of all pieces together: several times what any usual text takes. */
const TIME_PER_THOUSAND = 2;

/** Quotes and lists within one another, of which each takes room from its lines: in more than this there is none left. */
const MOST_NESTED = 60;

/** Lays out Markdown piece by piece, until a piece takes longer than `timeLimit` ms of the thread's own time or is nested too deep. */
export function createGuardedMarkup(markdown: string, timeLimit = TIME_LIMIT): GuardedMarkup {
  const html = createMarkdownHtml(markdown, { further: [emoji, textTag], colourCode });
  const isTooDeep = createDepthMeter();
  const start = '<!doctype html><body>';
  let timeLeft = timeLimit + (TIME_PER_THOUSAND * markdown.length) / 1_000;
  let isBegun = false;
  let last = 0;
  let fault: Fault | undefined;

  function layOut(): string {
    const before = ownTime();
    try {
      const piece = withinTime(Math.ceil(Math.min(timeLimit, Math.max(1, timeLeft))), () => html.next())?.value;
      if (piece === undefined) fault = 'takes too long';
      else if (isTooDeep(piece)) fault = 'is nested too deep';
      else return piece;
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      fault = 'is nested too deep';
    } finally {
      timeLeft -= ownTime() - before;
    }
    return '';
  }

  return {
    get length() {
      return start.length + html.length;
    },
    get isDone() {
      return isBegun && (html.isDone || fault !== undefined);
    },
    get fault() {
      return fault;
    },
    get rest() {
      return html.sourceFrom(last);
    },
    next() {
      if (isBegun) {
        last = html.position;
        return layOut();
      }
      isBegun = true;
      return start;
    },
    giveUp(reason) {
      fault = reason;
    },
  };
}

/** Tells of each further piece of HTML whether quotes and lists lie too deep in it. */
function createDepthMeter(): (html: string) => boolean {
  let depth = 0;
  return (html) => {
    for (const [, closes] of html.matchAll(/<(\/?)(?:blockquote|lectern-callout(?!-)|[ou]l)\b/g)) {
      depth += closes ? -1 : 1;
      if (depth > MOST_NESTED) return true;
    }
    return false;
  };
}
