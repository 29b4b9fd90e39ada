import type { TokenizerAndRendererExtension as Extension } from 'marked';
import { escapeHtml } from '#model';

/** UTF-16 code units of a formula; a longer one is none. */
const LONGEST = 5_000;

/** Formulas within a line: `$…$` as Pandoc has it (no space inside of the signs, no figure behind them), `` $`…`$ ``, `\(…\)`, and displayed ones. */
const IN_LINE = [
  new RegExp(`^\\$\\$(?!\\$)((?:\\\\[\\s\\S]|[^\\\\$]){1,${LONGEST}})\\$\\$`),
  new RegExp(`^\\$\`([^\`]{1,${LONGEST}})\`\\$`),
  new RegExp(`^\\$(?![\\s$])((?:\\\\[\\s\\S]|[^\\\\$]){1,${LONGEST}})(?<!\\s)\\$(?![\\d$])`),
  new RegExp(`^\\\\\\(([\\s\\S]{1,${LONGEST}}?)\\\\\\)`),
  new RegExp(`^\\\\\\[([\\s\\S]{1,${LONGEST}}?)\\\\\\]`),
];
/** Formulas that stand in lines of their own, without an empty line in them. */
const IN_BLOCK = [
  new RegExp(`^ {0,3}\\$\\$(?!\\$)((?:(?!\\n[ \\t]*\\n)[^$]){1,${LONGEST}})\\$\\$[ \\t]*(?:\\n|$)`),
  new RegExp(`^ {0,3}\\\\\\[((?:(?!\\n[ \\t]*\\n)[\\s\\S]){1,${LONGEST}}?)\\\\\\][ \\t]*(?:\\n|$)`),
];

/** `$5 a head, or 20 US$`: a sum and words, without any sign of TeX. */
const isMoney = (tex: string): boolean => /^\d[\d.,]*(?:[\s/–-]|$)/.test(tex) && /\p{L}{2}/u.test(tex) && !/[\\^_{}=+*<>|]/.test(tex);

/** Signs that stand for themselves, as in a list of all that can have a backslash. */
const isNothing = (tex: string): boolean => !/[^\s\\]/.test(tex);

/** What only TeX has: where brackets and parentheses have a backslash, they may be meant as they are. */
const TEX_SIGN = /[\\^_{}=+<>]/;

/** Words and figures between `\[` and `\]`, or words between `\(` and `\)`: so Markdown that programs write has brackets as they are, as in “[1]”. */
const isBracketed = (raw: string, tex: string): boolean =>
  raw.trimStart().startsWith('\\') && !TEX_SIGN.test(tex) && (/^\s*\\\[/.test(raw) || /^\P{L}*$|\p{L}{2}/u.test(tex));

/** A formula as an element of its own, which holds it as it is written; `drawPage` draws it. */
const formula = (written: string, tex: string, display: boolean): string =>
  `<lectern-tex data-tex="${escapeHtml(tex.trim())}"${display ? ' data-display' : ''}>${escapeHtml(written.trim())}</lectern-tex>`;

/** TeX between its signs, read before Markdown takes its backslashes and underscores. */
export const math: Extension[] = [
  {
    name: 'formula',
    level: 'inline',
    tokenizer(source) {
      if (source[0] !== '$' && source[0] !== '\\') return undefined;
      for (const [index, pattern] of IN_LINE.entries()) {
        const [raw, tex] = pattern.exec(source) ?? [];
        if (raw === undefined || tex === undefined || isNothing(tex) || isMoney(tex) || isBracketed(raw, tex)) continue;
        return { type: 'formula', raw, tex, display: index === 0 || index === 4 };
      }
      return undefined;
    },
    renderer: ({ raw, tex, display }) => formula(raw, tex, display),
  },
  {
    name: 'formula-block',
    level: 'block',
    tokenizer(source) {
      for (const pattern of IN_BLOCK) {
        const [raw, tex] = pattern.exec(source) ?? [];
        if (raw !== undefined && tex !== undefined && !isNothing(tex) && !isBracketed(raw, tex)) return { type: 'formula-block', raw, tex };
      }
      return undefined;
    },
    renderer: ({ raw, tex }) => `<p>${formula(raw, tex, true)}</p>\n`,
  },
];
