import { missingImageLabel } from './page-attributes';

/** Puts what they are called in the place of images that do not load, until `signal` is aborted. */
export function watchImages(container: HTMLElement, signal: AbortSignal): void {
  const replace = ({ target }: Event): void => {
    if (target instanceof HTMLImageElement)
      target.replaceWith(missingImage(missingImageLabel(target.alt, 'it is missing or cannot be shown')));
  };
  container.addEventListener('error', replace, { capture: true, signal });
}

/** Its words are drawn by CSS out of its name: they are not part of the document's text. */
export function missingImage(label: string): HTMLElement {
  const placeholder = document.createElement('span');
  placeholder.className = 'doc-missing-image';
  placeholder.setAttribute('role', 'img');
  placeholder.setAttribute('aria-label', label);
  return placeholder;
}
