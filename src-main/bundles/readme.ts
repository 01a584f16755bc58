/** `REPRODUCE.md`: what a colleague does who has no Cairn. */
import { posix } from 'node:path';
import type { RunDetail, RunSpec } from '../contract/runs.ts';
import { type BundleRecord, names } from './layout.ts';

/**
 * The document, in Markdown. It names only files that are in the bundle, and its commands can be
 * pasted into a POSIX shell one block after the other.
 * @param fileName of the bundle
 * @param folders where each stage works, relative to the root of the project
 */
export function reproduceReadme(
  run: RunDetail,
  record: BundleRecord,
  fileName: string,
  folders: ReadonlyMap<string, string>,
): string {
  const file = quote(fileName);
  return [
    `# ${run.label} ${run.name}`,
    '',
    'This bundle holds everything with which a run can be repeated: the code as it was, its params and',
    'inputs, what it made, and the environment it ran in. The run was',
    '',
    ...shell([run.command]),
    ...(run.note === '' ? [] : [run.note, '']),
    '## With Cairn',
    '',
    ...shell([
      `cairn verify ${file}      # every file is as it was written`,
      `cairn reproduce ${file}   # runs it again elsewhere and compares every output`,
    ]),
    '## Without Cairn',
    '',
    '1. Unpack the zip, go to where it is unpacked, and check it:',
    '',
    ...shell([`unzip ${file} -d bundle`, 'cd bundle', `sha256sum -c ${names.manifest}`]),
    ...environmentSteps(run, record.spec),
    `3. Run it in the folder \`${names.project}\`:`,
    '',
    ...shell(commands(run, record.spec, folders)),
    ...comparison(record),
    '## What was recorded',
    '',
    ...outputTable(record),
    ...metricTable(run),
    ...omissions(record),
    `- \`${names.crate}\`: the whole as a Provenance Run Crate (RO-Crate 1.1).`,
    `- \`${names.record}\`: the same for Cairn. \`${names.environment}\`: machine and packages.`,
    ...(record.spec.kind === 'notebook'
      ? [`- \`${names.executed}\`: the notebook as the run left it, with its outputs.`]
      : []),
    `- \`${names.metrics}\`: every point of every metric. \`${names.logs}\`: what was printed.`,
    '',
  ].join('\n');
}

/** A block of commands; its fence is longer than any that is in them. Not indented: lines count. */
function shell(lines: readonly string[]): string[] {
  const text = lines.join('\n');
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((ticks) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return [`${fence}sh`, text, fence, ''];
}

function environmentSteps(run: RunDetail, spec: RunSpec): string[] {
  const python = run.environment?.python;
  if (!python) return ['2. No Python environment was recorded: use what the command needs.', ''];
  const system = run.environment?.os;
  const executes = python.packages.some(({ name }) => name.toLowerCase() === 'papermill');
  return [
    `2. Prepare Python ${python.version} (it ran on ${system?.name} ${system?.version}, ${system?.arch}):`,
    '',
    ...shell([
      'python3 -m venv venv',
      '. venv/bin/activate',
      ...(python.packages.length > 0 ? [`pip install -r ${names.requirements}`] : []),
      ...(spec.kind === 'notebook' && !executes ? ['pip install papermill ipykernel'] : []),
    ]),
  ];
}

/** Each in a subshell, so that the next one begins in the folder of the bundle again. */
function commands(run: RunDetail, spec: RunSpec, folders: ReadonlyMap<string, string>): string[] {
  const inside = (folder: string, lines: readonly string[]) => {
    return [`(cd ${quote(posix.join(names.project, folder))}`, ...lines, ')'];
  };
  if (spec.kind === 'notebook') {
    return inside(posix.dirname(spec.path), [papermill(spec)]);
  }
  const stages = run.executions.filter((execution) => execution.stage !== '');
  if (stages.length === 0) return inside(run.cwd, [run.command]);
  return stages.flatMap(({ stage, command }) => [
    `# ${stage}`,
    ...inside(folders.get(stage) ?? '.', [command]),
  ]);
}

/** What executes a notebook with its params where there is no Cairn. */
function papermill({ path, params, kernel }: Extract<RunSpec, { kind: 'notebook' }>): string {
  const name = posix.basename(path);
  const given = params.flatMap((param) => {
    const at = param.indexOf('=');
    const [key, value] = [param.slice(0, at), param.slice(at + 1)];
    // Only whole YAML can say lists and dictionaries.
    return /^[[{"]/.test(value) ? ['-y', `{${key}: ${value}}`] : ['-p', key, value];
  });
  const copy = name.replace(/(\.ipynb)?$/i, '-executed.ipynb');
  const chosen = kernel === null ? [] : ['-k', kernel];
  const words = ['papermill', name, copy, ...given, ...chosen];
  // In quotes the shell would not make the home folder of it.
  return words
    .map((word) => (word.startsWith('~/') ? `~/${quote(word.slice(2))}` : quote(word)))
    .join(' ');
}

function comparison(record: BundleRecord): string[] {
  const lines = record.outputs
    .filter((output) => output.included)
    .map(({ path }) => `diff -r ${quote(names.project + path)} ${quote(names.outputs + path)}`);
  if (lines.length === 0) return [];
  return [`4. Compare what it made with \`${names.outputs}\`:`, '', ...shell(lines)];
}

function outputTable(record: BundleRecord): string[] {
  if (record.outputs.length === 0) return [];
  const rows = record.outputs.map(
    (output) =>
      `| \`${output.path}\` | ${output.hash ?? 'not hashed'} | ${output.included ? 'yes' : 'no'} |`,
  );
  return ['| output | MD5 (as DVC computes it) | in the bundle |', '|---|---|---|', ...rows, ''];
}

function metricTable(run: RunDetail): string[] {
  if (run.metrics.length === 0) return [];
  const rows = run.metrics.map((metric) => `| ${metric.key} | ${metric.last ?? 'NaN'} |`);
  return ['| metric | last value |', '|---|---|', ...rows, ''];
}

function omissions(record: BundleRecord): string[] {
  if (record.omitted.length === 0) return [];
  return ['Left out:', '', ...record.omitted.map((one) => `- \`${one.path}\`: ${one.reason}`), ''];
}

/** For a POSIX shell. */
function quote(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
