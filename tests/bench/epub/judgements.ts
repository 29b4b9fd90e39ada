import {
  type DocumentMetadata,
  type DocumentSection,
  type DrawnElement,
  type DrawnNode,
  directionOf,
  type Heading,
  pathWithin,
} from '#model';

/** What a reader would see of a book. */
export interface Seen {
  text: string;
  nodes: readonly DrawnNode[];
  headings: readonly Heading[];
  targets: ReadonlyMap<string, number>;
  metadata: DocumentMetadata;
  notices: readonly string[];
  /** How the lines of each section go. */
  writings: readonly DocumentSection['writing'][];
  /** What is given of the fonts that are used, and of the sounds that have a player: their media types. */
  fonts: ReadonlyMap<string, string | undefined>;
  sounds: readonly (string | undefined)[];
  /** Why it was not opened. */
  refused?: string;
}

interface Judgement {
  passes: boolean;
  why: string;
}

/** Tests that cannot apply, by the beginning of their names: Lectern runs nothing, plays no media overlays, and lays out no pages. */
const exclusions: readonly (readonly [RegExp, string])[] = [
  [/^scr-|^sec-untrusted-consent_scripting$/, 'scripting'],
  [/^ocf-url_(?:origin|parse-)/, 'scripting: the test is a script'],
  [/^mol-/, 'media overlays'],
  [/^(?:fxl-|lay-fxl-|lay-pp-|lay-roll-|lay-page-layout-)/, 'fixed layout'],
  [
    /^(?:lay-rendition-flow-pre-pag|lay-viewport-meta-prop|pkg-spine-progression-pre-paginated|pub-data-urls_top-level-content)$/,
    'fixed layout',
  ],
  // Its own coverage: it is not applicable, it says, where the property is not supported.
  [/^lay-reflow-align-x-center$/, 'fixed layout'],
  [/^xx-/, 'no test: a template'],
];

/** Why a test does not apply; `undefined` where it does. */
export const excluded = (name: string): string | undefined => exclusions.find(([pattern]) => pattern.test(name))?.[1];

/** What Lectern does not do by its design, with the tests that ask for it. */
const declined: readonly (readonly [RegExp, string])[] = [
  [/^lay-pkg-flow-paginated$|^lay-pkg-flow-scrolled-doc$/, 'a book is one text that scrolls'],
  [/^pkg-spine-progression/, 'there are no pages beside each other: all goes on downwards'],
];

type Rule = (seen: Seen) => Judgement;

const when =
  (why: string, test: (seen: Seen) => boolean): Rule =>
  (seen) => ({ passes: test(seen), why });
const says = (...words: string[]): Rule =>
  when('its text is there', ({ text, refused }) => refused === undefined && words.every((each) => text.includes(each)));
const showsPictures = (count: number): Rule =>
  when(
    count === 1 ? 'its picture is drawn' : `its ${count} pictures are drawn, in order`,
    (seen) => elementsIn(seen, 'img').filter(isOwn).length === count,
  );
const isCalled = (title: string, direction: 'ltr' | 'rtl'): Rule =>
  when(
    'title and its direction',
    ({ metadata }) => metadata.title?.replace(/^[\u200e\u200f]/, '') === title && directionOf(metadata.title) === direction,
  );
const hasContents = (...titles: string[]): Rule =>
  when('the outline of the window', ({ headings }) => titles.every((title) => headings.some((heading) => heading.title === title)));
const all =
  (...rules: Rule[]): Rule =>
  (seen) => {
    const judged = rules.map((rule) => rule(seen));
    return { passes: judged.every(({ passes }) => passes), why: judged.map(({ why }) => why).join('; ') };
  };
const isRefused: Rule = ({ refused, notices }) => ({
  passes: refused !== undefined || notices.length > 0,
  why: `it says: ${refused ?? notices.join(' ')}`,
});
const byDesign =
  (why: string): Rule =>
  (seen) => ({ passes: seen.refused === undefined, why });

