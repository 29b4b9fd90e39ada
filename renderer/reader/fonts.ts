import type { OwnFont } from '#model';
import type { Own } from './page-attributes';

/**
 * Loads fonts that a document brings along, until `signal` is aborted. Of one that is damaged, or of a kind that browsers refuse, nothing is seen: its text
 * stands in the font of the reader's view.
 */
export function loadFonts(fonts: readonly OwnFont[], { addressOf }: Own, signal: AbortSignal): void {
  for (const { family, weight, style, path } of fonts) {
    const face = new FontFace(family, `url("${addressOf(path)}")`, { weight, style });
    document.fonts.add(face);
    signal.addEventListener('abort', () => document.fonts.delete(face), { once: true });
  }
}
