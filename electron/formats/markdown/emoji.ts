import { nameToEmoji } from 'gemoji';
import { escapeHtml } from '#model';
import type { Extension } from './extension';

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
