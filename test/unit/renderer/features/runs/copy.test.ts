import { describe, expect, it } from 'vitest';
import { writeTable } from '../../../../../src-renderer/features/runs/table/copy.ts';

const table = {
  header: ['run', 'a|b', 'my_key'],
  rows: [
    ['x, "y"', '1', '100 %'],
    ['=SUM(A1)', '-2', 'a\nb'],
  ],
  numeric: [false, true, false],
};

describe('copying a table', () => {
  it('as CSV quotes, and marks what a spreadsheet would run', () => {
    expect(writeTable(table, 'csv')).toBe(
      'run,a|b,my_key\n"x, ""y""",1,100 %\n\'=SUM(A1),-2,"a\nb"\n',
    );
  });

  it('as Markdown has numbers at the right and no bars in cells', () => {
    expect(writeTable(table, 'markdown')).toBe(
      '| run | a\\|b | my_key |\n| --- | ---: | --- |\n| x, "y" | 1 | 100 % |\n| =SUM(A1) | -2 | a b |\n',
    );
  });

  it('as LaTeX escapes every sign that means something', () => {
    const signs = { header: ['\\{}$&#%_~^<>|±'], rows: [], numeric: [false] };
    expect(writeTable(signs, 'latex')).toContain(
      '\\textbackslash{}\\{\\}\\$\\&\\#\\%\\_\\textasciitilde{}\\textasciicircum{}\\textless{}\\textgreater{}\\textbar{}$\\pm$',
    );
    expect(writeTable(table, 'latex')).toContain('\\begin{tabular}{lrl}');
  });
});
