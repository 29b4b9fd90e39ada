/** Its own origin and nothing else. */
const policyWithStyles = (styles: string): string[] => [
  "default-src 'none'",
  "script-src 'self'",
  `style-src 'self' ${styles}`,
  "img-src 'self' data:",
  "font-src 'self'",
  "media-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  // The one that names the page's worker scripts: nothing makes markup of a string.
  'trusted-types lectern-worker',
];

/**
 * The page's content security policy. `nonce` is made for each load, for the two libraries that add `<style>` elements
 * (CodeMirror, Radix's scroll lock).
 */
export const pagePolicy = (nonce: string): string => [...policyWithStyles(`'nonce-${nonce}'`), "frame-ancestors 'none'"].join('; ');

/**
 * A copy of the policy for a `<meta>` in the page itself: it holds where a header is missing. It knows no nonce, so it leaves
 * styles to the header; and no policy within a page can say who may frame it.
 */
export const builtInPolicy: string = policyWithStyles("'unsafe-inline'").join('; ');

/** For a reader's image that is opened by itself: an SVG may draw and style itself, and run nothing. */
export const imagePolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

/** For everything else that is not a page. */
export const closedPolicy = "default-src 'none'; frame-ancestors 'none'";

/**
 * For a file of the bundle. The worker that reads PDFs for the page (pdf.js) decodes some kinds of pictures by WebAssembly; it is given all that it
 * needs, and loads nothing.
 */
export const bundlePolicy = (file: string): string =>
  /[/\\]pdf\.worker[^/\\]*\.mjs$/.test(file) ? "default-src 'none'; script-src 'wasm-unsafe-eval'; frame-ancestors 'none'" : closedPolicy;

/** Headers of every answer of either host. */
export const commonHeaders: Readonly<Record<string, string>> = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
};
