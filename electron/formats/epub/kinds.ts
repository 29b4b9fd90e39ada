import { attributeOf, type HtmlElement } from '../html/tree';

/** Whether an element is said to be of a kind: by its `epub:type` (EPUB Structural Semantics Vocabulary), or by its `role` (DPUB-ARIA). */
export const isOfKind = (element: HtmlElement, type: string, role: string): boolean =>
  hasWord(attributeOf(element, 'epub:type'), type) || hasWord(attributeOf(element, 'role'), role);

const hasWord = (value: string | undefined, word: string): boolean => value?.toLowerCase().split(/\s+/).includes(word) ?? false;
