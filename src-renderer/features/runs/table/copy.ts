/** A table of texts as CSV, Markdown or LaTeX. Pure. */

export type CopyFormat = 'csv' | 'markdown' | 'latex';

export interface TextTable {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Columns of numbers, which stand at the right. */
  readonly numeric: readonly boolean[];
}

export function writeTable(table: TextTable, format: CopyFormat): string {
  switch (format) {
    case 'csv':
      return writeCsv(table);
    case 'markdown':
      return writeMarkdown(table);
    case 'latex':
      return writeLatex(table);
  }
}

/** RFC 4180, with line feeds. A text that a spreadsheet would run as a formula is marked as text. */
function writeCsv({ header, rows }: TextTable): string {
  const cell = (text: string): string => {
    const safe = /^[=+@\t\r]/.test(text) || /^-[^\d.]/.test(text) ? `'${text}` : text;
    return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return [header, ...rows].map((row) => `${row.map(cell).join(',')}\n`).join('');
}

/** GitHub's tables. */
function writeMarkdown({ header, rows, numeric }: TextTable): string {
  const cell = (text: string): string =>
    text
      .replaceAll('\\', '\\\\')
      .replaceAll('|', '\\|')
      .replace(/\s*\n\s*/g, ' ');
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |\n`;
  const rule = `|${header.map((_, index) => (numeric[index] === true ? ' ---: ' : ' --- ')).join('|')}|\n`;
  return `${line(header)}${rule}${rows.map(line).join('')}`;
}

/** For the package booktabs. */
function writeLatex({ header, rows, numeric }: TextTable): string {
  const spec = header.map((_, index) => (numeric[index] === true ? 'r' : 'l')).join('');
  const line = (cells: readonly string[]): string => `  ${cells.map(latexText).join(' & ')} \\\\\n`;
  return [
    `\\begin{tabular}{${spec}}\n`,
    '  \\toprule\n',
    line(header),
    '  \\midrule\n',
    ...rows.map(line),
    '  \\bottomrule\n',
    '\\end{tabular}\n',
  ].join('');
}

const latexSigns: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '{': '\\{',
  '}': '\\}',
  $: '\\$',
  '&': '\\&',
  '#': '\\#',
  '%': '\\%',
  _: '\\_',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
  '<': '\\textless{}',
  '>': '\\textgreater{}',
  '|': '\\textbar{}',
  '±': '$\\pm$',
};

function latexText(text: string): string {
  return text
    .replace(/\s*\n\s*/g, ' ')
    .replace(/[\\{}$&#%_~^<>|±]/g, (sign) => latexSigns[sign] ?? sign);
}
