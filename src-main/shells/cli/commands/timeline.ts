/** `cairn timeline`. */
import { CairnError } from '../../../base/errors.ts';
import type { TimelineCell } from '../../../contract/timeline.ts';
import { localTime, number, oneLine, paint, print, printJson } from '../output.ts';
import { type GlobalOptions, withWorkspace } from '../session.ts';

export async function timeline(
  options: GlobalOptions & { readonly limit: string; readonly oldest: boolean },
): Promise<void> {
  const limit = Number(options.limit);
  if (!Number.isInteger(limit) || limit < 1 || limit > 1000) {
    throw new CairnError('invalid', '--limit takes a whole number from 1 to 1000.');
  }
  await withWorkspace(
    options,
    async (cli) => {
      const page = await cli.call('timeline.list', {
        order: options.oldest ? 'oldest' : 'newest',
        limit,
      });
      const { historyProblem } = cli.app.session();
      if (historyProblem !== null) process.stderr.write(`cairn: ${oneLine(historyProblem)}\n`);
      if (options.json) printJson(page);
      else if (page.cells.length === 0) print('Nothing has happened here yet.');
      else for (const cell of page.cells) print(cellLine(cell));
    },
    { index: true },
  );
}

/** One line (or two) for a cell, as `cairn open` prints them too. */
export function cellLine(cell: TimelineCell): string {
  const when = paint('dim', localTime(cell.at).slice(0, 16));
  switch (cell.kind) {
    case 'run': {
      const metrics = cell.metrics.slice(0, 3).map((one) => `${one.key} ${number(one.value)}`);
      const params = cell.params.map(
        (one) => `${one.key} ${one.before ?? '–'} → ${one.after ?? '–'}`,
      );
      const facts = [cell.run.status.toLowerCase(), ...params, ...metrics].join('  ');
      return `${when}  ● ${paint('bold', cell.run.label)} ${oneLine(cell.run.name, 40)}  ${facts}`;
    }
    case 'commit':
      return `${when}  ◆ ${cell.oid.slice(0, 8)} ${oneLine(cell.subject, 72)}  ${paint('dim', cell.author)}`;
    case 'data':
      return `${when}  ▤ ${cell.changes.map((one) => `${one.change} ${one.path}`).join(', ')}`;
    case 'note':
      return `${when}  ✎ ${oneLine(cell.body, 100)}`;
    case 'promotion': {
      const what = {
        version: 'registered',
        stage: `→ ${cell.value}`,
        alias: `@${cell.value}`,
        unalias: `no longer @${cell.value}`,
      };
      return `${when}  ⬢ ${oneLine(cell.name, 60)} ${cell.version} ${what[cell.change]}${cell.run === null ? '' : `  from ${cell.run.label}`}`;
    }
    case 'bundle':
      return `${when}  ⬡ ${cell.reproduced === false ? 'not reproduced' : cell.direction} ${cell.label}: ${cell.path}`;
  }
}
