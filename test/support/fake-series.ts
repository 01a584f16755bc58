/** A made-up series of checkpoints: deeper blocks move later, one checkpoint is broken. */
import type { Item, Output } from '../../src-main/contract/index.ts';

const blocks = 12;
const broken = 5;

export function fakeSeries(count = 8): {
  items: Item<'diff.series'>[];
  result: Output<'diff.series'>;
} {
  const checkpoints = Array.from({ length: count }, (_, at) => ({
    label: `checkpoint-${(at + 1) * 500}`,
    path: `checkpoints/checkpoint-${(at + 1) * 500}/model.safetensors`,
  }));
  const moved = (from: number, to: number) =>
    Array.from({ length: blocks }, (_, block) => ({
      name: `model.layers.${block}`,
      change: Math.abs(Math.tanh((to - block / 2) / 4) - Math.tanh((from - block / 2) / 4)) / 4,
    }));
  const steps = checkpoints.slice(1).flatMap((_, index) => {
    const at = index + 1;
    const both = [
      { at, from: at - 1, against: ['previous' as const] },
      { at, from: 0, against: ['first' as const] },
    ];
    return at === 1 ? [{ at, from: 0, against: ['first' as const, 'previous' as const] }] : both;
  });
  const compared = steps.map(({ at, from, against }, index): Item<'diff.series'> => {
    const problem = at === broken ? 'checkpoint-3000 ends in the middle of a tensor.' : null;
    const parts = problem === null ? moved(from, at) : [];
    const relativeL2 = parts.length === 0 ? null : 0.1;
    return { kind: 'compared', at, against, parts, relativeL2, problem, done: index + 1 };
  });
  return {
    items: [
      {
        kind: 'checkpoints',
        checkpoints,
        place: '02.7: checkpoints',
        leftOut: 0,
        total: steps.length,
      },
      ...compared,
    ],
    result: { checkpoints: count, problems: 2, durationMs: 10 },
  };
}
