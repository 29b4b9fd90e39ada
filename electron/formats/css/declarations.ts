/** What is said of an element, by one property: lengths are in em, all else is a keyword of CSS. */
export interface Declaration {
  name: Property;
  value: string | number;
  isImportant: boolean;
}

/** Properties that are inherited, with what they are at first. All else that style sheets say of them is not drawn. */
export const inheritedProperties = {
  'font-style': 'normal',
  'font-weight': 'normal',
  'font-variant-caps': 'normal',
  'text-align': 'start',
  'text-align-last': 'auto',
  'text-transform': 'none',
  'list-style-type': 'disc',
  'writing-mode': 'horizontal-tb',
  'text-orientation': 'mixed',
  'text-combine-upright': 'none',
  'text-emphasis-style': 'none',
  'text-emphasis-position': 'over right',
  'text-emphasis-color': 'currentcolor',
  'text-underline-position': 'auto',
  hyphens: 'manual',
  'line-break': 'auto',
  'word-break': 'normal',
  'font-family': '',
} as const satisfies Readonly<Record<string, string>>;
export type InheritedProperty = keyof typeof inheritedProperties;

/** Properties of the element itself; `text-indent` is inherited as well. */
const lengthProperties = [
  'text-indent',
  ...(['margin', 'padding'] as const).flatMap((box) =>
    (['top', 'right', 'bottom', 'left'] as const).map((side) => `${box}-${side}` as const),
  ),
] as const;
export type LengthProperty = (typeof lengthProperties)[number];
export type OwnProperty = 'display' | 'vertical-align' | 'text-decoration-line' | 'break-before';
export type Property = InheritedProperty | LengthProperty | OwnProperty;

/** Keywords that every property may have; `revert` and `unset` are what an inherited one is. */
const WIDE: ReadonlySet<string> = new Set(['inherit', 'initial', 'unset', 'revert', 'revert-layer']);

const words = (...list: string[]): ((value: string) => string | undefined) => {
  const known = new Set(list);
  return (value) => (known.has(value) ? value : undefined);
};

/** How each property that has a keyword is read, by its name without a prefix. */
const keywords: Readonly<Partial<Record<string, (value: string) => string | undefined>>> = {
  'font-style': (value) => (/^(?:italic|oblique)\b/.test(value) ? 'italic' : words('normal')(value)),
  'font-weight': weightOf,
  'font-variant-caps': words('normal', 'small-caps', 'all-small-caps', 'petite-caps', 'all-petite-caps', 'unicase', 'titling-caps'),
  'text-align': words('left', 'right', 'center', 'justify', 'start', 'end'),
  'text-align-last': words('auto', 'left', 'right', 'center', 'justify', 'start', 'end'),
  'text-transform': words('none', 'uppercase', 'lowercase', 'capitalize', 'full-width'),
  'list-style-type': words(
    ...['none', 'disc', 'circle', 'square', 'decimal', 'decimal-leading-zero', 'lower-alpha', 'upper-alpha', 'lower-latin', 'upper-latin'],
    ...['lower-roman', 'upper-roman', 'lower-greek', 'armenian', 'georgian', 'hebrew', 'hiragana', 'katakana', 'cjk-ideographic'],
  ),
  'writing-mode': (value) => writingModes[value],
  'text-orientation': (value) => (value === 'sideways-right' ? 'sideways' : words('mixed', 'upright', 'sideways')(value)),
  'text-combine-upright': (value) => (value === 'horizontal' ? 'all' : words('none', 'all')(value)),
  'text-emphasis-style': emphasisOf,
  'text-emphasis-position': (value) =>
    /^(?:(?:over|under)(?: (?:left|right))?|(?:left|right) (?:over|under))$/.test(value) ? value : undefined,
  'text-emphasis-color': colourOf,
  'text-underline-position': (value) =>
    /^(?:auto|from-font|under|left|right|under left|under right|left under|right under)$/.test(value) ? value : undefined,
  hyphens: words('none', 'manual', 'auto'),
  'line-break': words('auto', 'loose', 'normal', 'strict', 'anywhere'),
  'word-break': words('normal', 'keep-all', 'break-all', 'break-word'),
  'vertical-align': (value) => (value === 'text-top' || value === 'top' ? 'super' : (words('super', 'sub')(value) ?? 'baseline')),
  'text-decoration-line': (value) =>
    /\b(?:underline|line-through|overline)\b/.exec(value)?.[0] ?? (/\bnone\b/.test(value) ? 'none' : undefined),
  'break-before': (value) => (/^(?:page|always|left|right|recto|verso)$/.test(value) ? 'page' : 'auto'),
  display: (value) => (/^(?:block|list-item|flow-root|table)$/.test(value) ? 'block' : 'other'),
};

const writingModes: Readonly<Partial<Record<string, string>>> = {
  'horizontal-tb': 'horizontal-tb',
  'lr-tb': 'horizontal-tb',
  'vertical-rl': 'vertical-rl',
  'tb-rl': 'vertical-rl',
  'vertical-lr': 'vertical-lr',
  'tb-lr': 'vertical-lr',
};

/** Names that mean another property, some of them of EPUB 3.0 and of old browsers. */
const renamed: Readonly<Partial<Record<string, string>>> = {
  'font-variant': 'font-variant-caps',
  'list-style': 'list-style-type',
  'margin-inline-start': 'margin-left',
  'margin-inline-end': 'margin-right',
  'margin-block-start': 'margin-top',
  'margin-block-end': 'margin-bottom',
  'padding-inline-start': 'padding-left',
  'padding-inline-end': 'padding-right',
  'page-break-before': 'break-before',
  'text-combine': 'text-combine-upright',
  'text-combine-horizontal': 'text-combine-upright',
  'text-decoration': 'text-decoration-line',
};

