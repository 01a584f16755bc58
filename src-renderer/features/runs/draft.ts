import type { Input, RunSpec } from '../../client/index.ts';
import { joinCommand, splitCommand } from './split-command.ts';

/** A run to be, as it is typed. */
export interface CommandDraft {
  readonly kind: 'command';
  readonly line: string;
  readonly cwd: string;
  readonly metricsFiles: string;
}

export interface PipelineDraft {
  readonly kind: 'pipeline';
  readonly targets: readonly string[];
  readonly jobs: number;
  /** Changed values by `file:key`. */
  readonly params: Readonly<Record<string, string>>;
  readonly force: boolean;
  readonly singleItem: boolean;
  readonly downstream: boolean;
  readonly keepGoing: boolean;
}

export interface NotebookDraft {
  readonly kind: 'notebook';
  /** In the workspace. */
  readonly path: string;
  readonly kernel: string | null;
  /** Values other than the notebook's own, by name. */
  readonly params: Readonly<Record<string, string>>;
}

export type Draft = CommandDraft | PipelineDraft | NotebookDraft;

export const emptyCommand: CommandDraft = {
  kind: 'command',
  line: '',
  cwd: '.',
  metricsFiles: '',
};

export const emptyPipeline: PipelineDraft = {
  kind: 'pipeline',
  targets: [],
  jobs: 1,
  params: {},
  force: false,
  singleItem: false,
  downstream: false,
  keepGoing: false,
};

/** What a run was asked to do, as it would be typed. */
export function toDraft(spec: RunSpec): Draft {
  if (spec.kind === 'command') {
    const { argv, cwd, metricsFiles } = spec;
    return { kind: 'command', line: joinCommand(argv), cwd, metricsFiles: metricsFiles.join(', ') };
  }
  if (spec.kind === 'notebook') {
    const { kind, path, kernel, params } = spec;
    return { kind, path, kernel, params: byName(params) };
  }
  const { setParams, ...rest } = spec;
  return { ...rest, params: byName(setParams) };
}

/** `name=value` as an object; the value may hold further signs. */
function byName(params: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    params.map((param): [string, string] => {
      const at = param.indexOf('=');
      return [param.slice(0, at), param.slice(at + 1)];
    }),
  );
}

/** What the core is asked to start; null while the draft is not complete. */
export function toSpec(draft: Draft): Input<'runs.start'>['spec'] | null {
  if (draft.kind === 'notebook') {
    const { kind, path, kernel } = draft;
    const params = Object.entries(draft.params).map(([name, value]) => `${name}=${value}`);
    return { kind, path, kernel, params };
  }
  if (draft.kind === 'pipeline') {
    const { kind, targets, jobs, params, force, singleItem, downstream, keepGoing } = draft;
    return {
      kind,
      targets: [...targets],
      jobs,
      force,
      singleItem,
      downstream,
      keepGoing,
      setParams: Object.entries(params).map(([place, value]) => `${place}=${value}`),
    };
  }
  const argv = splitCommand(draft.line);
  if (argv === null || argv.length === 0) return null;
  return {
    kind: 'command',
    argv,
    cwd: draft.cwd.trim() === '' ? '.' : draft.cwd.trim(),
    metricsFiles: draft.metricsFiles
      .split(',')
      .map((file) => file.trim())
      .filter((file) => file !== ''),
  };
}
