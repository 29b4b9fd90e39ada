import { type Args, type MethodName, methods, type Returns } from '../../electron/api';
import { decodeWire, encodeWire } from '../../electron/api/wire';
import { HostLostError, NotAdmittedError } from './errors';

/** Code units. What a page asks for while it is left is sent all the same, up to 64 KiB of bodies at once. */
const KEEPALIVE_LIMIT = 15_000;

/** The calls that must outlive the page; both may be made twice. */
const keptAlive: readonly MethodName[] = ['notebook.apply', 'settings.update'];

/** Makes one call of the host by HTTP. Rejects with `HostLostError`, `NotAdmittedError`, or on a bug. */
export type Post = <M extends MethodName>(method: M, args: Args<M>) => Promise<Returns<M>>;

/** The calls of the page `client`. */
export const createPost =
  (client: string): Post =>
  async <M extends MethodName>(method: M, args: Args<M>): Promise<Returns<M>> =>
    methods[method].result.parse(
      await send(`/api/${method}`, args, { 'X-Lectern-Client': client }, keptAlive.includes(method)),
    ) as Returns<M>;

/**
 * Makes sure of a session: by the cookie of an earlier load, else by the token in the address, which is then taken out
 * of it. Rejects with `NotAdmittedError` where there is neither.
 */
export async function openSession(): Promise<void> {
  const token = /^#([\w-]{43})$/.exec(window.location.hash)?.[1];
  await send('/session', { token: token ?? '' });
  if (token) window.history.replaceState(window.history.state, '', window.location.pathname);
}

async function send(path: string, content: unknown, headers: Record<string, string> = {}, keepalive = false): Promise<unknown> {
  const body = encodeWire(content);
  const request = { method: 'POST', headers: { 'Content-Type': 'application/json', ...headers }, body };
  const sent = keepalive && body.length < KEEPALIVE_LIMIT ? fetch(path, { ...request, keepalive }) : Promise.reject();
  // The browser refuses what is beyond its limit as if the network had failed.
  const response = await sent
    .catch(() => fetch(path, request))
    .catch((cause: unknown) => {
      throw new HostLostError({ cause });
    });
  const text = await response.text().catch((cause: unknown) => {
    throw new HostLostError({ cause });
  });
  if (response.status === 401) throw new NotAdmittedError(messageOf(text));
  if (!response.ok) throw new Error(messageOf(text));
  return text === '' ? null : decodeWire(text);
}

function messageOf(text: string): string {
  const answer = decodeWire(text);
  return typeof answer === 'object' && answer !== null && 'message' in answer ? String(answer.message) : text;
}
