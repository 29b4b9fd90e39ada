import type { Creator } from '#model';

/** Files as a page hands them over to be imported. */
export function packFiles(
  files: Record<string, string | Uint8Array>,
  { modified = Date.parse('2026-05-01T00:00:00.000Z'), creator }: { modified?: number; creator?: Creator } = {},
) {
  const contents = Object.entries(files).map(([name, content]) => ({ name, bytes: Buffer.from(content) }));
  const list = JSON.stringify({ creator, files: contents.map(({ name, bytes }) => ({ name, size: bytes.length, modified })) });
  return { name: 'files', chunks: [Buffer.from(`${list}\n`), ...contents.map(({ bytes }) => bytes)] };
}
