import type { OwnStyles } from '#model';
import type { HtmlElement } from '../html/tree';
import type { Computed } from './computed';

/** How what stands in a drawn element is drawn where nothing else is said of it. */
export interface DrawnStyle {
  inherited: Computed['inherited'];
  /** em, see `Computed`: what is drawn of it. */
  indent: number;
  start: number;
  end: number;
}

/** What the style sheets of a page say of its elements, as far as it is drawn. */
export interface PageStyles {
  /** Of what stands in nothing that is drawn. */
  readonly top: DrawnStyle;
  /** The way in which its lines go. */
  readonly writing: 'vertical-rl' | 'vertical-lr' | undefined;
  /** Of an element that is drawn as `e` within `around`; `asLine`: of a line of its text, when it is not drawn itself. */
  of(source: HtmlElement, e: string, around: DrawnStyle, asLine?: boolean): { own: OwnStyles | undefined; style: DrawnStyle };
}
