import type { Emit, EventName, EventPayload } from '#api';
import type { Notebook } from '#model';

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

/** Tells all windows of a notebook that was changed by none of them. */
export function tellNotebook(
  id: string,
  notebooks: { get(id: string): Notebook | undefined; revisionOf(notebook: Notebook): number },
  emit: Emit,
): void {
  const notebook = notebooks.get(id);
  if (notebook) emit('notebook.restored', { notebook, revision: notebooks.revisionOf(notebook) });
}
