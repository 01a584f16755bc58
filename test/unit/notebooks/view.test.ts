import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { notebookOutput } from '../../../src-main/contract/notebooks.ts';
import { type NotebookOutput, parseNotebook } from '../../../src-main/formats/ipynb.ts';
import { readParameters, viewCells } from '../../../src-main/notebooks/index.ts';

const notebookOf = (cells: readonly unknown[]) =>
  parseNotebook(JSON.stringify({ nbformat: 4, cells }), 'a');
const code = (source: string, outputs: readonly unknown[] = [], tags: readonly string[] = []) => ({
  cell_type: 'code',
  execution_count: 1,
  metadata: { tags },
  outputs,
  source,
});
const shown = (data: object) => ({ output_type: 'display_data', data });
const parameters = (source: string) =>
  readParameters(notebookOf([code(source, [], ['parameters'])])).map(({ name, value, comment }) =>
    [name, value, comment].filter(Boolean),
  );

describe('what a page is sent', () => {
  it('is what the contract says, whatever the notebook has', () => {
    const text = fc.oneof(fc.string(), fc.array(fc.string()), fc.constant(1));
    const output = fc.oneof(
      fc.record({ output_type: fc.constant('stream'), name: text, text }),
      fc.record({ output_type: fc.constant('error'), ename: text, evalue: text, traceback: text }),
      fc.record({
        output_type: fc.constant('display_data'),
        data: fc.dictionary(
          fc.constantFrom('text/plain', 'text/html', 'image/svg+xml', 'image/gif', 'x/y'),
          text,
        ),
      }),
    );
    fc.assert(
      fc.property(fc.array(output), (outputs) => {
        const [cell] = viewCells(notebookOf([code('', outputs)]));
        for (const one of cell?.outputs ?? []) notebookOutput.parse(one);
      }),
    );
  });

  it('names a large picture and a large page, and cuts a long text', () => {
    const [cell] = viewCells(
      notebookOf([
        code('', [
          shown({ 'image/png': 'A'.repeat(8_000_004) }),
          shown({ 'text/html': `<b>${'x'.repeat(2_000_000)}` }),
          shown({ 'text/plain': 'y'.repeat(100_001) }),
        ]),
      ]),
    );
    expect(cell?.outputs[0]).toEqual({ kind: 'large', what: 'image/png', bytes: 8_000_004 });
    expect(cell?.outputs[1]).toEqual({ kind: 'large', what: 'html', bytes: 2_000_003 });
    expect(cell?.outputs[2]).toMatchObject({ kind: 'text', cut: true });
  });

  it('stays within bounds whatever part of a notebook is large', () => {
    const long = 'x'.repeat(150_000);
    const error = { output_type: 'error', ename: long, evalue: long, traceback: [long] };
    const cells = Array.from({ length: 150 }, () =>
      code(
        long,
        [error, shown({ 'text/html': `<b>${long}` })],
        Array(100).fill(long.slice(0, 500)),
      ),
    );
    expect(JSON.stringify(viewCells(notebookOf(cells))).length).toBeLessThan(75e6);
  });

  it('has the first cells only', () => {
    expect(viewCells(notebookOf(Array(2500).fill(code('x'))))).toHaveLength(2000);
  });
});

describe('parameters', () => {
  it('are the assignments of the tagged cell', () => {
    expect(
      parameters(
        [
          'lr = 0.1  # learning rate',
          'name: str = "a # b" # its name',
          "path='x=y'",
          'layers = [1, 2];',
          'alpha <- 0.5',
          'if lr == 1: pass',
          '  indented = 1',
          'lr == 2',
          'empty =',
          'f(x=1)',
          'a.b = 1',
        ].join('\n'),
      ),
    ).toEqual([
      ['lr', '0.1', 'learning rate'],
      ['name', '"a # b"', 'its name'],
      ['path', "'x=y'"],
      ['layers', '[1, 2]'],
      ['alpha', '0.5'],
      ['a.b', '1'],
    ]);
  });

  it('are those of the last assignment of a name, and none without the tag', () => {
    expect(parameters('a = 1\na = 2')).toEqual([['a', '2']]);
    expect(readParameters(notebookOf([code('a = 1')]))).toEqual([]);
  });

  it.each([
    ['spaces', `a = 1${' '.repeat(1900)}b`],
    ['colons', `a ${':'.repeat(1900)}`],
    ['a line without an end', `a = ${'1'.repeat(5_000_000)}`],
    ['many lines', `a = ${' '.repeat(1000)}b\n`.repeat(5000)],
  ])('keep nobody waiting: %s', (_, source) => {
    const from = performance.now();
    parameters(source);
    expect(performance.now() - from).toBeLessThan(1000);
  });

  it('are read of any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'ab =:#\'"\\;<-\n ') }), (source) => {
        for (const [name, value] of parameters(source)) {
          expect(name).toMatch(/^[ab][ab]*$/);
          expect(value).not.toBe('');
        }
      }),
    );
  });
});

/** The kinds a file can have are those a page knows, with `large` in addition. */
const known: Record<NotebookOutput['kind'], true> = {
  text: true,
  error: true,
  image: true,
  svg: true,
  html: true,
  markdown: true,
  latex: true,
  json: true,
  script: true,
};
it('every kind of output has its form in the contract', () => {
  const kinds = notebookOutput.options.flatMap((option) => {
    const { kind } = option.shape;
    return 'options' in kind ? kind.options : [kind.value];
  });
  expect(kinds.sort()).toEqual([...Object.keys(known), 'large'].sort());
});
