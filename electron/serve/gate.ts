import type { IncomingMessage } from 'node:http';
import type { Sessions } from './sessions';

/** Why a request is not answered. */
export interface Refusal {
  status: 401 | 403 | 415;
  message: string;
}

export type BodyType = 'application/json' | 'application/octet-stream';

export interface Gate {
  /** Every request: addressed to this server by its own name, so that no other site's name can be made to point here (DNS rebinding). */
  refuseHost(request: IncomingMessage): Refusal | undefined;
  /**
   * Requests that change something: sent by this server's own page, in a form that no foreign page can send unasked. `type`
   * is the form: JSON, or bytes as they are.
   */
  refuseSender(request: IncomingMessage, type: BodyType): Refusal | undefined;
  /** Requests for what is the reader's: with the session's cookie, and not by another page on this machine. */
  refuseStranger(request: IncomingMessage): Refusal | undefined;
  hasSession(request: IncomingMessage): boolean;
  /** The `Set-Cookie` that opens a session. */
  cookieFor(session: string): string;
}

/** Said to a page without a session. */
export const notAdmitted = 'Open the address that Lectern printed when it started: it holds the key to your notes.';

/** Seconds; longer than any server runs. The session itself ends with the server. */
const COOKIE_AGE = 34_560_000;

/** The checks of a server on loopback at `port`. */
export function createGate(port: number, sessions: Sessions): Gate {
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  // Cookies do not tell ports apart: two servers on one machine would overwrite each other's.
  const cookieName = `lectern-${port}`;
  const hasSession = (request: IncomingMessage) => readCookies(request.headers.cookie, cookieName).some(sessions.isOpen);

  return {
    refuseHost({ headers: { host } }) {
      return host !== undefined && hosts.includes(host) ? undefined : forbid('Lectern answers only at the address that it printed.');
    },
    refuseSender({ headers: { host, origin, 'content-type': given } }, type) {
      if (origin !== `http://${host}`) return forbid('Only Lectern’s own page may ask for this.');
      return given === type ? undefined : { status: 415, message: `This is sent as ${type}.` };
    },
    refuseStranger(request) {
      const site = request.headers['sec-fetch-site'];
      // Another port of the same machine is the `same-site`, for which browsers send the cookie.
      if (site !== undefined && site !== 'same-origin') return forbid('Only Lectern’s own page may ask for this.');
      return hasSession(request) ? undefined : { status: 401, message: notAdmitted };
    },
    hasSession,
    cookieFor: (session) => `${cookieName}=${session}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${COOKIE_AGE}`,
  };
}

const forbid = (message: string): Refusal => ({ status: 403, message });

/** All cookies of a name: another program on 127.0.0.1 can set one too, for a longer path, and browsers send that first. */
function readCookies(header: string | undefined, name: string): string[] {
  const pairs = (header ?? '').split(';').map((pair) => pair.trim());
  return pairs.filter((pair) => pair.startsWith(`${name}=`)).map((pair) => pair.slice(name.length + 1));
}
