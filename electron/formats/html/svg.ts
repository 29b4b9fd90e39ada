import type { OpenElement } from './frames';
import { attributeOf, descendantsOf, type HtmlElement, type HtmlNode, textOf } from './tree';

/** UTF-16 code units of a picture's source; a longer one is left out. */
const LONGEST = 1_000_000;
/** What an image would not run or load anyway. */
const dropped: ReadonlySet<string> = new Set(['script', 'foreignObject', 'iframe']);
const NAME = /^[A-Za-z_][\w.-]*$/;

/** An inline SVG as an image, named by its title; `undefined` for one that shows nothing by itself or is very long. */
export function drawSvg(svg: HtmlElement): OpenElement | undefined {
  const source = serialise(svg);
  if (source === undefined) return undefined;
  const a: Record<string, string> = { src: `data:image/svg+xml,${encodeURIComponent(source)}`, alt: titleOf(svg) };
  for (const name of ['width', 'height'] as const) {
    const value = attributeOf(svg, name);
    if (value !== undefined && /^[\d.]+(?:px)?$/.test(value)) a[name] = String(Math.round(Number.parseFloat(value)));
  }
  return { e: 'img', a, c: [] };
}

function titleOf(svg: HtmlElement): string {
  for (const node of descendantsOf(svg)) {
    if (node.type === 'element' && node.name === 'title') return textOf(node).trim().replace(/\s+/g, ' ');
  }
  return attributeOf(svg, 'aria-label')?.trim() ?? '';
}

/** A picture as XML, without what could run in it. */
function serialise(svg: HtmlElement): string | undefined {
  let source = '';
  let hasShape = false;
  let node: HtmlNode | null = svg;
  while (node) {
    if (node.type === 'text') source += escapeXml(node.value);
    else if (isKept(node)) {
      hasShape ||= node !== svg && !/^(?:defs|title|desc|symbol|style|metadata)$/.test(node.name);
      source += `<${node.name}${attributesOf(node, node === svg)}>`;
      if (node.first) {
        node = node.first;
        continue;
      }
      source += `</${node.name}>`;
    }
    if (source.length > LONGEST) return undefined;
    while (node && node !== svg && !node.next) {
      node = node.parent;
      if (node) source += `</${node.name}>`;
    }
    node = node && node !== svg ? node.next : null;
  }
  return hasShape ? source : undefined;
}

const isKept = ({ name, namespace }: HtmlElement): boolean => namespace === 'svg' && NAME.test(name) && !dropped.has(name);

function attributesOf(element: HtmlElement, isRoot: boolean): string {
  const written = new Map<string, string>(isRoot ? [['xmlns', 'http://www.w3.org/2000/svg']] : []);
  for (const { name, prefix, value } of element.attributes) {
    const full = prefix === 'xml' ? `xml:${name}` : name;
    if (NAME.test(name) && !/^(?:on|xmlns)/i.test(name) && prefix !== 'xmlns' && !written.has(full)) written.set(full, value);
  }
  return [...written].map(([name, value]) => ` ${name}="${escapeXml(value)}"`).join('');
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text for XML, in which most controls and lone surrogates may not be. */
const escapeXml = (value: string): string =>
  value
    .toWellFormed()
    // biome-ignore lint/suspicious/noControlCharactersInRegex: XML forbids exactly these.
    .replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '')
    .replace(/[&<>"]/g, (character) => entities[character] ?? '');