/** Shorthands of which one word is enough. */
const ofWords: ReadonlySet<string> = new Set(['font-variant-caps', 'list-style-type']);

/** What a declaration says that is drawn; nothing for what is not, or makes no sense. */
export function readDeclaration(property: string, written: string, isImportant: boolean): Declaration[] {
  const plain = property.toLowerCase().replace(/^-(?:epub|webkit|moz|ms)-/, '');
  const name = renamed[plain] ?? plain;
  const value = written.trim().replace(/\s+/g, ' ');
  const declare = (of: string, is: string | number | undefined): Declaration[] =>
    is === undefined ? [] : [{ name: of as Property, value: is, isImportant }];
  if (name === 'font-family') return declare(name, value);
  const lower = value
    .toLowerCase()
    .replace(/(?<![\w-])-(?:epub|webkit|moz)-(?:fullwidth\b)?/g, (prefix) => (prefix.endsWith('fullwidth') ? 'full-width' : ''));
  if (name === 'margin' || name === 'padding') return readSides(name, lower).flatMap(([side, length]) => declare(side, length));
  if (isLength(name)) return declare(name, WIDE.has(lower) ? lower : lengthOf(lower));
  if (name === 'font') return readFontShorthand(value, lower).flatMap(([of, is]) => declare(of, is));
  if (name === 'text-emphasis') return declare('text-emphasis-style', emphasisOf(lower));
  const read = Object.hasOwn(keywords, name) ? keywords[name] : undefined;
  if (!read) return [];
  if (WIDE.has(lower)) return declare(name, lower);
  const keyword =
    read(lower) ??
    (ofWords.has(name)
      ? lower
          .split(' ')
          .map(read)
          .find((word) => word !== undefined)
      : undefined);
  return declare(name, keyword);
}

const isLength = (name: string): name is LengthProperty => (lengthProperties as readonly string[]).includes(name);

function weightOf(value: string): string | undefined {
  if (value === 'bold' || value === 'bolder') return 'bold';
  if (value === 'normal' || value === 'lighter') return 'normal';
  const weight = /^\d{1,4}$/.test(value) ? Number(value) : undefined;
  return weight === undefined ? undefined : weight >= 600 ? 'bold' : 'normal';
}

function emphasisOf(value: string): string | undefined {
  const [, double, single] = /^(?:"([^"\\])"|'([^'\\])')/u.exec(value) ?? [];
  const sign = double ?? single;
  if (sign !== undefined) return `"${sign}"`;
  if (value === 'none') return value;
  const shape = /\b(?:double-circle|dot|circle|triangle|sesame)\b/.exec(value)?.[0];
  const fill = /\b(?:filled|open)\b/.exec(value)?.[0];
  if (shape === undefined && fill === undefined) return undefined;
  return [fill ?? 'filled', shape].filter((word) => word !== undefined).join(' ');
}

function colourOf(value: string): string | undefined {
  return /^(?:#[\da-f]{3}|#[\da-f]{6}|[a-z]{3,20})$/.test(value) ? value : undefined;
}

/** em that a unit has: a reader's letters are as large as those that the author thought of, and a column is 34 em wide. */
const units: Readonly<Partial<Record<string, number>>> = {
  '': 0,
  em: 1,
  rem: 1,
  ex: 0.5,
  ch: 0.5,
  ic: 1,
  px: 1 / 16,
  pt: 1 / 12,
  pc: 1,
  in: 6,
  cm: 2.4,
  mm: 0.24,
  '%': 0.34,
  vw: 0.34,
  vh: 0.34,
};

/** A length in em; `undefined` for what is none or is calculated. */
function lengthOf(value: string): number | undefined {
  if (value === 'auto') return 0;
  const [, number, unit = ''] = /^([-+]?(?:\d{1,6}(?:\.\d{0,9})?|\.\d{1,9}))([a-z%]*)(?: (?:hanging|each-line))*$/.exec(value) ?? [];
  const factor = units[unit];
  if (number === undefined || factor === undefined) return undefined;
  return Math.round(Number(number) * factor * 100) / 100;
}

function readSides(box: 'margin' | 'padding', value: string): (readonly [LengthProperty, number | string | undefined])[] {
  const lengths = value.split(' ').map((each) => (WIDE.has(each) ? each : lengthOf(each)));
  const [top, right = top, bottom = top, left = right] = lengths;
  if (lengths.length > 4) return [];
  return [
    [`${box}-top`, top],
    [`${box}-right`, right],
    [`${box}-bottom`, bottom],
    [`${box}-left`, left],
  ];
}

/** `font` sets all that it does not name to what it is at first. */
function readFontShorthand(value: string, lower: string): (readonly [InheritedProperty, string])[] {
  const [, before = '', family = ''] = /^(.*?)(?:^| )[\d.]+[a-z%]*(?:\s*\/\s*[\w.%]+)? (.+)$/s.exec(value) ?? [];
  if (family === '')
    return WIDE.has(lower)
      ? [
          ['font-style', lower],
          ['font-weight', lower],
        ]
      : [];
  const said = before.toLowerCase().split(' ');
  return [
    ['font-style', said.some((word) => word === 'italic' || word === 'oblique') ? 'italic' : 'normal'],
    ['font-weight', said.map(weightOf).includes('bold') ? 'bold' : 'normal'],
    ['font-variant-caps', said.includes('small-caps') ? 'small-caps' : 'normal'],
    ['font-family', family],
  ];
}
