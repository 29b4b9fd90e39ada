import type { OwnFont } from '#model';
import type { Own } from './page-attributes';

/**
 * Loads fonts that a document brings along, until `signal` is aborted. The text of one that is damaged, or of a kind that browsers refuse, stands in the font
 * of the reader's view, and `onDamaged` is told.
 */
export function loadFonts(fonts: readonly OwnFont[], { addressOf }: Own, signal: AbortSignal, onDamaged: () => void): void {
  for (const { family, weight, style, path } of fonts) {
    const face = new FontFace(family, `url("${addressOf(path)}")`, { weight, style });
    document.fonts.add(face);
    face.loaded.catch(() => !signal.aborted && onDamaged());
    signal.addEventListener('abort', () => document.fonts.delete(face), { once: true });
  }
}
