import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ProbeQuestion, ProbeReport } from './probe';

/** A Node process that is measured from outside. */
export interface MeasuredProcess {
  child: ChildProcess;
  /** Begins to look for stalls. */
  watch(): Promise<void>;
  /** What it used; of stalls, since `watch`. */
  report(): Promise<ProbeReport>;
  /** Asks it to end, and waits until it has. */
  stop(): Promise<void>;
}

/** `npm run` starts in the repository. */
const probe = pathToFileURL(path.resolve('tests/bench/harness/probe.ts')).href;

/** Starts Node with the probe (probe.ts) in it. */
export function startMeasured(args: readonly string[], env: NodeJS.ProcessEnv = process.env): MeasuredProcess {
  const child = spawn(process.execPath, ['--import', probe, ...args], { stdio: ['ignore', 'pipe', 'pipe', 'ipc'], env });
  const exited = once(child, 'exit');
  const waiting = new Map<number, (report: ProbeReport) => void>();
  let asked = 0;
  child.on('message', (report: ProbeReport) => {
    waiting.get(report.id)?.(report);
    waiting.delete(report.id);
  });
  const ask = (question: ProbeQuestion['ask']): Promise<ProbeReport> => {
    const id = asked++;
    const ended = exited.then(([code]): never => {
      throw new Error(`The measured process ended with ${code}.`);
    });
    const answered = new Promise<ProbeReport>((resolve) => waiting.set(id, resolve));
    child.send({ id, ask: question } satisfies ProbeQuestion);
    return Promise.race([answered, ended]);
  };
  return {
    child,
    watch: async () => void (await ask('watch')),
    report: () => ask('report'),
    async stop() {
      child.kill('SIGTERM');
      await exited;
    },
  };
}
