import { readImage } from './document-urls';

/** Has an image loaded from where it may be, else puts what it is called in its place. `documentId`: beside which it lies. */
export function rewriteImage(image: HTMLImageElement, documentId: string | undefined): void {
  const target = readImage(image.getAttribute('src') ?? '', documentId ?? '');
  if (target.kind === 'embedded' || (target.kind === 'local' && documentId !== undefined)) {
    image.setAttribute('src', target.url);
    image.setAttribute('loading', 'lazy');
    image.setAttribute('decoding', 'async');
    return;
  }
  const address = target.kind === 'elsewhere' ? target.address : (image.getAttribute('src') ?? '');
  replaceImage(image, address === '' ? '' : `not loaded: ${address}`);
}

/** Puts what they are called in the place of images that do not load, until `signal` is aborted. */
export function watchImages(container: HTMLElement, signal: AbortSignal): void {
  const replace = ({ target }: Event): void => {
    if (target instanceof HTMLImageElement) replaceImage(target, 'it is missing or cannot be shown');
  };
  container.addEventListener('error', replace, { capture: true, signal });
}

/** Its words are drawn by CSS out of its name: they are not part of the document's text. */
function replaceImage(image: HTMLImageElement, remark: string): void {
  const placeholder = image.ownerDocument.createElement('span');
  placeholder.className = 'doc-missing-image';
  placeholder.setAttribute('role', 'img');
  placeholder.setAttribute('aria-label', [image.alt.trim() || 'Image', remark && `(${remark})`].filter(Boolean).join(' '));
  image.replaceWith(placeholder);
}
