/** Made-up task vectors of a model of blocks: the first half of the blocks agree, the others do not. */
import type { Item, Output } from '../../src-main/contract/index.ts';
import { describeTask, sumTasks } from '../../src-main/models/deltas.ts';

const elements = 4096;
const parts = ['attn.q_proj', 'attn.o_proj', 'mlp.up_proj', 'mlp.down_proj'];

export function fakeTaskVectors(
  count: number,
  blocks = 8,
): { items: Item<'diff.taskVectors'>[]; result: Output<'diff.taskVectors'> } {
  const names = Array.from({ length: blocks }, (_, block) =>
    parts.map((part) => ({ name: `model.layers.${block}.${part}.weight`, block })),
  ).flat();
  const measures = names.map(({ block }, at) => {
    const models = Array.from({ length: count }, (_, model) => ({
      squared: (0.2 + 0.05 * block + 0.1 * model + 0.03 * (at % 4)) ** 2,
      moved: elements - 40 * model,
    }));
    const pairs = models.flatMap((left, one) =>
      models.slice(one + 1).map((right) => ({
        dot: Math.sqrt(left.squared * right.squared) * (0.8 - (1.4 * block) / blocks),
        both: elements - 200,
        conflicts: Math.round((elements - 200) * (0.1 + (0.7 * block) / blocks)),
      })),
    );
    return { count: elements, finite: elements, bytesRead: 0, squaredBase: 9, models, pairs };
  });
  const all = Array.from({ length: count }, (_, model) => model);
  const tensors = names.map(({ name }, at) => ({
    name,
    dtype: 'f32',
    shape: [64, 64],
    elements,
    names: all.map(() => null),
    nonFinite: 0,
    note: null,
    ...describeTask(measures[at]!, all, count),
  }));
  const blank = { base: null, sum: null };
  const announced = tensors.map((tensor) => ({
    ...tensor,
    ...blank,
    models: tensor.models.map(() => null),
    pairs: tensor.pairs.map(() => null),
  }));
  const model = (title: string) => ({
    title,
    format: 'safetensors',
    sizeBytes: names.length * elements * 4,
    tensors: names.length,
    parameters: names.length * elements,
    metadata: { format: 'pt' },
    notes: [],
    badge: 'data' as const,
    findings: [],
  });
  const progress = { phase: 'measuring', done: 1, total: 1, unit: 'bytes' as const };
  return {
    items: [
      {
        kind: 'opened',
        base: model('base.safetensors'),
        models: all.map((at) => model(`tuned-${at + 1}.safetensors`)),
        tensors: announced,
      },
      { kind: 'tensors', tensors, progress },
    ],
    result: {
      total: sumTasks(measures, count),
      measured: names.length,
      partial: 0,
      added: all.map(() => 0),
      bytesRead: 1_000_000,
      durationMs: 12,
    },
  };
}
