import { describe, expect, it } from 'vitest';
import {
  changeSection,
  moveSection,
  sectionsOf,
} from '../../../../src-renderer/charts/sections.ts';

const keys = ['loss', 'system/cpu', 'train/acc', 'train/loss', 'val/loss', '/odd'];
const order = ['', 'train', 'val', 'system'];

describe('sections', () => {
  it('are the first parts of the names, what the machine did last and folded', () => {
    const found = sectionsOf(keys, []);
    expect(found.map((section) => section.id)).toEqual(order);
    expect(found.map((section) => section.folded)).toEqual([false, false, false, true]);
    expect(found[0]?.keys).toEqual(['loss', '/odd']);
    expect(found[1]?.keys).toEqual(['train/acc', 'train/loss']);
  });

  it('are folded by themselves below very many charts, until somebody unfolds them', () => {
    const many = Array.from({ length: 300 }, (_, i) => `layer_${String(i % 3)}/${i}`);
    expect(sectionsOf(many, []).map((section) => section.folded)).toEqual([false, false, true]);
    const saved = [{ id: 'layer_2', folded: false }];
    expect(sectionsOf(many, saved).every((section) => !section.folded)).toBe(false);
    expect(sectionsOf(many, saved)[0]).toMatchObject({ id: 'layer_2', folded: false });
  });

  it('cannot be folded when there is one only', () => {
    expect(sectionsOf(['system/cpu'], [])[0]?.folded).toBe(false);
    expect(sectionsOf(['loss'], [{ id: '', folded: true }])[0]?.folded).toBe(false);
    expect(sectionsOf([], [])).toEqual([]);
  });

  it('keep their order, size and fold when they are changed', () => {
    const saved = changeSection([], 'val', { size: 'large', folded: true }, order);
    const found = sectionsOf(keys, saved);
    expect(found.map((section) => section.id)).toEqual(order);
    expect(found[2]).toMatchObject({ id: 'val', size: 'large', folded: true });
    const again = changeSection(saved, 'val', { folded: false }, order);
    expect(sectionsOf(keys, again)[2]).toMatchObject({ size: 'large', folded: false });
  });

  it('are moved, before another or to the end, and new ones follow', () => {
    const ids = (saved: Parameters<typeof sectionsOf>[1]) =>
      sectionsOf(keys, saved).map((section) => section.id);
    const first = moveSection([], 'val', '', order);
    expect(ids(first)).toEqual(['val', '', 'train', 'system']);
    const last = moveSection(first, 'val', null, ids(first));
    expect(ids(last)).toEqual(['', 'train', 'system', 'val']);
    expect(moveSection(last, 'val', 'val', order)).toBe(last);
    const withNew = sectionsOf([...keys, 'a/new'], last);
    expect(withNew.map((section) => section.id)).toEqual(['', 'train', 'system', 'val', 'a']);
  });

  it('remember those whose metrics are not there now', () => {
    const saved = [{ id: 'gone', size: 'small' as const }];
    const moved = moveSection(saved, 'val', '', order);
    expect(moved.at(-1)).toEqual({ id: 'gone', size: 'small' });
  });
});
