import type { DrawnNode } from '#model';
import { drawPage } from '../html/draw-page';
import { readPageFacts } from '../html/page-facts';
import { drawTex } from '../html/tex';
import { parseHtml } from '../html/tree';
import { markdownToHtml } from './markdown-html';

/** A note as it is drawn: one text, and nodes whose leaves are lengths into it. */
export interface NoteModel {
  text: string;
  nodes: DrawnNode[];
}

/**
 * Lays out a note’s Markdown; `[[Title]]` becomes a link with the attribute `title-link`, outside of code and other links. Throws where it is
 * nested too deep. It may take long: on a thread that can be ended.
 */
export function readNote(markdown: string): NoteModel {
  const parser = parseHtml(`<!doctype html><body>${markdownToHtml(markdown, { areFootnotesLinked: false })}`);
  const { body } = readPageFacts(parser.page);
  const drawn = body ? drawPage(parser, body, { directed: false, drawTex }) : [];
  const sections = [...drawn].filter((section) => section !== undefined);
  return { text: sections.map(({ text }) => text).join(''), nodes: sections.flatMap(({ nodes }) => nodes) };
}
