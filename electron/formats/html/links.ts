import { targetOf } from './elements';
import type { PageFacts } from './page-facts';
import { descendantsOf, type HtmlElement } from './tree';

/**
 * Writes the links of a page as they are meant where it is saved: those that a browser made whole though they lead to a place of the page itself lead
 * there again, and those that begin at the top of its site, or at its `<base>`, lead to that site. Others lead to what lies beside the page.
 */
export function resolveLinks(body: HtmlElement, { address, savedFrom, base }: Pick<PageFacts, 'address' | 'savedFrom' | 'base'>): void {
  const [here, ...others] = [address, savedFrom].flatMap((each) => siteAddress(each) ?? []);
  const start = siteAddress(base, here?.href);
  if (!here && !start) return;
  const own = new Set([here, ...others].flatMap((each) => (each ? withoutFragment(each) : [])));
  const links: HtmlElement[] = [];
  const places = new Set<string>();
  for (const node of descendantsOf(body)) {
    if (node.type !== 'element') continue;
    places.add(targetOf(node));
    if (node.name === 'a' && node.namespace === 'html') links.push(node);
  }
  for (const { attributes } of links) {
    const link = attributes.find(({ name }) => name === 'href');
    const written = link?.value.trim() ?? '';
    if (!link || written === '' || written.startsWith('#')) continue;
    const isWhole = /^[a-z][a-z0-9+.-]*:/i.test(written);
    const url = isWhole || start || /^[/?]/.test(written) ? siteAddress(written, (start ?? here)?.href) : undefined;
    if (!url) continue;
    if (url.hash.length > 1 && own.has(withoutFragment(url)) && places.has(placeOf(url))) link.value = url.hash;
    else if (!isWhole) link.value = url.href;
  }
}

/** An address of the web; `undefined` for any other. */
function siteAddress(written: string | undefined, start?: string): URL | undefined {
  const url = written === undefined ? null : URL.parse(written, start);
  return url && /^https?:$/.test(url.protocol) ? url : undefined;
}

const withoutFragment = ({ href, hash }: URL): string => href.slice(0, href.length - hash.length);

/** The name of the place that an address names. */
function placeOf({ hash }: URL): string {
  try {
    return decodeURIComponent(hash.slice(1));
  } catch {
    return hash.slice(1);
  }
}
