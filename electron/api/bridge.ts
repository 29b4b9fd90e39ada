import type { EventName, EventPayload } from './events';
import type { Args, MethodName, Returns } from './methods';
import type { UploadName, UploadResult } from './uploads';

/** A `File` of the browser, as far as the contract knows one. */
interface BrowserFile {
  name: string;
  /** Bytes. */
  size: number;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** The renderer's one way to its host. Electron's preload and the HTTP bridge both give exactly this. */
export interface Bridge {
  /** Rejects only on a bug or a lost host; expected failures are `Result`s. */
  call<M extends MethodName>(method: M, args: Args<M>): Promise<Returns<M>>;
  /** Hands a file over. Rejects as `call` does. */
  upload<U extends UploadName>(upload: U, file: BrowserFile): Promise<UploadResult<U>>;
  /** Calls `listener` at every such event until the returned function is called. */
  on<E extends EventName>(event: E, listener: (payload: EventPayload<E>) => void): () => void;
}
