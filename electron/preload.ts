import { contextBridge, ipcRenderer } from 'electron';
import type { Bridge, EventName, EventPayload } from './api';

const bridge: Bridge = {
  call: (method, args) => ipcRenderer.invoke('call', method, args),
  on<E extends EventName>(event: E, listener: (payload: EventPayload<E>) => void) {
    const forward = (_: unknown, name: EventName, payload: EventPayload<E>) => {
      if (name === event) listener(payload);
    };
    ipcRenderer.on('event', forward);
    return () => {
      ipcRenderer.off('event', forward);
    };
  },
};

// Each `on` is a listener of its own: many are no leak.
ipcRenderer.setMaxListeners(0);
contextBridge.exposeInMainWorld('lectern', bridge);
