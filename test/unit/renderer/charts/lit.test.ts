import { expect, it, vi } from 'vitest';
import { createLit } from '../../../../src-renderer/charts/lit.ts';

it('tells its listeners of changes, and of nothing else', () => {
  const lit = createLit();
  const listener = vi.fn();
  const stop = lit.subscribe(listener);
  expect(lit.get()).toBeNull();
  lit.set('a');
  lit.set('a');
  expect(lit.get()).toBe('a');
  expect(listener).toHaveBeenCalledTimes(1);
  stop();
  lit.set(null);
  expect(listener).toHaveBeenCalledTimes(1);
});
