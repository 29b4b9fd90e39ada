import type { Args, Bridge, MethodName, Returns } from '../../electron/api';

let bridge: Bridge | undefined;

export const setBridge = (connected: Bridge): void => {
  bridge = connected;
};

/** Calls the host; see `Bridge.call`. */
export function call<M extends MethodName>(method: M, args: Args<M>): Promise<Returns<M>> {
  if (!bridge) throw new Error(`${method} was called before the host was connected.`);
  return bridge.call(method, args);
}
