import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { collectNotices } from '../../../electron/scripts/notices';

it('has the licences of packages, and of the fonts and decoders that one brings along', async () => {
  const notices = await collectNotices(process.cwd());
  for (const file of ['zod/LICENSE', 'pdfjs-dist/standard_fonts/LICENSE_LIBERATION', 'pdfjs-dist/wasm/LICENSE_OPENJPEG'])
    expect(notices).toContain((await readFile(`node_modules/${file}`, 'utf8')).trim());
});
