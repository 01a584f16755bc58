/** Notebooks as they should be, as other tools and accidents leave them, and as an attacker would. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CairnError } from '../../../src-main/base/errors.ts';
import { executionOrder, notebookTitle, parseNotebook } from '../../../src-main/formats/ipynb.ts';

const parse = (value: unknown) => parseNotebook(JSON.stringify(value), 'a.ipynb');
const v4 = (cells: unknown, minor = 5) =>
  parse({ cells, metadata: {}, nbformat: 4, nbformat_minor: minor });
const code = (outputs: unknown, more: object = {}) => ({
  cell_type: 'code',
  execution_count: 1,
  metadata: {},
  outputs,
  source: 'x',
  ...more,
});
const outputsOf = (outputs: unknown) => v4([code(outputs)]).cells[0]?.outputs;
const shown = (data: unknown) => outputsOf([{ output_type: 'display_data', metadata: {}, data }]);
const markdown = (source: unknown, more: object = {}) => ({
  cell_type: 'markdown',
  metadata: {},
  source,
  ...more,
});

function failure(text: string): CairnError {
  try {
    parseNotebook(text, 'a.ipynb');
  } catch (error) {
    if (error instanceof CairnError) return error;
    throw error;
  }
  throw new Error('it was read');
}

describe('notebooks of every format', () => {
  it.each([0, 1, 2, 3, 4, 5])('reads format 4.%i', (minor) => {
    const notebook = parse({
      cells: [
        { id: 'a', ...markdown(['# Title\n', 'text']) },
        code([{ output_type: 'stream', name: 'stderr', text: ['a\n', 'b'] }], {
          metadata: { tags: ['parameters', 7] },
          source: ['x = 1\n', 'y'],
        }),
        { cell_type: 'raw', metadata: {}, source: 'raw' },
      ],
      metadata: {
        kernelspec: { name: 'python3', display_name: 'Python 3' },
        language_info: { name: 'python' },
      },
      nbformat: 4,
      nbformat_minor: minor,
    });
    expect(notebook).toEqual({
      major: 4,
      minor,
      kernel: 'python3',
      kernelTitle: 'Python 3',
      language: 'python',
      cells: [
        {
          type: 'markdown',
          source: '# Title\ntext',
          executionCount: null,
          tags: [],
          outputs: [],
        },
        {
          type: 'code',
          source: 'x = 1\ny',
          executionCount: 1,
          tags: ['parameters'],
          outputs: [{ kind: 'text', text: 'a\nb', stream: 'stderr' }],
        },
        { type: 'raw', source: 'raw', executionCount: null, tags: [], outputs: [] },
      ],
    });
  });

  it('reads format 3 with its worksheets, headings and short names', () => {
    const notebook = parse({
      nbformat: 3,
      nbformat_minor: 0,
      metadata: { name: 'old' },
      worksheets: [
        {
          cells: [
            { cell_type: 'heading', level: 2, source: ['Old\n', 'title'] },
            {
              cell_type: 'code',
              input: ['print 1'],
              language: 'python',
              prompt_number: 3,
              outputs: [
                { output_type: 'stream', stream: 'stdout', text: ['1\n'] },
                { output_type: 'pyout', prompt_number: 3, text: ['2'], png: 'AAAA\n' },
                { output_type: 'pyerr', ename: 'E', evalue: 'v', traceback: ['l1', 'l2'] },
              ],
            },
          ],
        },
        { cells: [{ cell_type: 'html', source: '<b>x</b>' }] },
      ],
    });
    expect(notebook.cells.map(({ type, source }) => [type, source])).toEqual([
      ['markdown', '## Old title'],
      ['code', 'print 1'],
      ['markdown', '<b>x</b>'],
    ]);
    expect(notebook.cells[1]).toMatchObject({
      executionCount: 3,
      outputs: [
        { kind: 'text', text: '1\n', stream: 'stdout' },
        { kind: 'image', mime: 'image/png', base64: 'AAAA', text: '2' },
        { kind: 'error', name: 'E', message: 'v', text: 'l1\nl2' },
      ],
    });
    expect(notebookTitle(notebook)).toBe('Old title');
  });

  it('takes a byte order mark', () => {
    expect(parseNotebook(`\ufeff${JSON.stringify({ nbformat: 4, cells: [] })}`, 'a').cells).toEqual(
      [],
    );
  });
});

describe('what is no notebook', () => {
  it.each([
    ['', 'empty'],
    [' \n', 'empty'],
    ['[]', 'no object'],
    ['"x"', 'no object'],
    ['null', 'no object'],
    ['{}', 'names no format'],
    ['{"nbformat": "4"}', 'names no format'],
    ['{"nbformat": 4.5}', 'names no format'],
    ['<<<<<<< HEAD\n{}', 'merge conflict'],
  ])('%j', (text, words) => {
    const { code: kind, message } = failure(text);
    expect(kind).toBe('corrupt');
    expect(message).toContain(words);
    expect(message).toMatch(/^a\.ipynb .*\. .*\.$/s);
  });

  it.each([
    [-1, /Open it in Jupyter/],
    [2, /Open it in Jupyter/],
    [5, /Update Cairn/],
  ])('format %i', (nbformat, words) => {
    const { code: kind, message } = failure(JSON.stringify({ nbformat }));
    expect(kind).toBe('unsupported');
    expect(message).toMatch(words);
  });

  it('says so of a notebook that was cut anywhere', () => {
    const whole = JSON.stringify({ cells: [code([])], metadata: {}, nbformat: 4 });
    for (let length = 1; length < whole.length; length += 1) {
      expect(failure(whole.slice(0, length)).code).toBe('corrupt');
    }
  });
});

describe('outputs', () => {
  it('takes text as a list and as one string, and joins what a stream flushed', () => {
    const stream = (text: unknown, name = 'stdout') => ({ output_type: 'stream', name, text });
    expect(
      outputsOf([stream('a'), stream(['b', 'c']), stream('d', 'stderr'), stream('e')]),
    ).toEqual([
      { kind: 'text', text: 'abc', stream: 'stdout' },
      { kind: 'text', text: 'd', stream: 'stderr' },
      { kind: 'text', text: 'e', stream: 'stdout' },
    ]);
    expect(shown({ 'text/html': ['<b>', 'x</b>'] })).toEqual([{ kind: 'html', text: '<b>x</b>' }]);
  });

  it('shows the richest form', () => {
    const all = {
      'text/plain': 'p',
      'text/latex': 'l',
      'text/markdown': 'm',
      'text/html': '<p>h</p>',
      'image/svg+xml': '<svg/>',
      'image/png': 'AAAA',
    };
    const kinds = Object.keys(all).map((_, left) =>
      shown(Object.fromEntries(Object.entries(all).slice(0, left + 1)))?.map((one) => one.kind),
    );
    expect(kinds).toEqual([['text'], ['latex'], ['markdown'], ['html'], ['svg'], ['image']]);
    expect(shown({ 'application/json': { a: [1] } })).toEqual([
      { kind: 'json', text: '{\n  "a": [\n    1\n  ]\n}' },
    ]);
  });

  it('takes no text for a picture that is none', () => {
    expect(shown({ 'image/png': '"><script>', 'text/plain': 'p' })).toEqual([
      { kind: 'text', text: 'p', stream: null },
    ]);
  });

  it.each([
    '<div id="x"></div><script>draw()</script>',
    '<!-- <b>no</b> --><style>b{}</style><SCRIPT type="x">document.write("<b>y</b>")</SCRIPT >\n',
    '<div><script>never closed',
  ])('prefers the text of a page that only scripts would fill: %s', (html) => {
    expect(shown({ 'text/html': html, 'text/plain': 'Figure' })).toEqual([
      { kind: 'text', text: 'Figure', stream: null },
    ]);
    expect(shown({ 'text/html': html })).toEqual([{ kind: 'script', what: 'text/html' }]);
  });

  it.each([
    '<table></table>',
    'words <script>x</script>',
    '<script>x</script>words',
    '<img src=x>',
  ])('shows a page that has more than scripts: %s', (html) =>
    expect(shown({ 'text/html': html })).toEqual([{ kind: 'html', text: html }]),
  );

  it('names what only a script could draw', () => {
    expect(shown({ 'application/javascript': 'alert(1)' })).toEqual([
      { kind: 'script', what: 'application/javascript' },
    ]);
    expect(shown({})).toEqual([]);
  });

  it('shows the pictures attached to a text', () => {
    const attachments = { 'a.png': { 'image/png': 'AAAA' }, 'b.txt': { 'text/plain': 'no' }, c: 1 };
    expect(v4([markdown('![a](attachment:a.png)', { attachments })]).cells[0]?.outputs).toEqual([
      { kind: 'image', mime: 'image/png', base64: 'AAAA', text: 'a.png' },
    ]);
  });

  it('shows a traceback that is one string', () => {
    expect(
      outputsOf([{ output_type: 'error', ename: 'E', evalue: 'v', traceback: 'one' }]),
    ).toEqual([{ kind: 'error', name: 'E', message: 'v', text: 'one' }]);
  });
});

describe('titles and order', () => {
  it.each([
    ['# One ##\n', 'One'],
    ['text\n\n## About C#\n', 'About C#'],
    ['```\n# comment\n```\n# Real', 'Real'],
    ['Under\r\n=====\r\n', 'Under'],
    ['#no heading\n####### seven', null],
    ['# #\n# Next', 'Next'],
  ])('%j', (source, title) => expect(notebookTitle(v4([markdown(source)]))).toBe(title));

  it.each([
    [[1, 2, 3], 'order'],
    [[4, 6, 9], 'order'],
    [[1, null], 'part'],
    [[2, 1], 'mixed'],
    [[1, 1], 'mixed'],
    [[null, null], 'not'],
    [[], 'none'],
  ])('%j is %s', (counts, order) => {
    const cells = counts.map((count) => code([], { execution_count: count }));
    expect(executionOrder(v4(cells))).toBe(order);
  });
});

describe('hostile notebooks', () => {
  const names =
    'cells worksheets cell_type source input outputs output_type data text name stream metadata tags kernelspec language_info attachments level execution_count prompt_number text/plain text/html image/png application/json traceback ename evalue __proto__ constructor'.split(
      ' ',
    );
  /** Objects with the names that a notebook has, and anything as their values. */
  const anything = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: 'medium' },
      fc.constantFrom<unknown>(null, true, -1, 0, 4, 1e308, '', 'x', '# x', '__proto__', []),
      fc.constantFrom('code', 'markdown', 'heading', 'stream', 'error', 'display_data', 'pyout'),
      fc.array(tie('value'), { maxLength: 4 }),
      tie('object'),
    ),
    object: fc.dictionary(fc.constantFrom(...names), tie('value')),
  }));

  it('are read whatever type anything has', () => {
    fc.assert(
      fc.property(anything.value, fc.constantFrom(3, 4), (cells, nbformat) => {
        const notebook = parse({
          nbformat,
          metadata: cells,
          cells: [cells, { cell_type: 'code', outputs: [cells] }],
          worksheets: [cells, { cells: [cells] }],
        });
        for (const cell of notebook.cells) {
          expect(cell.source).toBeTypeOf('string');
          expect(['code', 'markdown', 'raw']).toContain(cell.type);
          for (const output of cell.outputs) {
            if ('text' in output) expect(output.text).toBeTypeOf('string');
          }
        }
        notebookTitle(notebook);
        executionOrder(notebook);
      }),
      { numRuns: 500 },
    );
  });

  it('are refused with a sentence, or read, whatever bytes they have', () => {
    const whole = JSON.stringify({ cells: [code([]), markdown('# a')], nbformat: 4 });
    fc.assert(
      fc.property(fc.nat(whole.length), fc.string({ maxLength: 4 }), fc.nat(4), (at, put, cut) => {
        try {
          parseNotebook(whole.slice(0, at) + put + whole.slice(at + cut), 'a');
        } catch (error) {
          expect(error).toBeInstanceOf(CairnError);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('may be nested deeper than a call stack', () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const object = `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`;
    for (const value of [deep, object]) {
      const text = `{"nbformat":4,"metadata":${value},"cells":[${value},{"cell_type":"code","outputs":[${value},{"output_type":"display_data","data":{"application/json":${value}}}]}]}`;
      try {
        expect(parseNotebook(text, 'a').cells).toHaveLength(2);
      } catch (error) {
        expect(error).toBeInstanceOf(CairnError);
      }
    }
  });

  it('of 20 MB and 10 000 cells are read in less than a few seconds', () => {
    const line = `${'x'.repeat(199)}\n`;
    const cells = Array.from({ length: 10_000 }, (_, index) =>
      code(
        Array.from({ length: 5 }, () => ({
          output_type: 'stream',
          name: 'stdout',
          text: [line, line],
        })),
        { execution_count: index + 1 },
      ),
    );
    const text = JSON.stringify({ cells, nbformat: 4 });
    expect(text.length).toBeGreaterThan(20e6);
    const from = performance.now();
    const notebook = parseNotebook(text, 'a');
    expect(performance.now() - from).toBeLessThan(5000);
    expect(notebook.cells).toHaveLength(10_000);
    expect(executionOrder(notebook)).toBe('order');
  });

  it.each([
    ['a heading of marks', markdown(`# ${'#'.repeat(19_990)}x`)],
    ['a heading of spaces', markdown(`# ${' \t'.repeat(9_990)}x`)],
    ['scripts that never end', code([html('<script>'.repeat(250_000))])],
    ['comments that never end', code([html('<!--'.repeat(500_000))])],
    ['tags that never end', code([html('<'.repeat(2_000_000))])],
    ['styles and scripts', code([html('<style><script></style>'.repeat(80_000))])],
    ['a picture of spaces', code([html(' ', { 'image/png': ' '.repeat(5e6) })])],
    ['a picture of padding', code([html(' ', { 'image/png': '='.repeat(5e6) })])],
  ])('do not keep anybody waiting: %s', (_, cell) => {
    const from = performance.now();
    notebookTitle(v4([cell]));
    expect(performance.now() - from).toBeLessThan(1500);
  });
});

function html(text: string, more: object = {}) {
  return { output_type: 'display_data', metadata: {}, data: { 'text/html': text, ...more } };
}
