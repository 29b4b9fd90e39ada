import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/**
 * Who may use this server. The token of the printed address opens one session, once; the session lives as long as the
 * server. A browser that has the session's cookie may reload and open the printed address again as often as it likes,
 * since its cookie is asked for before the token is; a token that was read over the reader's shoulder opens nothing.
 */
export interface Sessions {
  /** For the fragment of the address. */
  token: string;
  /** The session of the token's first use; `undefined` when the token is wrong or used. */
  exchange(token: string): string | undefined;
  isOpen(session: string | undefined): boolean;
}

export function createSessions(): Sessions {
  const token = makeSecret();
  let session: string | undefined;
  return {
    token,
    exchange(given) {
      if (session !== undefined || !isSame(given, token)) return undefined;
      session = makeSecret();
      return session;
    },
    isOpen: (given) => session !== undefined && given !== undefined && isSame(given, session),
  };
}

const makeSecret = (): string => randomBytes(32).toString('base64url');

/** Compares in a time that tells nothing of where the two differ, nor of their lengths. */
const isSame = (one: string, other: string): boolean => timingSafeEqual(digest(one), digest(other));

const digest = (secret: string): Buffer => createHash('sha256').update(secret).digest();
