import './bridge/jitless';
import type { Bridge } from '#api';
import { connectHttp } from './bridge/http';

declare global {
  interface Window {
    /** Given by Electron's preload script; absent in a browser. */
    lectern?: Bridge;
  }
}

/** The bridge to whichever host serves this page. Rejects with `NotAdmittedError` or `HostLostError`, whose messages are for the reader. */
export const connect = async (): Promise<Bridge> => window.lectern ?? connectHttp();
