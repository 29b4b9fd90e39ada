import { describe, expect, test } from 'vitest';
import { placeWindow, windowStateOf } from '../../../electron/shell/window-bounds';

const laptop = { x: 0, y: 25, width: 1440, height: 875 };
const beside = { x: 1440, y: 0, width: 1920, height: 1080 };
const state = { x: 100, y: 100, width: 1000, height: 700, maximized: false };

describe('placeWindow', () => {
  test.each([[undefined], [null], ['wide'], [{}], [{ ...state, width: 'wide' }], [{ ...state, x: 1.5 }], [{ ...state, height: 10 }]])(
    'opens at its usual size in the middle of the screen without a usable state: %j',
    (saved) => {
      expect(placeWindow(saved, [laptop])).toMatchObject({ bounds: { width: 1280, height: 840 }, maximized: false });
      expect(placeWindow(saved, [laptop]).bounds).not.toHaveProperty('x');
    },
  );

  test('opens where it was', () => {
    expect(placeWindow({ ...state, maximized: true }, [laptop])).toMatchObject({
      bounds: { x: 100, y: 100, width: 1000, height: 700 },
      maximized: true,
    });
    expect(placeWindow({ ...state, x: 1500 }, [laptop, beside]).bounds).toMatchObject({ x: 1500 });
  });

  test.each([
    ['on a display that is gone', { x: 1500, y: 100 }],
    ['with its top edge above every display', { x: 100, y: -50 }],
    ['below', { x: 100, y: 890 }],
    ['with too little to take hold of', { x: 1400, y: 100 }],
  ])('keeps only its size when it was %s', (_, place) => {
    expect(placeWindow({ ...state, ...place }, [laptop]).bounds).toEqual({ width: 1000, height: 700 });
  });

  test('what is kept can be read again', () => {
    const kept = windowStateOf({ getNormalBounds: () => ({ x: 1, y: 30, width: 800, height: 600 }), isMaximized: () => true });
    expect(placeWindow(JSON.parse(JSON.stringify(kept)), [laptop])).toMatchObject({
      bounds: { x: 1, y: 30, width: 800, height: 600 },
      maximized: true,
    });
  });
});
