import { globSync, readFileSync } from 'node:fs';
import { type CssNode, generate, parse, type Selector, walk } from 'css-tree';
import { expect, it } from 'vitest';

const selectors = globSync('renderer/**/*.css').flatMap((file) => {
  const found: { parts: CssNode[]; text: string }[] = [];
  walk(parse(readFileSync(file, 'utf8')), {
    visit: 'Selector',
    enter: (selector: Selector) => void found.push({ parts: selector.children.toArray(), text: `${file}: ${generate(selector)}` }),
  });
  return found;
});

/** What holds little, so that looking through all of it costs nothing. */
const SMALL = ['.documents-filter', '.palette-item', '.problem-foot', '.selection-action', '.theme-choices label', '.note-body li'];

it('finds the selectors of all style sheets', () => {
  expect(selectors.length).toBeGreaterThan(500);
});

it('asks for nothing that lies anywhere within what may hold a long text: all of that is looked through with each change of the page', () => {
  const wide = selectors.filter(({ parts }) =>
    parts.some((part, index) => {
      if (part.type !== 'PseudoClassSelector' || part.name !== 'has') return false;
      const asked = part.children?.first;
      const isAnywhere =
        asked?.type === 'SelectorList' &&
        asked.children.some((each) => each.type === 'Selector' && each.children.first?.type !== 'Combinator');
      return (
        isAnywhere &&
        !SMALL.includes(
          parts
            .slice(0, index)
            .map((each) => generate(each))
            .join(''),
        )
      );
    }),
  );
  expect(wide.map(({ text }) => text)).toEqual([]);
});

it('colours what is marked by the element that holds it: else these styles are made anew for each element of a text', () => {
  const universal = selectors.filter(({ parts }) => {
    const at = parts.findIndex((part) => part.type === 'PseudoElementSelector' && ['highlight', 'selection'].includes(part.name));
    const before = parts[at - 1]?.type;
    return at === 0 || (at > 0 && before === 'Combinator');
  });
  expect(universal.map(({ text }) => text)).toEqual([]);
});
