import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCellText } from '../../../src-main/notebooks/cell-text.ts';
import {
  applySpans,
  findModules,
  findPaths,
  invertSpans,
} from '../../../src-main/notebooks/references.ts';

const files = new Set(['nb/01_a.ipynb', 'nb/02_b c.ipynb', '01_a.ipynb']);
const set = {
  folder: 'nb',
  names: new Map([
    ['01_a.ipynb', '02_a.ipynb'],
    ['02_b c.ipynb', '01_b c.ipynb'],
  ]),
  has: (path: string) => files.has(path),
};
const change = (text: string, bases = ['nb', '']) => applySpans(text, findPaths(text, bases, set));

describe('paths in a text', () => {
  it.each([
    ['%run 01_a.ipynb', '%run 02_a.ipynb'],
    ['%run ./01_a.ipynb -x', '%run ./02_a.ipynb -x'],
    ['%run "02_b c.ipynb"', '%run "01_b c.ipynb"'],
    [
      "pm.execute_notebook('nb/01_a.ipynb', 'out.ipynb')",
      "pm.execute_notebook('nb/02_a.ipynb', 'out.ipynb')",
    ],
    ['!jupyter nbconvert --execute 02_b\\ c.ipynb', '!jupyter nbconvert --execute 01_b\\ c.ipynb'],
    [
      '[b](02_b%20c.ipynb#top) and [a](../nb/01_a.ipynb)',
      '[b](01_b%20c.ipynb#top) and [a](../nb/02_a.ipynb)',
    ],
    ['See 01_a.ipynb.', 'See 02_a.ipynb.'],
  ])('%s', (before, after) => expect(change(before)).toBe(after));

  it('leaves what is another file', () => {
    const text =
      'my01_a.ipynb 01_a.ipynb.bak 01_a.ipynbx other/01_a.ipynb https://x.org/01_a.ipynb';
    expect(change(text)).toBe(text);
    expect(change('01_a.ipynb', [''])).toBe('01_a.ipynb');
  });

  it('can be taken back', () => {
    const word = fc.constantFrom(
      '01_a.ipynb',
      '02_b c.ipynb',
      '"',
      ' ',
      'nb/',
      '(',
      '\n',
      'x',
      '02_b%20c.ipynb',
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 30 }), (words) => {
        const text = words.join('');
        const spans = findPaths(text, ['nb', ''], set);
        expect(applySpans(applySpans(text, spans), invertSpans(text, spans))).toBe(text);
      }),
    );
  });
});

describe('modules', () => {
  it('are renamed where their name is a string, and told of where a statement cannot say it', () => {
    const renamed = {
      ...set,
      names: new Map([
        ['01_a.ipynb', '02_a.ipynb'],
        ['tools.ipynb', '03_tools.ipynb'],
      ]),
    };
    const text = 'import import_ipynb\nimport tools\nm = importlib.import_module("01_a")\n';
    const { spans, unwritable } = findModules(text, ['nb'], renamed);
    expect(applySpans(text, spans)).toContain('import_module("02_a")');
    expect(unwritable).toEqual(['tools']);
  });
});

describe('the cells of a notebook as one text', () => {
  const notebook = (cells: unknown[]) =>
    JSON.stringify({ cells, metadata: {}, nbformat: 4 }, null, 1);

  it('has sources only, and puts names back where they stood', () => {
    const json = notebook([
      {
        cell_type: 'code',
        source: ['é\t"\\n"\n', '%run "01_a.ipynb"'],
        outputs: [{ text: '01_a.ipynb' }],
      },
      { cell_type: 'markdown', source: 'x\n[a](01_a.ipynb)' },
    ]);
    const cells = readCellText(json);
    const spans = cells.toFile(findPaths(cells.text, ['nb'], set));
    const after = JSON.parse(applySpans(json, spans ?? []));
    expect(after.cells[0].source[1]).toBe('%run "02_a.ipynb"');
    expect(after.cells[0].outputs[0].text).toBe('01_a.ipynb');
    expect(after.cells[1].source).toBe('x\n[a](02_a.ipynb)');
  });

  it('knows the place of every character', () => {
    const source = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.array(fc.string({ unit: 'binary' })),
    );
    fc.assert(
      fc.property(fc.array(source, { maxLength: 6 }), (sources) => {
        const json = notebook(sources.map((one) => ({ cell_type: 'code', source: one })));
        const cells = readCellText(json);
        expect(cells.text).toBe(
          sources
            .filter((one) => typeof one === 'string' || one.length > 0)
            .map((one) => [one].flat().join(''))
            .join('\n'),
        );
        for (const [at, character] of [...cells.text].entries()) {
          if (character !== 'a' || at > 50) continue;
          const place = cells.text.indexOf('a');
          const spans = cells.toFile([{ from: place, to: place + 1, text: 'b' }]);
          const changed = readCellText(applySpans(json, spans ?? []));
          expect(changed.text).toBe(cells.text.replace('a', 'b'));
        }
      }),
    );
  });
});
