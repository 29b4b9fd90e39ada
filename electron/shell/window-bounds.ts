import type { BrowserWindow, Rectangle } from 'electron';
import { z } from 'zod';

/** CSS pixels. */
const minimum = { width: 480, height: 400 };
const usual = { width: 1280, height: 840 };

/** How much of the window's top edge must lie on a display, to take hold of it: CSS pixels. */
const grip = { width: 120, height: 24 };

export const windowStateSchema = z.object({
  x: z.int(),
  y: z.int(),
  width: z.int().min(minimum.width),
  height: z.int().min(minimum.height),
  maximized: z.boolean(),
});
export type WindowState = z.infer<typeof windowStateSchema>;

export interface WindowPlace {
  /** `x` and `y` are absent for a window in the middle of the screen. */
  bounds: { x?: number; y?: number; width: number; height: number };
  minimum: { width: number; height: number };
  maximized: boolean;
}

/** Where the window goes: where it was, when that can still be seen on a display. `saved` may be anything. */
export function placeWindow(saved: unknown, workAreas: readonly Rectangle[]): WindowPlace {
  const { data: state } = windowStateSchema.safeParse(saved);
  if (!state) return { bounds: usual, minimum, maximized: false };
  const { x, y, width, height, maximized } = state;
  const reachable = workAreas.some((area) => isReachable(state, area));
  return { bounds: reachable ? { x, y, width, height } : { width, height }, minimum, maximized };
}

function isReachable(window: Rectangle, area: Rectangle): boolean {
  const shared = Math.min(window.x + window.width, area.x + area.width) - Math.max(window.x, area.x);
  return shared >= grip.width && window.y >= area.y && window.y + grip.height <= area.y + area.height;
}

/** Where the window is, to open it there again. */
export const windowStateOf = (window: Pick<BrowserWindow, 'getNormalBounds' | 'isMaximized'>): WindowState => ({
  ...window.getNormalBounds(),
  maximized: window.isMaximized(),
});
