import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { isAsset } from '#formats/list';
import { isWithin } from './folders';

/**
 * The real path of an image, sound or film in `folder`, in which `document` lies; both absolute. `relative` is written with `/`, as in the document, beside which
 * it begins. `undefined` for what is none of them, is not there, or lies elsewhere, also through links.
 */
export async function findAsset(document: string, relative: string, folder: string): Promise<string | undefined> {
  const hostile = relative.includes('\0') || relative.includes('\\') || path.posix.isAbsolute(relative) || path.win32.isAbsolute(relative);
  if (hostile || !isAsset(relative)) return undefined;
  const wanted = path.resolve(path.dirname(document), relative);
  if (!isWithin(folder, wanted)) return undefined;
  try {
    const [realFolder, realFile] = await Promise.all([realpath(folder), realpath(wanted)]);
    const inside = isWithin(realFolder, realFile) && isAsset(realFile);
    return inside && (await stat(realFile)).isFile() ? realFile : undefined;
  } catch {
    return undefined;
  }
}
