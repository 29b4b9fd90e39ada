import { type Bridge, type EventName, type EventPayload, events } from '#api';
import { HostLostError } from './requests';

/** ms until a connection that the browser has given up is tried again. */
const RETRY = 5_000;

const names = Object.keys(events) as EventName[];

/** Listens to the host as `client`, and again whenever the connection is lost. Rejects with `HostLostError` when it never comes about. */
export async function openEventSource(client: string): Promise<Pick<Bridge, 'on'>> {
  const target = new EventTarget();
  const tell = (name: EventName, payload: unknown) => target.dispatchEvent(new CustomEvent(name, { detail: payload }));

  const listen = (): EventSource => {
    const source = new EventSource(`/events?client=${client}`);
    for (const name of names) source.addEventListener(name, ({ data }: MessageEvent<string>) => tell(name, JSON.parse(data)));
    source.addEventListener('reload', () => window.location.reload());
    return source;
  };
  const listenAnew = (): EventSource => {
    const source = listen();
    // What its predecessor had is not known to it, so the host cannot tell what is missing.
    source.addEventListener('open', () => tell('app.missed', {}), { once: true });
    return source;
  };
  // The browser itself tries again after a lost connection, but not after an answer that refuses it.
  const keepListening = (source: EventSource): void => {
    source.addEventListener('error', () => {
      if (source.readyState === EventSource.CLOSED) setTimeout(() => keepListening(listenAnew()), RETRY);
    });
  };

  const first = listen();
  await new Promise<void>((resolve, reject) => {
    first.addEventListener('open', () => resolve(), { once: true });
    first.addEventListener('error', () => reject(new HostLostError()), { once: true });
  });
  keepListening(first);
  return {
    on<E extends EventName>(event: E, listener: (payload: EventPayload<E>) => void) {
      const forward = (told: Event) => listener((told as CustomEvent<EventPayload<E>>).detail);
      target.addEventListener(event, forward);
      return () => target.removeEventListener(event, forward);
    },
  };
}
