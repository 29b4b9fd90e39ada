import { buildStale } from '../../electron/scripts/build-stale.ts';

/** Builds the browser host and the worker threads, which some tests run as they ship. */
export default async function setUp(): Promise<void> {
  await buildStale(['serve', 'workers']);
}
