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

/** What a run was asked to do, as it would be typed; null for what this dialog does not start. */
export function toDraft(spec: RunSpec): CommandDraft | PipelineDraft | null {
  if (spec.kind === 'command') {
    const { argv, cwd, metricsFiles } = spec;
    return { kind: 'command', line: joinCommand(argv), cwd, metricsFiles: metricsFiles.join(', ') };
  }
  if (spec.kind !== 'pipeline') return null;
  const { setParams, ...rest } = spec;
  const params = setParams.map((param): [string, string] => {
    const at = param.indexOf('=');
    return [param.slice(0, at), param.slice(at + 1)];
  });
  return { ...rest, params: Object.fromEntries(params) };
}

/** What the core is asked to start; null while the draft is not complete. */
export function toSpec(draft: CommandDraft | PipelineDraft): Input<'runs.start'>['spec'] | null {
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
