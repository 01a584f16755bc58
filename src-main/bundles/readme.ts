/** `REPRODUCE.md`: what a colleague does who has no Cairn. */
import type { RunDetail } from '../contract/runs.ts';
import { type BundleRecord, names } from './layout.ts';

/** The document, in Markdown. It names only files that are in the bundle. */
export function reproduceReadme(run: RunDetail, record: BundleRecord): string {
  return [
    `# ${run.label} ${run.name}`,
    '',
    `This bundle holds everything with which the run \`${run.command}\` can be repeated: the code as it`,
    'was, its params and inputs, what it made, and the environment it ran in.',
    '',
    ...(run.note === '' ? [] : [run.note, '']),
    '## With Cairn',
    '',
    '```sh',
    'cairn verify BUNDLE.zip      # every file is as it was written',
    'cairn reproduce BUNDLE.zip   # runs it again elsewhere and compares every output',
    '```',
    '',
    '## Without Cairn',
    '',
    '1. Unpack the zip and check it:',
    '',
    '   ```sh',
    '   unzip BUNDLE.zip -d bundle && cd bundle',
    `   sha256sum -c ${names.manifest}`,
    '   ```',
    '',
    ...environmentSteps(run),
    `3. Run it, in the folder \`${names.project}\`:`,
    '',
    '   ```sh',
    ...commands(run, record).map((line) => `   ${line}`),
    '   ```',
    '',
    `4. Compare what it made with \`${names.outputs}\`:`,
    '',
    '   ```sh',
    ...record.outputs
      .filter((output) => output.included)
      .map(
        (output) =>
          `   diff -r ${quote(output.path)} ${quote(`${up(record)}${names.outputs}${output.path}`)}`,
      ),
    '   ```',
    '',
    '## What was recorded',
    '',
    ...outputTable(record),
    ...metricTable(run),
    ...omissions(record),
    `- \`${names.crate}\`: the whole as a Provenance Run Crate (RO-Crate 1.1).`,
    `- \`${names.record}\`: the same for Cairn. \`${names.environment}\`: machine and packages.`,
    `- \`${names.metrics}\`: every point of every metric. \`${names.logs}\`: what was printed.`,
    '',
  ].join('\n');
}

function environmentSteps(run: RunDetail): string[] {
  const python = run.environment?.python;
  if (!python) return ['2. No Python environment was recorded: use what the command needs.', ''];
  const system = run.environment?.os;
  return [
    `2. Prepare Python ${python.version} (it ran on ${system?.name} ${system?.version}, ${system?.arch}):`,
    '',
    '   ```sh',
    '   python3 -m venv venv && . venv/bin/activate',
    ...(python.packages.length > 0 ? [`   pip install -r ${names.requirements}`] : []),
    '   ```',
    '',
  ];
}

function commands(run: RunDetail, record: BundleRecord): string[] {
  const folder = record.run.cwd === '.' ? names.project : `${names.project}${record.run.cwd}`;
  const enter = `cd ${quote(folder)}`;
  const stages = run.executions.filter((execution) => execution.stage !== '');
  if (stages.length === 0) return [enter, run.command];
  return [enter, ...stages.flatMap((stage) => [`# ${stage.stage}`, ...stage.command.split('\n')])];
}

/** From where the command ran back to the root of the bundle. */
function up(record: BundleRecord): string {
  const depth = record.run.cwd === '.' ? 1 : 1 + record.run.cwd.split('/').length;
  return '../'.repeat(depth);
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
