import type { BrowserWindow } from 'electron';
import type { Emit, EventName, EventPayload } from '#api';

/** The one window's page, while there is one. */
export interface Page {
  window(): BrowserWindow | undefined;
  /** Takes a new window; forgets it when it is closed. */
  attach(window: BrowserWindow): void;
  /** Brings the window to the front; opens one when there is none and windows can be opened. */
  show(): void;
  /** From now on `open` opens a window, which it attaches. */
  setOpener(open: () => void): void;
  /** Tells the page; what no page listens to yet is dropped: a page reads the state when it starts. */
  send: Emit;
  /** Tells the page as soon as it listens: for what is told only once. */
  sendOnce: Emit;
  /** Whether there is a page that listens to events. */
  isListening(): boolean;
  setListening(listening: boolean): void;
}

export function createPage(): Page {
  let current: BrowserWindow | undefined;
  let listening = false;
  let held: (() => void)[] = [];
  let openWindow = () => {};

  const send = <E extends EventName>(event: E, payload: EventPayload<E>) => {
    if (current && !current.isDestroyed()) current.webContents.send('event', event, payload);
  };

  return {
    window: () => current,
    attach(window) {
      current = window;
      listening = false;
      window.on('closed', () => {
        if (current === window) current = undefined;
        listening = false;
      });
    },
    show() {
      if (!current) return openWindow();
      if (current.isMinimized()) current.restore();
      current.show();
      current.focus();
    },
    setOpener(open) {
      openWindow = open;
    },
    send,
    sendOnce(event, payload) {
      if (listening) send(event, payload);
      else held.push(() => send(event, payload));
    },
    isListening: () => listening,
    setListening(value) {
      listening = value;
      if (!listening) return;
      const now = held;
      held = [];
      for (const tell of now) tell();
    },
  };
}
