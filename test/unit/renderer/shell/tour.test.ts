import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cardWidth, placeCard } from '../../../../src-renderer/shell/tour/place-card.ts';

const view = { width: 1280, height: 800 };

it('stands beside what it tells of', () => {
  const rail = { left: 0, top: 0, width: 48, height: 770 };
  expect(placeCard(rail, 200, view)).toEqual({ left: 60, top: 12 });
  const search = { left: 800, top: 8, width: 280, height: 28 };
  expect(placeCard(search, 200, view)).toEqual({ left: 800, top: 48 });
  const status = { left: 0, top: 774, width: 1280, height: 26 };
  expect(placeCard(status, 200, view)).toEqual({ left: 12, top: 562 });
});

it('is always whole inside of the window', () => {
  const side = fc.integer({ min: 0, max: 2000 });
  const box = fc.record({ left: side, top: side, width: side, height: side });
  fc.assert(
    fc.property(fc.option(box), fc.integer({ min: 50, max: 400 }), (target, height) => {
      const { left, top } = placeCard(target, height, view);
      expect(left).toBeGreaterThanOrEqual(12);
      expect(top).toBeGreaterThanOrEqual(12);
      expect(left + cardWidth).toBeLessThanOrEqual(view.width);
      expect(top + height).toBeLessThanOrEqual(view.height);
    }),
  );
});
