/** Trusted Types policies that the page may make: DOMPurify's own, and the one that names the page's worker scripts. */
export const trustedTypesPolicies = ['dompurify', 'lectern-worker'] as const;

/**
 * The page's content security policy: its own origin and nothing else. `nonce` is made for each load, for the two
 * libraries that add `<style>` elements (CodeMirror, Radix's scroll lock).
 */
export const pagePolicy = (nonce: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    `trusted-types ${trustedTypesPolicies.join(' ')}`,
  ].join('; ');

/** For a reader's image that is opened by itself: an SVG may draw and style itself, and run nothing. */
export const imagePolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

/** For everything else that is not a page. */
export const closedPolicy = "default-src 'none'; frame-ancestors 'none'";

/** Headers of every answer of either host. */
export const commonHeaders: Readonly<Record<string, string>> = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
};
