import type { Emit, EventName, EventPayload } from '#api';

/** Told of every event that is not the subscriber's own doing. */
export type EventListener = <E extends EventName>(event: E, payload: EventPayload<E>) => void;

/** Whoever is told what happens: windows and pages. */
export interface Clients {
  /** Tells a client what happens, until the returned function is called. */
  subscribe(client: string, listener: EventListener): () => void;
  emit: Emit;
}

export function createClients(): Clients {
  const subscribers = new Set<{ client: string; listener: EventListener }>();
  return {
    subscribe(client, listener) {
      const subscriber = { client, listener };
      subscribers.add(subscriber);
      return () => subscribers.delete(subscriber);
    },
    emit(event, payload) {
      for (const { client, listener } of subscribers) {
        if (!('client' in payload) || payload.client !== client) listener(event, payload);
      }
    },
  };
}
