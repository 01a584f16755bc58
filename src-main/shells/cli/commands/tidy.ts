/** `cairn trash` and `cairn tidy`. */
import { CairnError } from '../../../base/errors.ts';
import type { Output } from '../../../contract/index.ts';
import { localTime, oneLine, paint, print, printJson, size, table } from '../output.ts';
import { type CliSession, type GlobalOptions, withWorkspace } from '../session.ts';

/** Runs that are named before “… and so many more”. */
const shown = 20;

export async function trash(
  options: GlobalOptions & { readonly all: boolean },
  action: string | undefined,
  references: readonly string[],
): Promise<void> {
  await withWorkspace(options, async (cli) => {
    cli.cancelOnInterrupt();
    if (action === undefined || action === 'list') return listTrash(cli, options.json);
    if (!['put', 'restore', 'purge'].includes(action)) {
      throw new CairnError('invalid', `“${action}” is not put, restore, purge or list.`);
    }
    const whole = action === 'purge' && options.all;
    if (references.length === 0 && !whole) {
      throw new CairnError('invalid', `Which runs? “cairn trash ${action} 02.7”.`);
    }
    const ids = await Promise.all(
      references.map(async (reference) => (await cli.ask('runs.resolve', { reference })).id),
    );
    if (action === 'put') return reportMoved(await cli.call('trash.move', { ids }), options.json);
    if (action === 'restore') {
      const { restored } = await cli.call('trash.restore', { ids });
      if (options.json) printJson({ restored });
      else print(`Brought back ${count(restored.length)}.`);
      return;
    }
    const done = await cli.call('trash.purge', { ids: whole ? null : ids });
    if (options.json) printJson(done);
    else print(`Removed ${count(done.purged)} for good, ${size(done.bytes)}.`);
  });
}

async function listTrash(cli: CliSession, json: boolean): Promise<void> {
  const { rows: listed, total } = await cli.ask('trash.list', { offset: 0, limit: 1000 });
  const { bytes } = await cli.ask('trash.sizes', { ids: listed.map((row) => row.id) });
  const rows = listed.map((row, at) => ({ ...row, bytes: bytes[at] ?? 0 }));
  if (json) {
    printJson({ rows, total });
    return;
  }
  if (total === 0) {
    print('The trash is empty.');
    return;
  }
  const cells = rows.map((row) => [
    row.label,
    oneLine(row.name, 40),
    row.status.toLowerCase(),
    localTime(row.deletedAt),
    size(row.bytes),
  ]);
  print(table(['run', 'name', 'status', 'trashed', 'size'], cells, [4]));
  if (rows.length < total) print(`… and ${total - rows.length} more`);
}

export async function tidy(
  options: GlobalOptions & { readonly filter?: string; readonly sweep: boolean },
  rule: string | undefined,
): Promise<void> {
  await withWorkspace(options, async (cli) => {
    cli.cancelOnInterrupt();
    if (rule === undefined && options.filter === undefined) return listRules(cli, options.json);
    if (rule !== undefined && options.filter !== undefined) {
      throw new CairnError('invalid', 'Name a rule, or give a --filter; not both.');
    }
    const what = rule === undefined ? { filter: options.filter ?? '' } : { rule };
    if (options.sweep) return reportMoved(await cli.call('tidy.sweep', what), options.json);
    const preview = {
      ...(await cli.ask('tidy.preview', what)),
      ...(await cli.ask('tidy.measure', what)),
    };
    if (options.json) {
      printJson(preview);
      return;
    }
    for (const row of preview.rows.slice(0, shown)) {
      print(`  ${row.label}  ${oneLine(row.name, 40)}  ${paint('dim', row.status.toLowerCase())}`);
    }
    if (preview.count > shown) print(`  … and ${preview.count - shown} more`);
    const protectedRuns = preview.kept.length === 0 ? '' : `; ${preview.kept.length} protected`;
    print(`${count(preview.count)}, ${size(preview.bytes)}${protectedRuns}.`);
    if (preview.count > 0)
      print(paint('dim', 'Nothing was moved. Add --sweep to move them to the trash.'));
  });
}

async function listRules(cli: CliSession, json: boolean): Promise<void> {
  const { rules } = await cli.ask('tidy.rules', {});
  if (json) {
    printJson({ rules });
    return;
  }
  const cells = rules.map((rule) => [
    rule.id,
    rule.name,
    rule.automatic ? 'yes' : 'no',
    rule.filter,
  ]);
  print(table(['rule', 'what', 'automatic', 'filter'], cells));
}

function reportMoved(moved: Output<'trash.move'>, json: boolean): void {
  if (json) {
    printJson(moved);
    return;
  }
  print(`Moved ${count(moved.moved.length)} to the trash.`);
  for (const why of ['running', 'starred', 'registered', 'bundled'] as const) {
    const left = moved.kept.filter((one) => one.why === why).length;
    if (left > 0) print(`  ${count(left)} left alone: ${why}`);
  }
}

function count(runs: number): string {
  return runs === 1 ? '1 run' : `${runs} runs`;
}
