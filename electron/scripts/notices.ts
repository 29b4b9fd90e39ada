import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

interface LockedPackage {
  version?: string;
  dev?: boolean;
  optional?: boolean;
  license?: string;
}

/** What packages call the texts that must go with them. */
const TEXTS = /^(?:licen[cs]e|copying|notice|copyright)(?:[._-].*)?$/i;

/**
 * The licences of Lectern and of all packages that it ships parts of: those of `root/package-lock.json` that are neither for
 * development only nor optional; nothing of types is shipped. Rejects when one of them is not installed.
 */
export async function collectNotices(root: string): Promise<string> {
  const { packages } = JSON.parse(await readFile(path.join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, LockedPackage>;
  };
  const shipped = Object.entries(packages).filter(
    ([place, { dev, optional }]) => place !== '' && !place.includes('@types/') && !dev && !optional,
  );
  const sections = await Promise.all(
    shipped.map(async ([place, { version, license }]) => {
      const name = place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);
      const texts = await readTexts(path.join(root, place));
      return [`${name} ${version} (${license ?? 'see its text'})`, ...texts].join('\n\n');
    }),
  );
  const rule = `\n\n${'-'.repeat(80)}\n\n`;
  const intro =
    'Lectern is made of the packages below, each under the licence that stands with it, and of Electron, whose licences are in LICENSE and LICENSES.chromium.html.';
  return `${[`Lectern\n\n${await readFile(path.join(root, 'LICENSE'), 'utf8')}\n${intro}`, ...sections].join(rule)}\n`;
}

/** Those of a package, and of what it brings along in folders of its own, such as fonts. */
async function readTexts(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const within = entries.filter((entry) => entry.isDirectory() && entry.name !== 'node_modules').map(({ name }) => path.join(folder, name));
  const files = await Promise.all([folder, ...within.sort()].map(textFilesIn));
  const texts = await Promise.all(files.flat().map((file) => readFile(file, 'utf8')));
  return [...new Set(texts.map((text) => text.trim()))];
}

async function textFilesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries.flatMap((entry) => (entry.isFile() && TEXTS.test(entry.name) ? path.join(folder, entry.name) : [])).sort();
}
