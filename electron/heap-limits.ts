import { PerformanceObserver, performance } from 'node:perf_hooks';
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

/** Bytes that what was just allocated may take. */
const MOST = 8 * 1_048_576;

/** Percent that the heap may grow by until it is searched for garbage again; V8 would let it be twice as large. */
const GROWTH = 40;

/** ms between looks at how busy the host is, and the part of them that it may be at work while it rests. */
const LOOK = 1_000;
const RESTING = 0.02;

/** Keeps the heap small: a host does little for most of the time, and has no need of the room that a start took. */
export function limitHeap(): void {
  setFlagsFromString(`--heap-growing-percent=${GROWTH}`);
  limitYoungGeneration();
  shrinkAtRest();
}

/**
 * Lets V8 search the heap in small steps while the host rests, and give back what is free. Some seconds after each whole search V8 asks itself whether to do that; of a
 * process that is none in the background, as Node's never is, it does only where it is told that memory is scarce.
 */
function shrinkAtRest(): void {
  let before = performance.eventLoopUtilization();
  let rests = false;
  setInterval(() => {
    const now = performance.eventLoopUtilization();
    const isResting = performance.eventLoopUtilization(now, before).utilization < RESTING;
    before = now;
    if (isResting !== rests) setFlagsFromString(isResting ? '--optimize-for-size' : '--no-optimize-for-size');
    rests = isResting;
  }, LOOK).unref();
}

/**
 * Keeps V8's space for what was just allocated from growing further once it is large enough: at a start with thousands of documents it
 * would take 130 MB, and is not given back while the host does little. Node has this as `--max-semi-space-size`, which is too late for a
 * process that runs; how far the space grows at once is asked for each time.
 */
function limitYoungGeneration(): void {
  const observer = new PerformanceObserver(() => {
    const space = getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space');
    if (!space || space.space_size < MOST) return;
    setFlagsFromString('--semi-space-growth-factor=1');
    observer.disconnect();
  });
  observer.observe({ entryTypes: ['gc'] });
}
