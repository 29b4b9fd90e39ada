import type { TokenizerAndRendererExtension as Extension } from 'marked';

/** `==words==` as they are marked in Obsidian. */
const marked: Extension = {
  name: 'marked-words',
  level: 'inline',
  tokenizer(source) {
    const [raw, words] = /^==(?![\s=])([^\n]{1,2000}?)(?<![\s=])==(?![=\p{L}\p{N}])/u.exec(source) ?? [];
    if (raw === undefined || words === undefined) return undefined;
    return { type: 'marked-words', raw, tokens: this.lexer.inlineTokens(words) };
  },
  renderer({ tokens = [] }) {
    return `<mark>${this.parser.parseInline(tokens)}</mark>`;
  },
};

/** `%%words%%`: Obsidian’s comments, which nobody sees. */
const comments: Extension[] = (['inline', 'block'] as const).map((level) => ({
  name: `comment-${level}`,
  level,
  tokenizer(source) {
    const pattern = level === 'inline' ? /^%%[^\n]{0,5000}?%%/ : /^ {0,3}%%[\s\S]{0,50000}?%%[ \t]*(?:\n|$)/;
    const [raw] = pattern.exec(source) ?? [];
    return raw === undefined ? undefined : { type: `comment-${level}`, raw };
  },
  renderer: () => '',
}));

export const inlineMarks: Extension[] = [marked, ...comments];
