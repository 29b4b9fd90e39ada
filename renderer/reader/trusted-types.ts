import type { TrustedTypePolicyFactory, TrustedTypePolicyOptions } from 'trusted-types/lib';

// The DOM's declarations do not have it yet.
const trustedTypes: TrustedTypePolicyFactory | undefined = Reflect.get(window, 'trustedTypes');

const htmlRules: TrustedTypePolicyOptions = {
  createHTML: (html) => html,
  createScriptURL: () => {
    throw new TypeError('Documents load no scripts.');
  },
};
const workerRules: TrustedTypePolicyOptions = { createScriptURL: (url) => ownScriptUrl(url) };

/**
 * The only places where strings become markup or script addresses. Names as the host's content security policy lists them;
 * where the browser knows no Trusted Types, strings pass as they are.
 */
const htmlPolicy = trustedTypes?.createPolicy('dompurify', htmlRules);
const workerPolicy = trustedTypes?.createPolicy('lectern-worker', workerRules);

/** The policy that DOMPurify parses under. Outside DOMPurify nothing uses it but `parseInert`. */
export const purifyPolicy = htmlPolicy;

/** Parses a whole HTML page into a document without a window: nothing in it runs or loads. Not to be put on the page unsanitised. */
export function parseInert(html: string): Document {
  // The DOM's declarations know only strings here.
  return new DOMParser().parseFromString((htmlPolicy?.createHTML(html) ?? html) as string, 'text/html');
}

/** Starts a module worker from a script of the page's own origin; throws a TypeError on any other address. */
export function startWorker(url: string): Worker {
  return new Worker((workerPolicy?.createScriptURL(url) ?? ownScriptUrl(url)) as string, { type: 'module' });
}

function ownScriptUrl(url: string): string {
  const absolute = new URL(url, document.baseURI);
  if (absolute.origin !== location.origin)
    throw new TypeError(`A worker must come from the page's own origin, not from ${absolute.origin}.`);
  return absolute.href;
}
