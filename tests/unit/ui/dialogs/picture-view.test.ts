import fc from 'fast-check';
import { expect, it } from 'vitest';
import { panned, WHOLE, zoomedAround } from '../../../../renderer/ui/dialogs/picture-view';

const place = fc.record({ x: fc.integer({ min: -800, max: 800 }), y: fc.integer({ min: -500, max: 500 }) });

const room = { width: 1_200, height: 800, picture: { width: 900, height: 600 } };

it('what is under the pointer stays under it, nearer and farther, until the picture is whole', () => {
  fc.assert(
    fc.property(place, place, fc.double({ min: 1.05, max: 3, noNaN: true }), (at, moved, factor) => {
      const before = panned(zoomedAround(WHOLE, 2, { x: 0, y: 0 }), moved.x, moved.y, room);
      const after = zoomedAround(before, factor, at);
      const pointOf = (view: typeof before) => [(at.x - view.x) / view.scale, (at.y - view.y) / view.scale];
      const [[x = 0, y = 0], [x2 = 0, y2 = 0]] = [pointOf(before), pointOf(after)];
      expect(x2).toBeCloseTo(x, 6);
      expect(y2).toBeCloseTo(y, 6);
    }),
  );
  expect(zoomedAround(zoomedAround(WHOLE, 4, { x: 10, y: 9 }), 0.1, { x: 3, y: 3 })).toEqual(WHOLE);
  expect(panned(WHOLE, 50, 50, room)).toEqual(WHOLE);
});

it('however far it is moved, a part of it stays in sight', () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer(), fc.double({ min: 1.05, max: 12, noNaN: true }), (x, y, scale) => {
      const view = panned(zoomedAround(WHOLE, scale, { x: 0, y: 0 }), x, y, room);
      expect(Math.abs(view.x)).toBeLessThanOrEqual((room.width + room.picture.width * view.scale) / 2 - 60);
      expect(Math.abs(view.y)).toBeLessThanOrEqual((room.height + room.picture.height * view.scale) / 2 - 60);
    }),
  );
});
