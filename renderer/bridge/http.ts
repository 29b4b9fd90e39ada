import type { Args, Bridge, EventName, EventPayload, MethodName, Returns } from '#api';
import { browserShell } from './browser-shell';
import { openEventSource } from './event-source';
import { watchPlaceLinks } from './place-links';
import { createPost, createUpload, openSession } from './requests';

/** The bridge to the browser host: calls by POST, events by server-sent events. Resolves when events arrive. */
export async function connectHttp(): Promise<Bridge> {
  await openSession();
  const client = crypto.randomUUID();
  const post = createPost(client);
  const { on } = await openEventSource(client);
  const answers: { [M in MethodName]?: (args: Args<M>) => Promise<Returns<M>> } = browserShell;
  return {
    on<E extends EventName>(event: E, listener: (payload: EventPayload<E>) => void) {
      const stop = on(event, listener);
      if (event !== 'app.open-link') return stop;
      const stopWatching = watchPlaceLinks((address) => listener({ address } as EventPayload<E>));
      return () => {
        stop();
        stopWatching();
      };
    },
    upload: createUpload(client),
    call<M extends MethodName>(method: M, args: Args<M>): Promise<Returns<M>> {
      const answer = answers[method];
      return answer ? answer(args) : post(method, args);
    },
  };
}
