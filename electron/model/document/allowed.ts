/**
 * All that a document or a note may have drawn, as data. The reader of a format puts nothing else into a tree, and the page
 * draws nothing else out of one.
 */

/** Elements of HTML; `audio` and `video` only where what they play is in the document's own file (`addressWithin`) or beside it. Of others only what they hold is drawn, or nothing (`droppedWithContent`). Landmarks are drawn as `div`. */
export const allowedElements: ReadonlySet<string> = new Set([
  ...['a', 'abbr', 'address', 'audio', 'b', 'bdi', 'bdo', 'blockquote', 'br', 'caption', 'cite', 'code', 'col', 'colgroup'],
  ...['dd', 'del', 'details', 'dfn', 'div', 'dl', 'dt', 'em', 'figcaption', 'figure', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6'],
  ...['hr', 'i', 'img', 'ins', 'kbd', 'li', 'mark', 'ol', 'p', 'pre', 'q', 'rp', 'rt', 'ruby', 's', 'samp'],
  ...['small', 'span', 'strong', 'sub', 'summary', 'sup', 'table', 'tbody', 'td', 'tfoot', 'th', 'thead', 'time', 'tr'],
  ...['u', 'ul', 'var', 'video', 'wbr'],
]);

/** Elements of MathML (Core): drawn in its namespace. `annotation` and `annotation-xml` go with what they hold. */
export const allowedMathElements: ReadonlySet<string> = new Set([
  ...['math', 'merror', 'mfrac', 'mi', 'mmultiscripts', 'mn', 'mo', 'mover', 'mpadded', 'mphantom', 'mprescripts', 'mroot', 'mrow'],
  ...['ms', 'mspace', 'msqrt', 'mstyle', 'msub', 'msubsup', 'msup', 'mtable', 'mtd', 'mtext', 'mtr', 'munder', 'munderover', 'semantics'],
]);

/** Elements that go with all that they hold. */
export const droppedWithContent: ReadonlySet<string> = new Set([
  ...['annotation', 'annotation-xml', 'applet', 'audio', 'button', 'canvas', 'datalist', 'embed', 'frame', 'frameset', 'head', 'iframe'],
  ...['noembed', 'noframes', 'noscript', 'object', 'option', 'plaintext', 'script', 'select', 'style', 'template', 'textarea'],
  ...['title', 'video', 'xmp'],
]);

/**
 * Attributes of HTML elements: none that styles, runs, names a class or loads. `href`, `id` and `src` are rewritten by the page;
 * `title-link` and `tag-link` come of Markdown alone: the title of the document, or the tag, to which the link leads.
 */
export const allowedAttributes: ReadonlySet<string> = new Set([
  ...['alt', 'colspan', 'datetime', 'dir', 'headers', 'height', 'hidden', 'href', 'id', 'lang', 'open', 'reversed', 'rowspan', 'scope'],
  ...['span', 'src', 'start', 'tag-link', 'title', 'title-link', 'type', 'value', 'width'],
]);

/** Attributes of MathML elements. */
export const allowedMathAttributes: ReadonlySet<string> = new Set([
  ...[
    'accent',
    'accentunder',
    'columnspan',
    'depth',
    'dir',
    'display',
    'displaystyle',
    'fence',
    'form',
    'height',
    'largeop',
    'linethickness',
  ],
  ...['lspace', 'mathvariant', 'maxsize', 'minsize', 'movablelimits', 'rowspan', 'rspace', 'scriptlevel', 'separator', 'stretchy'],
  ...['symmetric', 'voffset', 'width'],
]);

/** Style properties, set by name; all are a format reader's own, none a document's. */
export const allowedStyles: ReadonlySet<string> = new Set(['--digits', '--level', '--least-width', '--line-length', 'width']);

const words = (...known: string[]): RegExp => new RegExp(`^(?:${known.join('|')})$`);
/** em by which a text is moved in, and the share of the column that this may be at most. */
const edge = /^min\(\d{1,2}(?:\.\d{1,2})?em, \d{1,2}%\)$/;

/**
 * What the style sheets of a document may say of its elements (`DrawnElement.own`): properties, and the values that each may have. They tell what words mean and
 * how verses stand. Nothing of it shows or hides, loads, or lies over anything else; colours, and the size and measure of the text, are the reader's.
 */
export const allowedOwnStyles: ReadonlyMap<string, RegExp> = new Map([
  ['font-style', words('italic', 'normal')],
  ['font-weight', words('bold', 'normal')],
  ['font-variant-caps', words('normal', '(?:all-)?(?:small|petite)-caps', 'unicase', 'titling-caps')],
  ['text-align', words('left', 'right', 'center', 'end', 'var\\(--plain-align\\)')],
  ['text-align-last', words('auto', 'start', 'end', 'left', 'right', 'center', 'justify')],
  ['text-indent', /^-?\d{1,2}(?:\.\d{1,2})?em$/],
  ['text-transform', words('none', 'uppercase', 'lowercase', 'capitalize', 'full-width')],
  ['text-decoration-line', words('underline', 'line-through', 'overline')],
  ['text-emphasis-style', /^(?:none|(?:filled|open)(?: (?:dot|circle|double-circle|triangle|sesame))?|"[^"\\]")$/u],
  ['text-emphasis-position', words('(?:over|under)(?: (?:left|right))?', '(?:left|right) (?:over|under)')],
  ['text-emphasis-color', /^(?:currentcolor|color-mix\(in srgb, (?:#[\da-f]{3}|#[\da-f]{6}|[a-z]{3,20}) 60%, var\(--ink\)\))$/],
  ['text-underline-position', words('auto', 'from-font', 'under', 'left', 'right', 'under (?:left|right)', '(?:left|right) under')],
  ['list-style-type', /^[a-z-]{3,24}$/],
  ['writing-mode', words('horizontal-tb', 'vertical-rl', 'vertical-lr')],
  ['text-orientation', words('mixed', 'upright', 'sideways')],
  ['text-combine-upright', words('none', 'all')],
  ['hyphens', words('none', 'manual', 'auto')],
  ['line-break', words('auto', 'loose', 'normal', 'strict', 'anywhere')],
  ['word-break', words('normal', 'keep-all', 'break-all', 'break-word')],
  ['vertical-align', words('super', 'sub')],
  ['font-size', words('0\\.75em')],
  ['line-height', words('0')],
  ['display', words('inline-block')],
  ['inline-size', words('100%')],
  ['margin-inline-start', edge],
  ['margin-inline-end', edge],
  ['padding-inline-start', edge],
  ['margin-block-start', /^\d(?:\.\d{1,2})?em$/],
  ['margin-block-end', words('0')],
  ['--own-font', /^(?:book-font-\d{1,4}|var\(--reading-font\))$/],
]);

/** Schemes of links that are followed, the last one within the library; a link without one leads to another file or place. */
export const allowedLinkSchemes: ReadonlySet<string> = new Set(['http', 'https', 'mailto', 'lectern']);

/** Media types of images that a document may bring within itself (`data:`). */
export const allowedEmbeddedImages: ReadonlySet<string> = new Set([
  ...['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif', 'image/jxl', 'image/bmp', 'image/x-icon', 'image/svg+xml'],
]);