/** Values of a property that its style sheets say of passages, and that are drawn of them. */
const ownIn = (seen: Seen, property: string): string[] => elementsIn(seen).flatMap(({ own }) => own?.[property] ?? []);
const styles = (property: string, ...values: string[]): Rule =>
  when(`${property} is drawn (${values.join(', ')})`, (seen) => values.every((value) => ownIn(seen, property).includes(value)));
const goesDown = (...modes: DocumentSection['writing'][]): Rule =>
  when('lines go downwards where they should', ({ writings }) => modes.every((mode) => writings.includes(mode)));
const hasFont: Rule = when('in its own font, once that is chosen', (seen) =>
  ownIn(seen, '--own-font').some((family) => seen.fonts.get(family)?.startsWith('font/') === true),
);
const plays: Rule = when('a player of its sound', ({ sounds }) => sounds.length === 1 && sounds[0]?.startsWith('audio/') === true);

const HEBREW = 'CSS: הרפתקה חדשה!';
const ARABIC = 'CSS: مغامرة جديدة!';
const TWO_LINKS = hasContents('Test passes if you can see two links (first link)', 'Test passes if you can see two links (second link)');
const order = (...words: string[]): Rule =>
  when('in this order', ({ text }) =>
    words.every((each, index) => index === 0 || text.indexOf(each) > text.indexOf(words[index - 1] ?? '')),
  );

