import { keptTextFile, readKeptText } from '../../storage/kept-text';
import type { ReadText } from './positions';

/** Makes what reads the kept texts of a folder; a text that cannot be read is as one that was not kept, and `warn` is told. */
export function openTexts(folder: string, warn: (message: string) => void): ReadText {
  return async (textHash) => {
    const file = keptTextFile(folder, textHash);
    try {
      const found = await readKeptText(file, textHash);
      if (found === 'damaged') warn(`${file} is damaged: where its notes stand is left out of the export`);
      return typeof found === 'object' ? found.text : undefined;
    } catch (error) {
      warn(`${file} could not be read, and where its notes stand is left out of the export: ${error}`);
      return undefined;
    }
  };
}
