import { titleKey } from '#model';
import { isLeftOut } from '../elements';
import { descendantsOf, type HtmlElement } from '../tree';
import { foldedText } from './folded-text';

/** Letters and figures from which on a heading that is a part of what a page is called is its title. */
const SHORTEST = 10;

/** The heading that says what a page is called in `<title>`: the one that says most of it, of equal ones the highest, then the first. */
export function findHeading(body: HtmlElement, pageTitle: string): HtmlElement | undefined {
  const called = titleKey(pageTitle);
  let best: HtmlElement | undefined;
  let most = 0;
  for (const node of descendantsOf(body, (element) => !isLeftOut(element))) {
    if (node.type !== 'element' || !/^h[1-3]$/.test(node.name)) continue;
    const key = titleKey(foldedText(node));
    if (key.length < SHORTEST || !called.includes(key)) continue;
    if (key.length > most || (key.length === most && best !== undefined && node.name < best.name)) {
      best = node;
      most = key.length;
    }
  }
  return best;
}
