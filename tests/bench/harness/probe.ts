import { monitorEventLoopDelay } from 'node:perf_hooks';
import { isMainThread } from 'node:worker_threads';

/** ms between looks at the event loop. */
const RESOLUTION = 5;

/** What a measured process is asked: `watch` begins to look for stalls, `report` ends that. */
export interface ProbeQuestion {
  id: number;
  ask: 'watch' | 'report';
}

export interface ProbeReport {
  id: number;
  /** ms for which the event loop of the main thread was kept longest since `watch`. */
  longestStall: number;
  /** ms of processor time since the start, all threads. */
  processorTime: number;
  /** Bytes: now, and at most since the start. */
  memory: number;
  mostMemory: number;
}

// Loaded into a process by `--import`, which worker threads inherit. Node itself watches the loop, so that nothing of this runs meanwhile.
if (isMainThread && process.channel) {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION });
  process.on('message', ({ id, ask }: ProbeQuestion) => {
    if (ask === 'watch') {
      delay.reset();
      delay.enable();
    } else delay.disable();
    const { user, system } = process.cpuUsage();
    const report: ProbeReport = {
      id,
      longestStall: Math.max(0, delay.max / 1e6 - RESOLUTION),
      processorTime: (user + system) / 1_000,
      memory: process.memoryUsage.rss(),
      mostMemory: process.resourceUsage().maxRSS * 1_024,
    };
    process.send?.(report);
  });
  // It keeps no process alive.
  process.channel.unref();
}
