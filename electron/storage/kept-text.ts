import { hash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { systemCode } from './errno';

const decompress = promisify(gunzip);

/** Where the texts are that anchors count on: `texts/<SHA-256 of the UTF-8>.gz`. */
export const keptTextsFolder = (dataFolder: string): string => path.join(dataFolder, 'texts');

export const keptTextFile = (folder: string, textHash: string): string => path.join(folder, `${textHash}.gz`);

/** Reads a kept text, from any thread. Throws the system's error, but for a file that is not there. */
export async function readKeptText(file: string, textHash: string): Promise<{ text: string } | 'missing' | 'damaged'> {
  let packed: Buffer;
  try {
    packed = await readFile(file);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return 'missing';
    throw error;
  }
  try {
    const bytes = await decompress(packed);
    return hash('sha256', bytes, 'hex') === textHash ? { text: bytes.toString() } : 'damaged';
  } catch {
    // Not gzip, or cut off.
    return 'damaged';
  }
}
