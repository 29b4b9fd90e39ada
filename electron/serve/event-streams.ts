import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { EventName, EventPayload } from '#api';
import type { Clients, EventListener } from '../clients';

/**
 * Events to pages by server-sent events. A page that loses its connection for a moment gets what it missed; pages that are more than can
 * be connected at once take turns.
 */
export interface EventStreams {
  /** Sends the page `client` its events through `response`, after `lastEventId` if it had some already. */
  open(client: string, lastEventId: string | undefined, response: ServerResponse): void;
  /** Tells the pages that are connected to reload themselves. */
  reload(): void;
  /** The pages that are connected now, or in a moment when it is their turn. */
  clients(): string[];
  close(): void;
}

interface Stream {
  /** Begins the ids of its events: those of another stream, or of an earlier server, are not its own. */
  name: string;
  response: ServerResponse | undefined;
  /** It made room for another page and comes back by itself. */
  isResting: boolean;
  /** The newest events, each as it is sent, for a page that comes back. */
  kept: { id: number; text: string }[];
  nextId: number;
  forget: NodeJS.Timeout | undefined;
  unsubscribe(): void;
}

/** ms between signs of life. */
const HEARTBEAT = 15_000;
/** ms for which a page that went away is expected back. */
const PATIENCE = 60_000;
/** Streams that are open at once: a browser makes six connections to one address, for all its windows together, and calls need some of them. */
const MOST_OPEN = 4;
/** ms after which a page that made room for another comes back. */
const REST = 2_000;
/** Events kept for each page. */
const KEPT = 500;

/** The events of a stream after the one that has the id, as they are sent; `undefined` when some of them are no longer kept. */
function missedSince({ name, kept, nextId }: Stream, lastEventId: string | undefined): string[] | undefined {
  const [of, number] = lastEventId?.split('.') ?? [];
  const had = of === name ? Number(number) : Number.NaN;
  const oldest = kept[0]?.id ?? nextId;
  return had >= oldest - 1 ? kept.filter(({ id }) => id > had).map(({ text }) => text) : undefined;
}

export function createEventStreams(clients: Pick<Clients, 'subscribe'>): EventStreams {
  const streams = new Map<string, Stream>();
  const connected = () => [...streams].filter(([, { response }]) => response);
  const heartbeat = setInterval(() => {
    for (const [, { response }] of connected()) response?.write(': here\n\n');
  }, HEARTBEAT);
  heartbeat.unref();

  const start = (client: string): Stream => {
    const send: EventListener = <E extends EventName>(event: E, payload: EventPayload<E>) => {
      const id = stream.nextId++;
      const text = `id: ${stream.name}.${id}\nevent: ${event}\ndata: ${JSON.stringify(payload)}\n\n`;
      stream.kept.push({ id, text });
      if (stream.kept.length > KEPT) stream.kept.shift();
      stream.response?.write(text);
    };
    const stream: Stream = {
      name: randomUUID().slice(0, 8),
      response: undefined,
      isResting: false,
      kept: [],
      nextId: 1,
      forget: undefined,
      unsubscribe: clients.subscribe(client, send),
    };
    return stream;
  };

  const forget = (client: string) => {
    streams.get(client)?.unsubscribe();
    streams.delete(client);
  };

  const leave = (client: string, stream: Stream) => {
    stream.response = undefined;
    stream.forget = setTimeout(forget, PATIENCE, client);
    stream.forget.unref();
  };

  /** Ends the stream that has been open for the longest when there are too many. */
  const makeRoom = () => {
    const [oldest, ...others] = connected();
    if (!oldest || others.length < MOST_OPEN) return;
    const [client, stream] = oldest;
    const { response } = stream;
    leave(client, stream);
    stream.isResting = true;
    response?.end(`retry: ${REST}\n\n`);
  };

  return {
    open(client, lastEventId, response) {
      const isNew = !streams.has(client);
      const stream = streams.get(client) ?? start(client);
      clearTimeout(stream.forget);
      stream.response?.end();
      stream.response = response;
      stream.isResting = false;
      // The newest last.
      streams.delete(client);
      streams.set(client, stream);
      makeRoom();
      response.write('retry: 500\n\n');
      const isFirst = isNew && lastEventId === undefined;
      const missed = isFirst ? [] : missedSince(stream, lastEventId);
      // An id in any case: by it a page that was told nothing yet is known again.
      const newest = `id: ${stream.name}.${stream.nextId - 1}\n`;
      if (missed) response.write(missed.join('') || `${newest}\n`);
      else response.write(`${newest}event: app.missed\ndata: {}\n\n`);
      response.on('close', () => {
        if (stream.response === response) leave(client, stream);
      });
    },
    reload() {
      for (const [, { response }] of connected()) response?.write('event: reload\ndata: {}\n\n');
    },
    clients: () => [...streams].filter(([, { response, isResting }]) => response || isResting).map(([client]) => client),
    close() {
      clearInterval(heartbeat);
      for (const [client, { response, forget: timer }] of [...streams]) {
        clearTimeout(timer);
        response?.end();
        forget(client);
      }
    },
  };
}
