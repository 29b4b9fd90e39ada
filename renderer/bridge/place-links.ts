import { isOwnAddress } from '#model';

/** Whether the page's address names a place in the library. */
export const isPlaceInAddress = (): boolean => isOwnAddress(window.location.href);

/**
 * Tells the places that the page's address names: when it was loaded, and whenever another one is opened in its place. They are taken out of it,
 * so that the same link leads there again. Ends when the returned function is called.
 */
export function watchPlaceLinks(listener: (address: string) => void): () => void {
  const tell = (): void => {
    if (!isPlaceInAddress()) return;
    const address = window.location.href;
    window.history.replaceState(window.history.state, '', window.location.pathname);
    listener(address);
  };
  window.addEventListener('hashchange', tell);
  tell();
  return () => window.removeEventListener('hashchange', tell);
}
