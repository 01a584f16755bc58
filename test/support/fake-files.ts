/** Files of made-up runs: each is a short text that names itself. */
import type { Handlers } from '../../src-main/rpc/index.ts';

type FileOperation = Extract<keyof Handlers, `files.${string}` | `media.${string}`>;

export const fakeFiles: Pick<Handlers, FileOperation> = {
  'media.list': async ({ ids }) => ({
    series: ids.flatMap((runId) => [
      { runId, key: 'weights', kind: 'histogram', steps: [0, 10, 20] },
      { runId, key: 'samples', kind: 'text', steps: [0, 20] },
    ]),
    cut: false,
  }),
  'media.histograms': async ({ ids, key }) => ({
    series: ids.map((runId, run) => ({
      runId,
      total: key === 'weights' ? 30 : 3,
      histograms: Array.from({ length: 30 }, (_, row) => {
        const edges = Float64Array.from({ length: 41 }, (_, at) => -2 + at / 10);
        const spread = 0.2 + (row + 1) / (20 + 10 * run);
        const counts = edges
          .slice(0, 40)
          .map((edge) => Math.round(1000 * Math.exp(-(((edge - row / 60) / spread) ** 2))));
        return { step: row * 10, edges, counts };
      }),
    })),
  }),
  'media.read': async ({ key, step }) => ({
    items:
      key === 'samples'
        ? [{ kind: 'text', text: `At **step ${step}**`, cut: false }]
        : [
            {
              kind: 'histogram',
              edges: Float64Array.of(-1, 0, 1, 2),
              counts: Float64Array.of(step + 1, 20, 4),
            },
          ],
  }),
  'files.describe': async ({ source }) => ({
    size: textOf(source.path).length,
    kinds: source.path.endsWith('.csv') ? ['table', 'text', 'other'] : ['text', 'other'],
    mime: 'text/plain',
    location: `/home/ada/projects/penguins/${source.path}`,
  }),
  'files.bytes': async ({ source, offset, length }) => {
    const bytes = new TextEncoder().encode(textOf(source.path));
    return { bytes: bytes.slice(offset, offset + length), size: bytes.length };
  },
  'files.table': async ({ source }, { emit }) => {
    const rows = Array.from({ length: 400 }, (_, row) => [String(row), source.path, null]);
    await emit({ rows });
    const columns = ['id', 'path', 'note'].map((name) => ({ name, type: null }));
    return { columns, moreColumns: 0, cut: false, notes: [] };
  },
  'files.notebook': async () => ({ language: 'python', cells: [], totalCells: 0 }),
  'files.settings': async ({ source }) => ({ json: JSON.stringify({ path: source.path }) }),
  'files.tensors': async () => ({
    format: 'safetensors',
    badge: 'data',
    findings: [],
    notes: [],
    metadata: {},
    tensors: [{ name: 'fc.weight', dtype: 'f32', shape: [3, 4], elements: 12, bytes: 48 }],
    moreTensors: 0,
  }),
  'files.folder': async () => ({
    files: [
      { path: 'a.csv', size: null },
      { path: 'b/c.csv', size: null },
    ],
    cut: false,
  }),
};

function textOf(path: string): string {
  return `This is ${path}.\n`;
}
