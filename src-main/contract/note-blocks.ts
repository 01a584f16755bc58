/**
 * The language of live blocks: `table FILTER order by ORDER show a, b limit N`, `chart METRIC, METRIC
 * where FILTER limit N`, `diff A B`. Filters and orders are those of docs/filter.md, read by the core.
 */

export type Block =
  | {
      readonly kind: 'table';
      readonly filter: string;
      readonly orderBy: string;
      /** Params and metrics to show; empty shows what differs. */
      readonly columns: readonly string[];
      readonly limit: number;
    }
  | {
      readonly kind: 'chart';
      readonly metrics: readonly string[];
      readonly filter: string;
      readonly orderBy: string;
      readonly limit: number;
    }
  | { readonly kind: 'diff'; readonly left: string; readonly right: string }
  | { readonly kind: 'problem'; readonly problem: BlockProblem; readonly subject: string };

export type BlockProblem = 'empty' | 'unknown' | 'noMetric' | 'notTwo' | 'limit';

const most = { table: 200, chart: 50 } as const;
const usual = { table: 10, chart: 10 } as const;

export function parseBlock(source: string): Block {
  const text = source.replace(/\s+/g, ' ').trim();
  const [, word = '', rest = ''] = /^(\S+) ?(.*)$/.exec(text) ?? [];
  switch (word.toLowerCase()) {
    case 'table': {
      const clauses = splitClauses(rest, ['order by', 'show', 'limit']);
      const limit = readLimit(clauses.limit, 'table');
      if (limit === null) return problem('limit', clauses.limit ?? '');
      const columns = splitList(clauses.show ?? '');
      return {
        kind: 'table',
        filter: clauses[''] ?? '',
        orderBy: clauses['order by'] ?? '',
        columns,
        limit,
      };
    }
    case 'chart': {
      const clauses = splitClauses(rest, ['where', 'order by', 'limit']);
      const limit = readLimit(clauses.limit, 'chart');
      if (limit === null) return problem('limit', clauses.limit ?? '');
      const metrics = splitList(clauses[''] ?? '');
      if (metrics.length === 0) return problem('noMetric', '');
      const filter = clauses.where ?? '';
      return { kind: 'chart', metrics, filter, orderBy: clauses['order by'] ?? '', limit };
    }
    case 'diff': {
      const sides = rest.split(' ').filter((side) => side !== '');
      const [left, right] = sides;
      if (left === undefined || right === undefined || sides.length > 2)
        return problem('notTwo', rest);
      return { kind: 'diff', left, right };
    }
    default:
      return problem(word === '' ? 'empty' : 'unknown', word);
  }
}

function problem(kind: BlockProblem, subject: string): Block {
  return { kind: 'problem', problem: kind, subject };
}

function readLimit(text: string | undefined, kind: keyof typeof most): number | null {
  if (text === undefined) return usual[kind];
  return /^\d{1,6}$/.test(text) && Number(text) > 0 ? Math.min(Number(text), most[kind]) : null;
}

/** What stands before the first keyword (under ''), and after each, in any order; quotes are kept whole. */
function splitClauses(text: string, keywords: readonly string[]): Record<string, string> {
  const pattern = new RegExp(
    `"(?:[^"]|"")*"|'(?:[^']|'')*'|\`[^\`]*\`|(?<![\\w.])(${keywords.join('|')})(?![\\w.(])`,
    'gi',
  );
  const clauses: Record<string, string> = {};
  let name = '';
  let from = 0;
  for (const match of text.matchAll(pattern)) {
    if (match[1] === undefined) continue;
    clauses[name] = text.slice(from, match.index).trim();
    name = match[1].toLowerCase();
    from = match.index + match[0].length;
  }
  clauses[name] = text.slice(from).trim();
  return clauses;
}

/** Names between commas; quotes and backticks around a name are taken off. */
function splitList(text: string): string[] {
  const names = text.match(/(?:"[^"]*"|'[^']*'|`[^`]*`|[^,])+/g) ?? [];
  return names.map((name) => name.trim().replace(/^(["'`])(.*)\1$/, '$2')).filter(Boolean);
}
