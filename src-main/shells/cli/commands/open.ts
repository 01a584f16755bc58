/** `cairn open`. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { programFolder } from '../../../base/program-folder.ts';
import { paint, print, printJson, table } from '../output.ts';
import { CliSession, type GlobalOptions } from '../session.ts';
import { serve } from './serve.ts';
import { cellLine } from './timeline.ts';

export async function open(
  options: GlobalOptions & { readonly window: boolean },
  folder: string | undefined,
): Promise<void> {
  const path = folder ?? options.directory;
  await look(path, options.json);
  if (!options.window || options.json) return;
  const electron = electronBinary();
  if (electron === null) {
    await serve({ ...options, port: '0', open: true }, path);
    return;
  }
  spawn(electron, [programFolder(), path], { detached: true, stdio: 'ignore' }).unref();
}

/** Audits the folder and prints what there is. */
async function look(path: string, json: boolean): Promise<void> {
  const cli = await CliSession.start();
  try {
    cli.cancelOnInterrupt();
    const info = await cli.call('workspace.open', { path });
    const { items } = await cli.call('workspace.audit', {});
    const { cells } = await cli.call('timeline.list', { limit: 10 });
    if (json) {
      printJson({ workspace: info, items, timeline: cells });
      return;
    }
    const trust = info.trusted ? 'trusted' : 'not trusted: read only, nothing is run or written';
    print(`${paint('bold', info.name)}  ${info.root}  (${trust})`);
    if (info.git?.problem) print(paint('red', info.git.problem));
    else if (info.git !== null) {
      const commits = `${info.counts.commits} ${info.counts.commits === 1 ? 'commit' : 'commits'}`;
      const operation =
        info.git.operation === null ? '' : `, in the middle of a ${info.git.operation}`;
      print(`git ${info.git.branch ?? 'detached'}, ${commits}${operation}`);
    }
    if (info.pipeline.problem !== null) print(paint('red', info.pipeline.problem));
    if (items.length > 0) {
      const rows = items.map((item) => [item.kind, item.path, item.problem ?? item.detail]);
      print(`\n${table(['found', 'where', 'what'], rows)}`);
    } else print('Nothing that Cairn knows was found here.');
    if (cells.length > 0) {
      print(`\n${paint('dim', 'latest')}`);
      for (const cell of cells) print(cellLine(cell));
    }
  } finally {
    await cli.end();
  }
}

function electronBinary(): string | null {
  const marker = join(programFolder(), 'node_modules', 'electron', 'path.txt');
  if (!existsSync(marker)) return null;
  const binary = join(
    programFolder(),
    'node_modules',
    'electron',
    'dist',
    readFileSync(marker, 'utf8').trim(),
  );
  return existsSync(binary) ? binary : null;
}
