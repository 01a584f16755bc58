import { describe, expect, it } from 'vitest';
import {
  layoutLineage,
  type Node,
  neighbour,
  relatives,
} from '../../../../../src-renderer/features/runs/lineage/layout.ts';

const node = (key: string, column: number): Node => ({
  ...{ key, kind: 'file', column, name: key, also: [], detail: '', size: null },
  ...{ runId: null, run: null },
});

/** Two inputs, of which the second was made by a run; one output that two runs used. */
const graph = {
  nodes: [
    node('self', 0),
    node('code', -1),
    node('data', -1),
    node('maker', -2),
    node('model', 1),
    node('user b', 2),
    node('user a', 2),
  ],
  edges: [
    { from: 'code', to: 'self' },
    { from: 'data', to: 'self' },
    { from: 'maker', to: 'data' },
    { from: 'self', to: 'model' },
    { from: 'model', to: 'user b' },
    { from: 'model', to: 'user a' },
  ],
};

describe('the picture of a lineage', () => {
  const layout = layoutLineage(graph);

  it('has its columns from the left to the right, nothing upon another', () => {
    expect(layout.columns.map((column) => column.nodes.map((one) => one.node.key))).toEqual([
      ['maker'],
      ['code', 'data'],
      ['self'],
      ['model'],
      ['user b', 'user a'],
    ]);
    const places = layout.columns.flatMap(({ nodes }) => nodes.map(({ x, y }) => `${x} ${y}`));
    expect(new Set(places).size).toBe(graph.nodes.length);
    expect(layout.lines).toHaveLength(graph.edges.length);
  });

  it('is walked along its lines, and within a column', () => {
    expect(neighbour(layout, 'self', 'right')).toBe('model');
    expect(neighbour(layout, 'data', 'left')).toBe('maker');
    expect(neighbour(layout, 'code', 'down')).toBe('data');
    // What is linked with nothing further goes to what stands beside it.
    expect(neighbour(layout, 'code', 'left')).toBe('maker');
    expect(neighbour(layout, 'maker', 'left')).toBeNull();
    expect(neighbour(layout, 'nobody', 'left')).toBeNull();
  });

  it('lights up what led to a node and what came of it, not what stands beside', () => {
    expect([...relatives(layout.lines, 'data')].sort()).toEqual(
      ['data', 'maker', 'model', 'self', 'user a', 'user b'].sort(),
    );
    expect(relatives(layout.lines, 'maker').has('code')).toBe(false);
  });
});
