import type { Failure } from '#api';
import { tagKey } from '#model';
import { call } from '../client';
import { getState, type Notice, setState, store } from '../store';

let nextId = 1;

/** Shows a short message at the foot of the window; the view takes those of kind `info` away after a while. */
export function notify(kind: Notice['kind'], message: string, more: Pick<Notice, 'action' | 'about' | 'step' | 'lockedId'> = {}): void {
  const others = getState().notices.filter((notice) => notice.message !== message);
  setState({ notices: [...others, { id: nextId++, kind, message, ...more }].slice(-4) });
}

/** Tells a screen reader what those who see can see. */
export const announce = (text: string): void => setState({ announcement: { id: nextId++, text } });

/** Takes away what told of a note's last change, or of any change, and what it offered. */
export const withdrawNotices = (about?: string): void =>
  setState({ notices: getState().notices.filter((notice) => notice.about === undefined || (about ?? notice.about) !== notice.about) });

/** Takes away what offers to take a step back, as soon as there is a later one: that alone would be taken back. */
export function followSteps(): void {
  store.subscribe(({ history, notices }, before) => {
    if (history === before.history) return;
    const last = history.past.at(-1);
    const standing = notices.filter(({ step }) => step === undefined || step === last);
    if (standing.length < notices.length) setState({ notices: standing });
  });
}

/** What a message is about that tells of the last change of a tag; for `Notice.about`. */
export const aboutTag = (name: string): string => `tag ${tagKey(name)}`;

export const notifyFailure = (failure: Failure): void => notify('error', failure.message);

export const dismissNotice = (id: number): void => setState({ notices: getState().notices.filter((notice) => notice.id !== id) });

/** Puts away what stands above a document's text, once it was read. */
export function dismissDocumentNotice(documentId: string, notice: string): void {
  const { readNotices } = getState();
  setState({ readNotices: new Map(readNotices).set(documentId, [...(readNotices.get(documentId) ?? []), notice]) });
}

/** Shows and logs an error that nobody expected. */
export function reportError(error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  const stack = error instanceof Error ? error.stack : undefined;
  notify('error', `Something went wrong: ${message}`);
  // The log is on the far side of the host; when the host is lost, the message above is all that can be done.
  void call('app.report', { message: message.slice(0, 10_000), stack: stack?.slice(0, 50_000) }).catch(() => undefined);
}
