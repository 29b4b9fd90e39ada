import type { EventName, EventPayload } from './events';
import type { Args, MethodName, Returns } from './methods';

/** The renderer's one way to its host. Electron's preload and the HTTP bridge both give exactly this. */
export interface Bridge {
  /** Rejects only on a bug or a lost host; expected failures are `Result`s. */
  call<M extends MethodName>(method: M, args: Args<M>): Promise<Returns<M>>;
  /** Calls `listener` at every such event until the returned function is called. */
  on<E extends EventName>(event: E, listener: (payload: EventPayload<E>) => void): () => void;
}