/** How each test is judged whose text being there does not say enough. */
const rules: Readonly<Record<string, Rule>> = {
  'cnt-css-fonts_ot': hasFont,
  'cnt-css-fonts_tt': hasFont,
  'cnt-css-fonts_woff': hasFont,
  'cnt-css-fonts_woff2': hasFont,
  'css-epub-hyphens': all(
    styles('hyphens', 'auto'),
    when(
      'the others keep their soft hyphens, and have no more',
      (seen) => seen.text.includes('\u00ad') && ownIn(seen, 'hyphens').length === 1,
    ),
  ),
  'css-epub-line-break': styles('line-break', 'loose', 'normal', 'strict'),
  'css-epub-text-align-last': styles('text-align-last', 'start', 'end', 'left', 'right', 'center', 'justify'),
  'css-epub-text-combine-horizontal': all(
    goesDown('vertical-rl'),
    when('six pairs of digits are combined', (seen) => ownIn(seen, 'text-combine-upright').filter((value) => value === 'all').length === 6),
  ),
  'css-epub-text-emphasis': all(
    styles(
      'text-emphasis-style',
      ...['filled dot', 'filled circle', 'filled double-circle', 'filled triangle', 'filled sesame', '"a"', 'open dot'],
    ),
    styles('text-emphasis-position', 'under', 'over left'),
    when('one of them in blue', (seen) => ownIn(seen, 'text-emphasis-color').some((value) => value.includes('blue'))),
    goesDown('vertical-rl', 'vertical-lr'),
  ),
  'css-epub-text-orientation': all(goesDown('vertical-rl'), styles('text-orientation', 'upright', 'sideways')),
  'css-epub-text-transform': all(goesDown('vertical-rl'), styles('text-transform', 'full-width')),
  'css-epub-text-underline-position': all(
    styles('text-underline-position', 'under', 'under left', 'under right'),
    styles('text-decoration-line', 'underline'),
    goesDown('vertical-rl'),
  ),
  'css-epub-word-break': styles('word-break', 'keep-all', 'break-all'),
  'css-epub-writing-mode': goesDown(undefined, 'vertical-rl', 'vertical-lr'),
  'cnt-mathml-support': when('drawn as MathML, with its superscript', (seen) => elementsIn(seen, 'msup').length > 0),
  'cnt-svg-css': showsPictures(1),
  'cnt-svg-css-inclusion': all(
    showsPictures(1),
    when('with the style of its page', (seen) => sourcesOf(seen).some((src) => decodeURIComponent(src).includes('url(#star)'))),
  ),
  'cnt-svg-css-reference': all(
    showsPictures(1),
    when('without the style of its page', (seen) => sourcesOf(seen).every((src) => src.startsWith('data:image/svg+xml;base64,'))),
  ),
  'cnt-svg-embedded': showsPictures(1),
  'cnt-svg-support': showsPictures(1),
  'nav-access': when('the outline of the window', ({ headings }) => headings.length === 1),
  'nav-activation': hasContents('Click to access 2nd content document'),
  'nav-non-text_img': hasContents('Start page', 'Description of the Abbey of Sénanque'),
  'nav-non-text_img_title': hasContents('Start page', 'Description of the Abbey of Sénanque'),
  'nav-spine_in-spine': TWO_LINKS,
  'nav-spine_not-in-spine': TWO_LINKS,
  'nav-spine_in-spine-hidden-toc-css': hasContents('The first link', 'The second link'),
  'nav-spine_in-spine-hidden-toc-html': hasContents('The first link', 'The second link'),
  'nav-spine_in-spine-no-list-style': hasContents('the second link'),
  'ocf-font_obfuscation': hasFont,
  'ocf-font_obfuscation_bis': when('the font that is garbled for another book is not given', ({ fonts }) =>
    [...fonts.values()].every((type) => type === undefined),
  ),
  'ocf-metainf-manifest': when('one part alone', ({ text }) => text.trim().split('\n').length === 1),
  'ocf-url_link-leaking-relative': showsPictures(1),
  'ocf-url_link-path-absolute': showsPictures(1),
  'ocf-url_link-relative': showsPictures(1),
  'ocf-zip-comp': isRefused,
  'ocf-zip-mult': isRefused,
  'pkg-creator-order': when('the authors in their order', ({ metadata }) => metadata.author?.startsWith('Dave Cramer;') === true),
  'pkg-dir-auto_root-rtl': isCalled(ARABIC, 'ltr'),
  'pkg-dir-auto_root-unset': isCalled(HEBREW, 'ltr'),
  'pkg-dir_creator-rtl': when('the name and its direction', ({ metadata }) => directionOf(metadata.author ?? '') === 'rtl'),
  'pkg-lang_but_not_content': when('in the language that it is written in', (seen) =>
    elementsIn(seen).some(({ a }) => a?.['lang'] === 'en'),
  ),
  'pkg-dir_but_not_content': when('no direction of all; each paragraph by its letters', (seen) =>
    elementsIn(seen, 'p').every(({ a }) => a?.['dir'] !== 'rtl'),
  ),
  'pkg-dir_rtl-root-ltr': isCalled(HEBREW, 'rtl'),
  'pkg-dir_rtl-root-unset': isCalled(HEBREW, 'rtl'),
  'pkg-dir_unset-root-rtl': isCalled(ARABIC, 'rtl'),
  'pkg-dir_unset-root-unset': isCalled(ARABIC, 'ltr'),
  'pkg-linked-records': when(
    'title and author',
    ({ metadata }) => metadata.title === 'Package metadata title!' && metadata.author !== undefined,
  ),
  'pkg-manifest-unlisted-resource': showsPictures(0),
  'pkg-meta-whitespace': when(
    'title and author without it',
    ({ metadata: { title = ' ', author = ' ' } }) => !/^\s|\s{2}|\s$/.test(`${title}|${author}`),
  ),
  'pkg-spine-duplicate-item-hyperlink': when('the link leads to the first', (seen) => {
    const [link] = elementsIn(seen, 'a');
    const at = seen.targets.get(decodeURIComponent(link?.a?.['href']?.slice(1) ?? ''));
    return at !== undefined && at === seen.text.indexOf('This document occurs');
  }),
  'pkg-spine-duplicate-item-rendering': when('three times', ({ text }) => text.split('This document occurs three times').length === 4),
  'pkg-spine-duplicate-item-ui': when(
    'three places in the text, each with its own bookmarks',
    ({ text }) => text.split('This document occurs three times').length === 4,
  ),
  'pkg-spine-nonlinear-activation': when('the link leads to it', (seen) => {
    const [link] = elementsIn(seen, 'a');
    return seen.targets.has(decodeURIComponent(link?.a?.['href']?.slice(1) ?? ''));
  }),
  'pkg-spine-order': order('must appear first', 'must appear second', 'must appear third', 'must appear last'),
  'pkg-spine-order-svg': showsPictures(4),
  'pkg-title-order': when('the first title', ({ metadata }) => metadata.title === 'pkg-title-order'),
  'pkg-unique-id': byDesign('books are told apart by what is in them'),
  'pkg-unique-id_duplicate': byDesign('books are told apart by what is in them'),
  'pss-support': when('a note of its own, shown beside its sign', (seen) => elementsIn(seen).some(({ l }) => l?.includes('footnote'))),
  'pss-support_ignore-title': when('one note alone', (seen) => elementsIn(seen).filter(({ l }) => l?.includes('footnote')).length === 1),
  'pub-cmt-avif': showsPictures(1),
  'pub-cmt-gif': showsPictures(1),
  'pub-cmt-jxl': showsPictures(1),
  'pub-cmt-mp3': plays,
  'pub-cmt-mp4': plays,
  'pub-cmt-opus': plays,
  'pub-cmt-jpeg': showsPictures(1),
  'pub-cmt-png': showsPictures(1),
  'pub-cmt-svg': showsPictures(1),
  'pub-cmt-webp': showsPictures(1),
  'pub-data-urls_browsing-context': showsPictures(1),
  'pub-external-links': byDesign('links outwards are followed once the reader says so (tests/app/links.spec.ts)'),
  'pub-external-links_consent': byDesign('links outwards are followed once the reader says so (tests/app/links.spec.ts)'),
  'pub-file-urls': all(
    says('Windows'),
    when('no frame is drawn', (seen) => elementsIn(seen, 'iframe').length === 0),
  ),
  'pub-foreign_bad-fallback': isRefused,
  'pub-foreign_image': showsPictures(1),
  'pub-xml-external-id': when(
    'no failure statement',
    ({ text }) => !/fails?\b/i.test(text.replace(/Test passes unless a failure statement follows/, '')),
  ),
  'pub-xml-names': isRefused,
  'pub-xml-non-validating_comment': when('only what is in the spine', ({ text }) => !text.includes('Test fails')),
  'pub-xml-non-validating_unclosed': isRefused,
  'sec-untrusted-consent_network': byDesign('nothing is loaded from a network, ever'),
};

