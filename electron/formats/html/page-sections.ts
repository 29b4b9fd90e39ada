import type { DocumentSection, DrawnNode } from '#model';
import type { DrawnStyle, PageStyles } from '../css/drawn-style';
import { createSectionMeter, type SectionItem } from '../sections';
import { isBlockName } from './elements';
import { continuedElement, type Frame, inherit, LONG_ELEMENTS, LONG_UNITS, type OpenElement } from './frames';
import type { Place, SectionWriter } from './section-writer';
import type { HtmlElement } from './tree';

/** Elements and UTF-16 code units that a part of a cut element holds, and a line that is cut at its breaks. */
const PART_ELEMENTS = 200;
const PART_UNITS = 40_000;

/** Text and inline elements that stand between blocks, gathered in a block of their own. */
interface Line {
  element: OpenElement;
  place: Place;
  isOutside: boolean;
  style: DrawnStyle | undefined;
  elements: number;
  units: number;
}

/** Where a page is cut into sections, and what is open when it is. */
export interface PageSections {
  /** Outside of all blocks. */
  readonly top: Place;
  readonly hasLine: boolean;
  /** Opens a line where there is none, and one of its own for what is outside of the article. */
  openLine(frame: Frame, isOutside: boolean): void;
  closeLine(): void;
  /** Ends a line at a break when it is long: what follows goes on from it. */
  cutLineIfLong(): void;
  addToLine(elements: number, units: number): void;
  /** Where what stands in a line of `frame` goes. */
  placeIn(frame: Frame): Place;
  /** How it is drawn around that place. */
  styleIn(frame: Frame): DrawnStyle | undefined;
  /** Whether a section ends before a block within `frame`. */
  isFull(frame: Frame, item: SectionItem): boolean;
  /** Counts an element that is drawn in one section, as `drawn`. */
  count(source: HtmlElement, drawn: string | undefined, item: SectionItem): void;
  /** Puts an element where it belongs. */
  put(element: OpenElement, place: Place, inTable: boolean): void;
  /** Ends the section; the cut elements among `stack` go on in the next. */
  cut(progress: number): DocumentSection;
  finish(progress: number): DocumentSection;
}

export function createPageSections(writer: SectionWriter, stack: readonly Frame[], styles?: PageStyles): PageSections {
  const meter = createSectionMeter();
  const top: Place = { out: writer.nodes, depth: 0, separator: 'line' };
  let line: Line | undefined;
  /** The line before was ended at a break only for its length. */
  let isLineCut = false;
  /** What the section holds of elements that may be cut. */
  let elements = 0;
  let units = 0;

  function closeLine(): void {
    isLineCut = false;
    if (!line) return;
    line = undefined;
    writer.boundary(top);
  }

  /** A table is put into a frame in which it is scrolled sideways where it is too wide; one within a table goes with that. */
  function put(element: OpenElement, place: Place, inTable: boolean): void {
    if (element.e !== 'table' || inTable) {
      place.out.push(element);
      return;
    }
    const frame: DrawnNode = { e: 'div', l: ['table'], c: [element] };
    const dir = element.a?.['dir'];
    // What is narrower than the text begins where its own text does.
    if (dir !== undefined) frame.a = { dir };
    place.out.push(frame);
  }

  function finish(progress: number, isLast: boolean): DocumentSection {
    const section = writer.finish(progress, isLast);
    meter.clear();
    elements = 0;
    units = 0;
    top.out = writer.nodes;
    return section;
  }

  return {
    top,
    get hasLine() {
      return line !== undefined;
    },
    openLine({ lang, dir, directed, source, style }, isOutside) {
      if (line?.isOutside === isOutside) return;
      if (line) closeLine();
      writer.boundary(top);
      if (isLineCut) writer.joinLine();
      const element: OpenElement = { e: 'div', l: isLineCut ? ['inline', 'continued'] : ['inline'], c: [] };
      if (!directed) element.a = { dir: 'auto' };
      if (isOutside) element.l = [...(element.l ?? []), 'outside'];
      inherit(element, lang, dir);
      const styled = style && styles?.of(source, element.e, style, true);
      if (styled?.own) element.own = styled.own;
      writer.nodes.push(element);
      meter.add({ blocks: 1, units: 0 });
      isLineCut = false;
      line = { element, place: { out: element.c, depth: 1, separator: 'line' }, isOutside, style: styled?.style, elements: 0, units: 0 };
    },
    closeLine,
    cutLineIfLong() {
      if (!line || (line.elements < PART_ELEMENTS && line.units < PART_UNITS)) return;
      closeLine();
      isLineCut = true;
    },
    addToLine(elements, units) {
      if (!line) return;
      line.elements += elements;
      line.units += units;
    },
    placeIn: (frame) => (frame.isRoot ? (line?.place ?? top) : frame.place),
    styleIn: (frame) => (frame.isRoot ? (line?.style ?? frame.style) : frame.style),
    isFull(frame, item) {
      if (frame.isRoot) return meter.isFullFor(item);
      if (elements >= LONG_ELEMENTS || units >= LONG_UNITS) return true;
      return frame.reaching === 0 && (elements >= PART_ELEMENTS || units >= PART_UNITS || meter.isFullFor(item));
    },
    count(source, drawn, item) {
      elements += 1 + source.elements;
      units += source.units;
      this.addToLine(1 + source.elements, source.units);
      meter.add(drawn !== undefined && isBlockName(drawn) ? item : { units: source.units, blocks: 0 });
    },
    put,
    cut(progress) {
      // What is drawn of the stack is its end; below are wrappers, of which there may be very many.
      const start = stack.findLastIndex(({ isRoot }) => isRoot) + 1;
      const open = stack.slice(start).filter(({ isCut, element }) => isCut && element);
      for (const { element } of open) if (element) element.l = [...(element.l ?? []), 'unfinished'];
      const section = finish(progress, false);
      if (line) {
        line.element = { ...line.element, l: line.isOutside ? ['inline', 'goes-on', 'outside'] : ['inline', 'goes-on'], c: [] };
        line.place.out = line.element.c;
        writer.nodes.push(line.element);
      }
      for (const frame of open) {
        if (!frame.element) continue;
        const around = stack[stack.indexOf(frame, start) - 1];
        frame.element = continuedElement(frame, frame.element, frame !== stack.at(-1));
        put(frame.element, around && !around.isRoot ? around.place : (line?.place ?? top), around?.inTable ?? false);
        frame.place.out = frame.element.c;
      }
      return section;
    },
    finish: (progress) => finish(progress, true),
  };
}
