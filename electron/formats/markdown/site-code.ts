import type { TokenizerAndRendererExtension as Extension } from 'marked';

/** UTF-16 code units of such code; what is longer is none. */
const LONGEST = 50_000;

const OPENINGS = [
  { opening: /^ {0,3}\{% *highlight +([\w+-]+)[^%\n]*%\}[ \t]*\n/, closing: /^ {0,3}\{% *endhighlight *%\}[ \t]*(?:\n|$)/m },
  {
    opening: /^ {0,3}\{\{< *highlight +"?([\w+-]+)[^\n]*?>\}\}[ \t]*\n/,
    closing: /^ {0,3}\{\{< *\/ *highlight *>\}\}[ \t]*(?:\n|$)/m,
  },
  { opening: /^ {0,3}\{\{< *code-toggle\b[^\n]*?>\}\}()[ \t]*\n/, closing: /^ {0,3}\{\{< *\/ *code-toggle *>\}\}[ \t]*(?:\n|$)/m },
];

/** Code between the tags of Jekyll and the shortcodes of Hugo, which Markdown would read as words. */
export const siteCode: Extension = {
  name: 'site-code',
  level: 'block',
  tokenizer(source) {
    for (const { opening, closing } of OPENINGS) {
      const [begin, lang] = opening.exec(source) ?? [];
      if (begin === undefined) continue;
      const end = closing.exec(source.slice(begin.length, begin.length + LONGEST));
      if (!end) return undefined;
      const text = source.slice(begin.length, begin.length + end.index).replace(/\n$/, '');
      return { type: 'code', raw: source.slice(0, begin.length + end.index + end[0].length), lang, text };
    }
    return undefined;
  },
};
