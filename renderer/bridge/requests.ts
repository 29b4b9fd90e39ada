import type { Args, Bridge, MethodName, Returns, UploadName, UploadResult } from '#api';
import { isPlaceInAddress } from './place-links';

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
    (await send(`/api/${method}`, args, { 'X-Lectern-Client': client }, keptAlive.includes(method))) as Returns<M>;

/** Hands files over for the page `client`; the browser streams them from where they lie. */
export const createUpload =
  (client: string): Bridge['upload'] =>
  async <U extends UploadName>(upload: U, file: File) => {
    const path = `/upload/${upload}?${new URLSearchParams({ name: file.name })}`;
    const headers = { 'Content-Type': 'application/octet-stream', 'X-Lectern-Client': client };
    return (await ask(path, { method: 'POST', headers, body: file })) as UploadResult<U>;
  };

/**
 * Makes sure of a session: by the cookie of an earlier load, else by the token in the address, which is then taken out
 * of it. Rejects with `NotAdmittedError` where there is neither.
 */
export async function openSession(): Promise<void> {
  const token = /^#([\w-]{43})$/.exec(window.location.hash)?.[1];
  await send('/session', { token: token ?? '' }).catch((error: unknown) => {
    if (error instanceof NotAdmittedError && isPlaceInAddress()) throw new NotAdmittedError(LINK_NOT_ADMITTED);
    throw error;
  });
  if (token) window.history.replaceState(window.history.state, '', window.location.pathname);
}

const LINK_NOT_ADMITTED =
  'This link leads to a place in Lectern, which this browser has not been let into yet. Open the address that Lectern printed when it started; then open the link again.';

async function send(path: string, content: unknown, headers: Record<string, string> = {}, keepalive = false): Promise<unknown> {
  // As in all JSON, `undefined` alone has no form of its own.
  const body = JSON.stringify(content ?? null);
  const request = { method: 'POST', headers: { 'Content-Type': 'application/json', ...headers }, body };
  if (!keepalive || body.length >= KEEPALIVE_LIMIT) return ask(path, request);
  // The browser refuses what is beyond its limit as if the network had failed.
  return ask(path, { ...request, keepalive }).catch((error: unknown) => {
    if (error instanceof HostLostError) return ask(path, request);
    throw error;
  });
}

/** The answer to one request; `null` for an empty one. */
async function ask(path: string, request: RequestInit): Promise<unknown> {
  const lost = (cause: unknown): never => {
    throw new HostLostError({ cause });
  };
  const response = await fetch(path, request).catch(lost);
  const text = await response.text().catch(lost);
  if (response.status === 401) throw new NotAdmittedError(messageOf(text));
  if (!response.ok) throw new Error(messageOf(text));
  return text === '' ? null : JSON.parse(text);
}

function messageOf(text: string): string {
  const answer: unknown = JSON.parse(text);
  return typeof answer === 'object' && answer !== null && 'message' in answer ? String(answer.message) : text;
}

/** The host does not answer: it was stopped, or the machine lost its way to it. */
export class HostLostError extends Error {
  override name = 'HostLostError';
  constructor(options?: ErrorOptions) {
    super('Lectern’s server does not answer. If it was stopped, start it again and open the address that it prints.', options);
  }
}

/** This page has no session with the host. */
export class NotAdmittedError extends Error {
  override name = 'NotAdmittedError';
}
