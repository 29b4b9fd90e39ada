import { execFileSync, spawnSync } from 'node:child_process';
import { chmod } from 'node:fs/promises';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { makeDataFolder } from '../notebook/fixtures';

/** A file system of its own in memory, of `size` KB; `undefined` when this user may not mount one. */
export async function mountDisk(size: number): Promise<string | undefined> {
  const folder = await makeDataFolder();
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return undefined;
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}k`, 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    return undefined;
  }
  // The test may have taken it away itself.
  onTestFinished(() => void spawnSync('umount', ['--lazy', folder]));
  return folder;
}

/** Takes away the right to write: of the whole disk for root, whom permissions do not stop. */
export async function makeReadOnly(dataFolder: string, isDisk: boolean): Promise<() => Promise<void>> {
  if (isDisk) {
    execFileSync('mount', ['-o', 'remount,ro', dataFolder]);
    return async () => void execFileSync('mount', ['-o', 'remount,rw', dataFolder]);
  }
  await chmod(path.join(dataFolder, 'notebooks'), 0o555);
  await chmod(dataFolder, 0o555);
  return async () => {
    await chmod(dataFolder, 0o755);
    await chmod(path.join(dataFolder, 'notebooks'), 0o755);
  };
}
