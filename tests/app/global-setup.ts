import { browserHost, buildStale, electronHost } from '../../electron/scripts/build-stale.ts';
import { findElectron } from '../../electron/scripts/find-electron.ts';

/** Builds what is to be tested. */
export default async function setUp(): Promise<void> {
  await buildStale([...new Set([...browserHost, ...(findElectron() ? electronHost : [])])]);
}
