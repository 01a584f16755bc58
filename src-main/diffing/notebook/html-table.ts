/** The first table of a piece of HTML, such as a data frame's, as texts. No HTML is kept. */

const maxColumns = 100;
const maxCell = 500;

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

/**
 * Rows of cells, the head among them. Null when there is no table.
 * @param limit of rows that are read
 */
export function readHtmlTable(html: string, limit: number): string[][] | null {
  const start = html.search(/<table[\s>]/i);
  if (start < 0) return null;
  const rows: string[][] = [];
  let row: string[] | null = null;
  let cell: string | null = null;
  const endCell = (): void => {
    if (cell !== null && row !== null && row.length < maxColumns) row.push(decode(cell));
    cell = null;
  };
  const endRow = (): void => {
    endCell();
    if (row !== null && row.length > 0) rows.push(row);
    row = null;
  };
  // A text, or a tag up to its end; a sign without an end is text as well.
  const tokens = /<(\/?)([a-z][a-z0-9]*)[^<>]*>|[^<]+|</giy;
  tokens.lastIndex = start;
  for (let token = tokens.exec(html); token !== null; token = tokens.exec(html)) {
    const [text, slash, tag] = token;
    if (tag === undefined) {
      if (cell !== null && cell.length < maxCell) cell += text;
      continue;
    }
    const name = tag.toLowerCase();
    if (name === 'table' && slash === '/') break;
    if (name === 'tr') {
      endRow();
      if (rows.length >= limit) break;
      if (slash === '') row = [];
    } else if (name === 'td' || name === 'th') {
      endCell();
      if (slash === '') cell = '';
    } else if (name === 'br' && cell !== null) cell += ' ';
  }
  endRow();
  return rows;
}

function decode(text: string): string {
  const plain = text.replace(/&(#x?[0-9a-f]{1,6}|[a-z]{2,8});/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return entities[name.toLowerCase()] ?? whole;
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
  return plain.replace(/\s+/g, ' ').trim().slice(0, maxCell).toWellFormed();
}
