import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { Bridge, EventName, EventPayload } from '#api';

const bridge: Bridge = {
  call: (method, args) => ipcRenderer.invoke('call', method, args),
  // A channel of its own: the page can hand over a file that the reader gave it, but name none by its path.
  async upload(upload, file: File) {
    const path = webUtils.getPathForFile(file);
    const content = path === '' ? { bytes: new Uint8Array(await file.arrayBuffer()) } : { path };
    return ipcRenderer.invoke('upload', upload, { name: file.name, ...content });
  },
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
