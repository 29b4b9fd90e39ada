import type { CustomScheme } from 'electron';

/** The scheme that the page is served by, and in which the system hands links to the application. */
export const scheme = 'lectern';

/** The one page of the application. */
export const pageUrl = `${scheme}://app/`;

/**
 * What the scheme may do: `standard` gives it an origin and relative URLs, `secure` makes it a secure context,
 * `stream` lets players ask for a sound of a book part by part (without it they fail, see electron/electron#22955), `codeCache` keeps compiled
 * scripts between starts. It bypasses no policy and takes no service workers.
 */
export const privilegedScheme: CustomScheme = {
  scheme,
  privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true },
};

/** Whether a URL is the application's own. Node gives such a URL the origin `null`, so its parts are compared. */
export function isOwnUrl(url: string): boolean {
  const parsed = URL.parse(url);
  return parsed !== null && parsed.protocol === `${scheme}:` && parsed.host === 'app';
}
