import { describe, expect, it } from 'vitest';
import { checkpointsOf, longestSeries } from '../../../src-main/models/checkpoints.ts';

describe('checkpoints of a folder', () => {
  it('come in the order of their numbers, without what is no model', () => {
    const paths = [
      ...['step-10.pt', 'step-9.pt', 'notes.txt', 'optimizer.pt'],
      'model-00001-of-00002.safetensors',
      'checkpoint-500/training_args.bin',
      'checkpoint-500/model.safetensors',
      'checkpoint-500/model.onnx',
      'checkpoint-500/deep/model.pt',
      'logs/events.out',
    ];
    expect(checkpointsOf(paths)).toEqual([
      { label: 'checkpoint-500', path: 'checkpoint-500/model.onnx' },
      { label: 'step-9.pt', path: 'step-9.pt' },
      { label: 'step-10.pt', path: 'step-10.pt' },
    ]);
  });

  it('are the index of a model in several files', () => {
    const shards = [1, 2].map((at) => `step-1/model-0000${at}-of-00002.safetensors`);
    expect(checkpointsOf([...shards, 'step-1/model.safetensors.index.json'])).toEqual([
      { label: 'step-1', path: 'step-1/model.safetensors.index.json' },
    ]);
  });
});

describe('the series of a run', () => {
  it('is the folder with the most checkpoints, not the one with the most folders', () => {
    const paths = [
      ...['model/model.safetensors', 'best/best.pt', 'final.pt'],
      ...[1, 2, 10, 3].map((epoch) => `out/ckpt/epoch=${epoch}.ckpt`),
    ];
    const { folder, checkpoints } = longestSeries(paths);
    expect(folder).toBe('out/ckpt');
    expect(checkpoints.map(({ label }) => label)).toEqual(
      [1, 2, 3, 10].map((epoch) => `epoch=${epoch}.ckpt`),
    );
    expect(checkpoints[0]?.path).toBe('out/ckpt/epoch=1.ckpt');
  });

  it('may lie deeper, where only numbers tell the folders apart', () => {
    const paths = ['a/data/model.pth', ...[20, 3].map((step) => `m-${step}/data/model.pth`)];
    const { folder, checkpoints } = longestSeries(paths);
    expect([folder, checkpoints.map(({ label }) => label)]).toEqual(['', ['m-3', 'm-20']]);
  });

  it('leaves out what is no part of it, and takes any models beside each other for want of one', () => {
    const steps = ['out/step-1.pt', 'out/step-2.pt'];
    const labels = (paths: string[]) => longestSeries(paths).checkpoints.map(({ label }) => label);
    expect(labels(['best.pt', 'out/last.pt', ...steps])).toEqual(['step-1.pt', 'step-2.pt']);
    expect(labels(['before.pt', 'after.pt', 'out/step-1.pt'])).toEqual([
      ...['after.pt', 'before.pt', 'out'],
    ]);
  });

  it('is empty where there is no model', () => {
    expect(longestSeries(['a.txt', 'optimizer.pt'])).toEqual({ folder: '', checkpoints: [] });
  });
});
