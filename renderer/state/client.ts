import type { Args, Bridge, MethodName, Returns, UploadName, UploadResult } from '#api';

let bridge: Bridge | undefined;

export const setBridge = (connected: Bridge): void => {
  bridge = connected;
};

/** Calls the host; see `Bridge.call`. */
export function call<M extends MethodName>(method: M, args: Args<M>): Promise<Returns<M>> {
  if (!bridge) throw new Error(`${method} was called before the host was connected.`);
  return bridge.call(method, args);
}

/** Hands a file over to the host; see `Bridge.upload`. */
export function upload<U extends UploadName>(name: U, file: File): Promise<UploadResult<U>> {
  if (!bridge) throw new Error(`${name} was called before the host was connected.`);
  return bridge.upload(name, file);
}
