import { type MissingImage, missingImageOf } from './page-attributes';

/** Puts what they are called in the place of images, sounds and films that do not load, until `signal` is aborted. */
export function watchImages(container: HTMLElement, signal: AbortSignal): void {
  const replace = ({ target }: Event): void => {
    if (target instanceof HTMLImageElement)
      target.replaceWith(missingImage(missingImageOf(target.alt, 'It is missing or cannot be shown.')));
    else if (target instanceof HTMLMediaElement)
      target.replaceWith(missingImage(missingImageOf(target.ariaLabel ?? '', 'It is missing or cannot be played.')));
  };
  container.addEventListener('error', replace, { capture: true, signal });
}

/** Its words are drawn by CSS out of its name: they are not part of the document's text. Why it is not shown is told where the pointer rests. */
export function missingImage({ label, reason }: MissingImage): HTMLElement {
  const placeholder = document.createElement('span');
  placeholder.className = 'doc-missing-image';
  placeholder.setAttribute('role', 'img');
  placeholder.setAttribute('aria-label', label);
  placeholder.title = reason;
  return placeholder;
}
