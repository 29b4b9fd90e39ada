/** Of no document's own links: what is drawn of those is asked of the file alone, too, and there is nothing else in it that a page shows. */
const SCHEME = 'within:';

/** The address of a picture that lies at `path` in the document's own file, and is sent to a page that shows it. */
export const addressWithin = (path: string): string => SCHEME + encodeURIComponent(path);

/** Where in the document's own file the picture lies that an address is of; `undefined` for other addresses. */
export function pathWithin(address: string): string | undefined {
  if (!address.startsWith(SCHEME)) return undefined;
  try {
    return decodeURIComponent(address.slice(SCHEME.length));
  } catch {
    // Written by the document itself: it is not ours.
    return undefined;
  }
}
