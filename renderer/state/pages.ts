import { type PageZoom, ZOOM_STEPS } from '#api';
import { hasPages } from '#formats/list';
import { updateSettings } from './actions/settings';
import { getState, type OpenDocument } from './store';

/** Whether a document is shown as pages or as text, as the reader likes. */
export const hasTwoViews = (open: OpenDocument | undefined): boolean => open?.source !== undefined && hasPages(open.source.format);

/** Whether a document is still being opened, so that nothing is known yet of its views. */
export const isViewUnknown = (open: OpenDocument | undefined): boolean =>
  open !== undefined &&
  (open.phase === 'loading' || open.phase === 'drawing') &&
  open.revision === undefined &&
  !(hasTwoViews(open) && open.asText !== undefined);

/** Whether a document is shown as pages. */
export const showsPages = (open: OpenDocument | undefined): boolean => hasTwoViews(open) && open?.asText === false;

export const setPageZoom = (pageZoom: PageZoom): void => updateSettings({ pageZoom });

/** The next step of zoom that is larger (1) or smaller (-1) than what is shown. */
export function stepPageZoom(direction: 1 | -1): void {
  const shown = getState().open?.zoom ?? 100;
  const next = direction === 1 ? ZOOM_STEPS.find((step) => step > shown) : ZOOM_STEPS.findLast((step) => step < shown);
  if (next !== undefined) setPageZoom(next);
}
