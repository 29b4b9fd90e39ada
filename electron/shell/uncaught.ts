import type { Log } from '../log';

/**
 * Logs what nothing else catches. After an exception Electron shows its own message, and goes on; a rejected promise it would only print.
 * (Its monitor is told of exceptions alone: it runs with `--unhandled-rejections=warn`, so rejections are listened to by themselves.)
 */
export function logUncaught(process: Pick<NodeJS.Process, 'on'>, log: Pick<Log, 'error'>): void {
  process.on('uncaughtExceptionMonitor', (error) => log.error('An error was not caught', error));
  process.on('unhandledRejection', (reason) => log.error('A promise failed and nothing waited for it', reason));
}
