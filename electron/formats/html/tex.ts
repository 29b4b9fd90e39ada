import temml from 'temml';
import type { DrawnElement, DrawnNode } from '#model';
import { drawnAttributes, drawnName } from './elements';
import { attributeOf, descendantsOf, type HtmlElement, parseHtml } from './tree';

/** Steps of macros that are followed; those that call themselves need more. */
const MOST_STEPS = 1_000;
/** Elements within one another. */
const DEEPEST = 100;

/** Draws TeX as MathML, whose leaves are ornaments: the text is the TeX. `undefined` for what cannot be read. */
export function drawTex(tex: string, display: boolean): DrawnElement | undefined {
  try {
    const options = {
      displayMode: display,
      throwOnError: true,
      trust: false,
      maxExpand: MOST_STEPS,
      maxSize: [20, 20] as [number, number],
    };
    const { page } = parseHtml(`<!doctype html><body>${temml.renderToString(tex, options)}`);
    const found = [...descendantsOf(page)].find((node) => node.type === 'element' && node.name === 'math');
    const [drawn] = found?.type === 'element' ? drawNode(found, 0) : [];
    return typeof drawn === 'object' && 'e' in drawn ? drawn : undefined;
  } catch {
    // A mistake in it, or nested without end: shown as it is written.
    return undefined;
  }
}

function drawNode(element: HtmlElement, depth: number): DrawnNode[] {
  if (depth > DEEPEST) throw new RangeError('A formula is nested too deep.');
  const children: DrawnNode[] = [];
  for (let child = element.first; child; child = child.next) {
    if (child.type === 'element') children.push(...drawNode(child, depth + 1));
    else if (child.value !== '') children.push({ ornament: child.value });
  }
  const name = drawnName(element);
  if (name === undefined) return children;
  const a = drawnAttributes(element, name);
  const align = /(?:^|\s)tml-(left|right)(?:\s|$)/.exec(attributeOf(element, 'class') ?? '')?.[1] as 'left' | 'right' | undefined;
  return [{ e: name, ...(a && { a }), ...(align && { l: [`math-${align}` as const] }), c: children }];
}
