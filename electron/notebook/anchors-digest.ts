import { hash } from 'node:crypto';

/** A digest of anchors and the text that they were looked for in; where they are in print, which the same reading writes, does not count. */
export const digestAnchors = (textHash: string, anchors: unknown): string =>
  hash(
    'sha256',
    JSON.stringify([textHash, anchors], (key, value: unknown) => (key === 'locator' ? undefined : value)),
  );