/** Whether a book that was read is as its test asks. */
export function judge(name: string, seen: Seen): Judgement {
  const why = declined.find(([pattern]) => pattern.test(name))?.[1];
  if (why !== undefined) return { passes: false, why };
  const rule = rules[name] ?? when('it opens, with its text', ({ text, refused }) => refused === undefined && text.trim() !== '');
  return rule(seen);
}

/** Drawn elements of a name, or all. */
const elementsIn = ({ nodes }: Seen, name?: string): DrawnElement[] => drawnIn(nodes, name);

/** Drawn elements of a name, or all, within nodes. */
export function drawnIn(nodes: readonly DrawnNode[], name?: string): DrawnElement[] {
  const found: DrawnElement[] = [];
  const rest = nodes.toReversed();
  for (let node = rest.pop(); node !== undefined; node = rest.pop()) {
    if (typeof node !== 'object' || !('e' in node || 'by' in node)) continue;
    const element = 'by' in node ? node.by : node;
    if (name === undefined || element.e === name) found.push(element);
    rest.push(...(element.c?.toReversed() ?? []));
  }
  return found;
}

const sourcesOf = (seen: Seen): string[] => elementsIn(seen, 'img').map(({ a }) => a?.['src'] ?? '');
/** A picture that the book brings along. */
const isOwn = ({ a }: DrawnElement): boolean => {
  const src = a?.['src'] ?? '';
  return src.startsWith('data:image/') || pathWithin(src) !== undefined;
};
