import { cellsOf, rowsOf } from '../html/table-columns';
import { attributeOf, descendantsOf, elementsOf, type HtmlElement } from '../html/tree';

/** Elements up to which a table is looked for around another: a mail within a mail has no more between them. */
const FARTHEST = 100;

/** Draws the tables of a mail that only lay it out as what they hold: they say so, hold other tables, or have one column. */
export function unfoldLayout(body: HtmlElement): void {
  const tables: HtmlElement[] = [];
  const layouts = new Set<HtmlElement>();
  for (const node of descendantsOf(body)) {
    if (node.type !== 'element' || node.name !== 'table' || node.namespace !== 'html') continue;
    tables.push(node);
    const around = tableAround(node);
    if (around) layouts.add(around);
    if (/^(?:presentation|none)$/i.test(attributeOf(node, 'role') ?? '') || isOneColumn(node)) layouts.add(node);
  }
  for (const table of tables) if (layouts.has(table)) unfold(table);
}

function tableAround(element: HtmlElement): HtmlElement | undefined {
  let around = element.parent;
  for (let step = 0; around && step < FARTHEST; step += 1, around = around.parent) if (around.name === 'table') return around;
  return undefined;
}

function isOneColumn(table: HtmlElement): boolean {
  for (const row of rowsOf(table)) if ([...cellsOf(row)].length > 1) return false;
  return true;
}

function unfold(table: HtmlElement): void {
  for (const row of [...rowsOf(table)]) {
    for (const cell of [...cellsOf(row)]) rename(cell, 'div');
    rename(row, 'div');
  }
  for (const group of elementsOf(table)) if (/^t(?:head|body|foot)$/.test(group.name)) rename(group, 'div');
  rename(table, 'div');
}

const rename = (element: HtmlElement, name: string): void => void Object.assign(element, { name });
