/** Cells of the timeline as Markdown: what every format of the export is made from. */
import type { RunCell, TimelineCell } from '../../contract/timeline.ts';

/** A heading of its own for a cell, and what stands below it. Names are escaped, notes are not. */
export function cellText(cell: TimelineCell): string {
  const time = new Date(cell.at).toISOString().slice(11, 16);
  switch (cell.kind) {
    case 'run':
      return runText(cell, time);
    case 'commit':
      return paragraphs(
        `### ${time} Commit ${plain(cell.subject)}`,
        `${plain(cell.author)}, \`${cell.oid.slice(0, 10)}\`${cell.refs.map((ref) => ` ${code(ref)}`).join('')}`,
        cell.body.trim() === '' ? '' : quote(cell.body),
        changes(cell.params),
        metrics(cell.metrics),
      );
    case 'data':
      return paragraphs(
        `### ${time} Data`,
        cell.changes.map((one) => `- ${one.change} ${code(one.path)}`).join('\n'),
      );
    case 'note':
      return paragraphs(`### ${time} Note`, cell.body);
    case 'bundle': {
      const what =
        cell.reproduced === false
          ? 'Not reproduced'
          : cell.direction === 'exported'
            ? 'Exported'
            : 'Reproduced';
      return paragraphs(`### ${time} ${what} ${plain(cell.label)}`, code(cell.path));
    }
    case 'promotion': {
      const what = {
        version: 'was registered',
        stage: `went from ${plain(cell.before)} to ${plain(cell.value)}`,
        alias: `is now @${plain(cell.value)}`,
        unalias: `is no longer @${plain(cell.value)}`,
      };
      const from = cell.run === null ? '' : `From ${plain(cell.run.label)}.`;
      const head = `### ${time} ${plain(cell.name)} version ${cell.version} ${what[cell.change]}`;
      return paragraphs(head, from);
    }
  }
}

function runText(cell: RunCell, time: string): string {
  const { run, previous } = cell;
  const took =
    run.startedAt === null || run.endedAt === null
      ? ''
      : `, ${Number(((run.endedAt - run.startedAt) / 1000).toPrecision(3))} s`;
  return paragraphs(
    `### ${time} ${plain(run.label)} ${plain(run.name)}`,
    `${run.status.toLowerCase()}${took}${previous === null ? '' : `, against ${plain(previous.label)}`}`,
    run.command === '' ? '' : code(run.command),
    changes(cell.params),
    metrics(cell.metrics),
    run.note,
  );
}

function changes(params: RunCell['params']): string {
  return params
    .map(({ key, before, after }) => `- ${code(key)}: ${value(before)} → ${value(after)}`)
    .join('\n');
}

function metrics(all: RunCell['metrics']): string {
  if (all.length === 0) return '';
  const rows = all.map(({ key, value, before, better }) => {
    const change = value === null || before === null ? null : value - before;
    const sign = better === null ? '' : better ? ' (better)' : ' (worse)';
    const moved =
      change === null || change === 0 ? '' : `${change > 0 ? '+' : ''}${short(change)}${sign}`;
    return `| ${plain(key)} | ${value === null ? 'NaN' : short(value)} | ${moved} |`;
  });
  return ['| Metric | Value | Change |', '|---|---:|---:|', ...rows].join('\n');
}

function value(text: string | null): string {
  return text === null ? '–' : code(text);
}

/** Six significant digits. */
export function short(number: number): string {
  return String(Number(number.toPrecision(6)));
}

function quote(text: string): string {
  return text
    .trim()
    .split('\n')
    .map((line) => `> ${plain(line)}`)
    .join('\n');
}

function paragraphs(...parts: readonly string[]): string {
  return parts.filter((part) => part.trim() !== '').join('\n\n');
}

/** Text that is never taken for Markdown, on one line. */
export function plain(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_{}[\]<>()#+\-.!|~$&:@]/g, '\\$&');
}

/** Inline code with a fence longer than any within, as CommonMark wants it. */
export function code(text: string): string {
  const one = text.replace(/\s+/g, ' ').trim();
  if (one === '') return '';
  const longest = Math.max(0, ...(one.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = one.startsWith('`') || one.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${one}${pad}${fence}`;
}
