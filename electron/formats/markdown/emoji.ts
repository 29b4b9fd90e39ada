import { nameToEmoji } from 'gemoji';
import type { TokenizerAndRendererExtension as Extension } from 'marked';
import { escapeHtml } from '#model';

/** GitHub’s codes: `:tada:`. */
export const emoji: Extension = {
  name: 'emoji',
  level: 'inline',
  tokenizer(source) {
    const [raw, name = ''] = /^:([a-z0-9_+-]{1,60}):/.exec(source) ?? [];
    const character = raw === undefined || !Object.hasOwn(nameToEmoji, name) ? undefined : nameToEmoji[name];
    return raw === undefined || character === undefined ? undefined : { type: 'emoji', raw, character };
  },
  renderer: ({ character }) => escapeHtml(character),
};
