/** The system's ways to ask a process to end: Control-C, a shutdown, a terminal that was closed. */
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Calls `listener` at every signal that asks this process to end, in place of ending it. Takes away the listeners that are
 * there: electron-store's `when-exit` sends each signal again after its own work, which ends the process in the midst of saving.
 */
export function onEndSignal(listener: () => void): void {
  for (const signal of signals) {
    process.removeAllListeners(signal);
    process.on(signal, listener);
  }
}
