/** `cairn diff FILE FILE`: two files by what is in them. */
import { CairnError } from '../../../base/errors.ts';
import type { CellChange, ContentDiff, SettingsChange } from '../../../contract/diff-content.ts';
import { oneLine, paint, print, printJson, size, table } from '../output.ts';
import { CliSession, type GlobalOptions } from '../session.ts';
import { diffModels } from './diff-models.ts';
import { diffTables } from './diff-tables.ts';
import { fileSource, openFor } from './file-sources.ts';

/** @param as the kind to compare them as, or null for the best there is */
export async function diffFiles(
  options: GlobalOptions & { readonly to?: string; readonly overwrite?: boolean },
  left: string,
  right: string,
  as: ContentDiff['body']['kind'] | null,
): Promise<void> {
  const cli = await CliSession.start();
  try {
    cli.cancelOnInterrupt();
    await openFor(cli, options, [left, right]);
    const pair = {
      left: fileSource(left),
      right: fileSource(right),
    };
    const diff = await cli.call('diff.content', { ...pair, as });
    if (diff.body.kind === 'model') return await diffModels(cli, options, pair);
    if (options.to !== undefined) throw onlyModels();
    if (diff.body.kind === 'table') return await diffTables(cli, options, pair);
    if (options.json) return printJson(diff);
    for (const note of diff.notes) print(paint('dim', note));
    await printBody(diff, left, right);
  } finally {
    await cli.end();
  }
}

/** Reports to a file are of models. */
export function onlyModels(): CairnError {
  return new CairnError(
    'invalid',
    '--to writes a report of two model files. Name two model files, or leave it out.',
  );
}

async function printBody(diff: ContentDiff, left: string, right: string): Promise<void> {
  if (diff.identical) return print('The two files are the same, byte by byte.');
  const { body } = diff;
  switch (body.kind) {
    case 'notebook':
      return await printNotebook(body.cells, body.metadata);
    case 'settings':
      print(body.total === 0 ? 'No value differs.' : settings(body.changes));
      if (body.total > body.changes.length) print(`${body.total} values differ in all.`);
      return;
    case 'text':
      return print(await patch(left, right, body.left ?? '', body.right ?? ''));
    case 'image':
      return printImages(diff, body);
    default:
      print(`The files differ: ${size(diff.left.sizeBytes)} and ${size(diff.right.sizeBytes)}.`);
  }
}

function printImages(
  { left, right }: ContentDiff,
  body: Extract<ContentDiff['body'], { kind: 'image' }>,
): void {
  const say = (image: typeof body.left, bytes: number | null): string =>
    `${image?.mime ?? ''} ${image?.width ?? '?'} × ${image?.height ?? '?'}, ${size(bytes)}`;
  print(
    `The images differ: ${say(body.left, left.sizeBytes)} → ${say(body.right, right.sizeBytes)}`,
  );
  print('“cairn open --window” shows them over each other.');
}

function settings(changes: readonly SettingsChange[]): string {
  return table(
    ['key', 'change', 'before', 'after'],
    changes.map((one) => [
      oneLine(one.path, 60),
      one.from === null ? one.change : `moved from ${one.from}`,
      oneLine(one.left ?? '–', 50),
      oneLine(one.right ?? '–', 50),
    ]),
  );
}

async function printNotebook(
  cells: readonly CellChange[],
  metadata: readonly SettingsChange[],
): Promise<void> {
  const changed = cells.filter((cell) => cell.change !== 'same' || cell.moved);
  for (const cell of changed) {
    print(paint('bold', headOf(cell)));
    if (cell.sourceChanged) print(await sourceOf(cell));
    for (const { change, left, right } of cell.outputs) {
      if (change === 'same') continue;
      const what = (right ?? left)?.kind ?? '';
      print(`  output ${what}: ${change}`);
      if (left?.text == null && right?.text == null) continue;
      print(indent(await patch('before', 'after', left?.text ?? '', right?.text ?? '')));
    }
    if (cell.metadata.length > 0) print(indent(settings(cell.metadata)));
  }
  if (metadata.length > 0)
    print(`${paint('bold', 'notebook metadata')}\n${indent(settings(metadata))}`);
  if (changed.length === 0 && metadata.length === 0) {
    print('The cells are the same. Only execution counts or layout differ.');
  } else print(`\n${changed.length} of ${cells.length} cells differ. Nothing was run.`);
}

function headOf({ change, moved, left, right }: CellChange): string {
  const place = (side: CellChange['left']) => (side === null ? '–' : `${side.index + 1}`);
  const type = (right ?? left)?.type ?? '';
  const where =
    moved || left?.index !== right?.index ? `${place(left)} → ${place(right)}` : place(left);
  const words = [change === 'same' ? '' : change, moved ? 'moved' : ''].filter(Boolean);
  return `cell ${where} (${type}): ${words.join(', ')}`;
}

async function sourceOf({ change, left, right }: CellChange): Promise<string> {
  if (change === 'added') return lines('green', '+', right?.source ?? '');
  if (change === 'removed') return lines('red', '−', left?.source ?? '');
  // A cell's last line has no end, which is nothing to tell.
  return indent(await patch('before', 'after', `${left?.source}\n`, `${right?.source}\n`));
}

function lines(colour: 'green' | 'red', sign: string, text: string): string {
  return text
    .split('\n')
    .map((line) => paint(colour, `  ${sign} ${printable(line)}`))
    .join('\n');
}

/** A unified patch with its lines coloured. */
async function patch(from: string, to: string, left: string, right: string): Promise<string> {
  const { createTwoFilesPatch } = await import('diff');
  const text = createTwoFilesPatch(from, to, left, right, undefined, undefined, {
    context: 3,
    timeout: 5000,
  });
  if (text === undefined) return 'Too much differs to list it line by line.';
  return text
    .split('\n')
    .slice(1)
    .filter((line) => line !== '')
    .map((line) => paintLine(printable(line)))
    .join('\n');
}

function paintLine(line: string): string {
  if (line.startsWith('+')) return paint('green', line);
  return line.startsWith('-') ? paint('red', line) : line;
}

/** What a file says must not speak to the terminal. */
function printable(line: string): string {
  return oneLine(line.replaceAll('\t', '    '));
}

function indent(text: string): string {
  return text.replace(/^/gm, '  ');
}
