import type { Input } from '../../client/index.ts';
import { splitCommand } from './split-command.ts';

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
