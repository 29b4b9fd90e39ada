import type { TokenizerAndRendererExtension } from 'marked';

/** What Markdown has beyond GitHub’s, for marked. */
export type Extension = TokenizerAndRendererExtension;
