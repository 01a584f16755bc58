/**
 * The bundle as a Provenance Run Crate: the run and each of its stages as actions, the files they
 * read and wrote, the params as formal parameters with their values.
 */
import type { Execution, RunDetail, RunSpec } from '../../contract/runs.ts';
import { type BundleContent, type BundleRecord, names } from '../layout.ts';
import { type Entity, fileId, isoTime, type Reference, ref, type Value } from './entity.ts';
import { mediaType } from './media-type.ts';
import { profile } from './profile.ts';

export interface CrateFile {
  readonly name: string;
  readonly sha256: string;
  readonly size: number;
}

const engineId = '#cairn';

/** The text of `ro-crate-metadata.json`. @param files every other file but the manifest */
export function crateMetadata(
  run: RunDetail,
  spec: RunSpec,
  record: BundleRecord,
  files: readonly CrateFile[],
  programVersion: string,
): string {
  const workflow = workflowFile(spec, files);
  const stages = run.executions.filter(wasReached);
  const parameters = record.params.map((param, index) => ({ ...param, number: index + 1 }));
  const known = new Set(files.map((file) => file.name));
  const folders = directories([...record.inputs, ...record.outputs], known);
  const graph: Entity[] = [
    {
      '@id': names.crate,
      '@type': 'CreativeWork',
      about: ref('./'),
      conformsTo: profile.metadata.map(ref),
    },
    root(run, workflow, files, folders),
    ...profile.root.map(([id, name, version]) => ({
      '@id': id,
      '@type': 'CreativeWork',
      name,
      version,
    })),
    {
      '@id': engineId,
      '@type': 'SoftwareApplication',
      name: 'Cairn',
      description: 'A workspace for machine-learning experiments that works offline',
      version: programVersion,
    },
    ...workflowEntities(run, spec, workflow, stages, parameters),
    ...actions(run, workflow, stages, record, parameters, known),
    ...parameters.flatMap((param) => [
      {
        '@id': `#param-${param.number}`,
        '@type': 'FormalParameter',
        additionalType: 'Text',
        name: paramName(param),
        workExample: ref(`#value-${param.number}`),
      },
      {
        '@id': `#value-${param.number}`,
        '@type': 'PropertyValue',
        name: paramName(param),
        value: param.value,
        exampleOfWork: ref(`#param-${param.number}`),
      },
    ]),
    ...folders,
    ...files.filter((file) => file.name !== workflow).map(fileEntity),
  ];
  return `${JSON.stringify({ '@context': profile.contexts, '@graph': merge(graph) }, null, 2)}\n`;
}

/** dvc.yaml of a pipeline, or the notebook; otherwise the record that holds the command. */
function workflowFile(spec: RunSpec, files: readonly CrateFile[]): string {
  if (spec.kind === 'command') return names.record;
  const name = names.project + (spec.kind === 'notebook' ? spec.path : 'dvc.yaml');
  return files.some((file) => file.name === name) ? name : names.record;
}

const languages: Readonly<Record<RunSpec['kind'], Entity>> = {
  command: { '@id': '#shell-command', '@type': 'ComputerLanguage', name: 'Shell command' },
  pipeline: {
    '@id': '#dvc-pipeline',
    '@type': 'ComputerLanguage',
    name: 'DVC pipeline',
    url: ref('https://dvc.org/doc/user-guide/project-structure/dvcyaml-files'),
  },
  notebook: {
    '@id': '#jupyter-notebook',
    '@type': 'ComputerLanguage',
    name: 'Jupyter Notebook',
    url: ref('https://nbformat.readthedocs.io/'),
  },
};

function root(
  run: RunDetail,
  workflow: string,
  files: readonly CrateFile[],
  folders: readonly Entity[],
): Entity {
  const license = files.find((file) => /^project\/(licen[cs]e|copying)(\.\w+)?$/i.test(file.name));
  return {
    '@id': './',
    '@type': 'Dataset',
    name: `${run.label} ${run.name}`,
    description:
      run.note === '' ? `The run “${run.command}”, with what it needs and what it made.` : run.note,
    datePublished: isoTime(run.endedAt ?? run.createdAt),
    license:
      license === undefined
        ? 'No licence is stated in the project; ask its author before you use it further.'
        : ref(fileId(license.name)),
    conformsTo: profile.root.map(([id]) => ref(id)),
    mainEntity: ref(fileId(workflow)),
    hasPart: [
      ...files.map((file) => ref(fileId(file.name))),
      ...folders.map((one) => ref(one['@id'])),
    ],
    mentions: [
      ref(`#run-${run.id}`),
      ...run.executions.filter(wasReached).map((one) => ref(actionId(one))),
    ],
  };
}

type NumberedParam = BundleRecord['params'][number] & { number: number };

function workflowEntities(
  run: RunDetail,
  spec: RunSpec,
  workflow: string,
  stages: readonly Execution[],
  parameters: readonly NumberedParam[],
): Entity[] {
  const tools = stages.map((stage) => ref(toolId(stage)));
  const language = languages[spec.kind];
  return [
    {
      '@id': fileId(workflow),
      '@type': ['File', 'SoftwareSourceCode', 'ComputationalWorkflow', 'HowTo'],
      name: spec.kind === 'pipeline' ? 'Pipeline of dvc.yaml' : run.command,
      programmingLanguage: ref(language['@id']),
      hasPart: tools,
      input: parameters.map((param) => ref(`#param-${param.number}`)),
      step: stages.map((stage) => ref(`#step-${word(stage)}`)),
    },
    language,
    ...stages.map((stage) => ({
      '@id': toolId(stage),
      '@type': 'SoftwareApplication',
      name: stage.stage || run.command,
      description: stage.command,
    })),
    ...stages.flatMap((stage, index) => [
      {
        '@id': `#step-${word(stage)}`,
        '@type': 'HowToStep',
        position: String(index + 1),
        workExample: ref(toolId(stage)),
      },
      {
        '@id': `#control-${word(stage)}`,
        '@type': 'ControlAction',
        name: `Orchestrate ${stage.stage || 'the command'}`,
        instrument: ref(`#step-${word(stage)}`),
        object: ref(actionId(stage)),
      },
    ]),
    ...(stages.length === 0
      ? []
      : [
          {
            '@id': '#orchestration',
            '@type': 'OrganizeAction',
            name: 'Orchestrate the stages',
            instrument: ref(engineId),
            object: stages.map((stage) => ref(`#control-${word(stage)}`)),
            result: ref(`#run-${run.id}`),
          },
        ]),
  ];
}

function actions(
  run: RunDetail,
  workflow: string,
  stages: readonly Execution[],
  record: BundleRecord,
  parameters: readonly NumberedParam[],
  known: ReadonlySet<string>,
): Entity[] {
  const inputs = record.inputs.flatMap((file) => contentRef(file, names.project, known));
  const executed = [...known].filter((name) => name.startsWith(names.executed));
  const outputs = [
    ...record.outputs.flatMap((file) => contentRef(file, names.outputs, known)),
    ...executed.map((name) => ref(fileId(name))),
  ];
  const whole: Entity = {
    '@id': `#run-${run.id}`,
    '@type': 'CreateAction',
    name: `${run.label} ${run.name}`,
    description: run.command,
    instrument: ref(fileId(workflow)),
    ...times(run.startedAt, run.endedAt),
    actionStatus: status(run.status === 'FINISHED'),
    ...(run.error === null ? {} : { error: run.error }),
    object: [...inputs, ...parameters.map((param) => ref(`#value-${param.number}`))],
    result: outputs,
  };
  const parts = stages.map((stage): Entity => {
    const own = run.files.filter((file) => file.stage === stage.stage);
    return {
      '@id': actionId(stage),
      '@type': 'CreateAction',
      name: stage.stage || run.command,
      description: stage.reason === '' ? stage.command : `${stage.command} (${stage.reason})`,
      instrument: ref(toolId(stage)),
      ...times(stage.startedAt, stage.endedAt),
      actionStatus: status(stage.state === 'done' || stage.state === 'cached'),
      object: own.filter((file) => file.role === 'dep').flatMap((file) => anyRef(file.path, known)),
      result: own.filter((file) => file.role !== 'dep').flatMap((file) => anyRef(file.path, known)),
    };
  });
  return [whole, ...parts];
}

/** A dep of one stage may be what another made. */
function anyRef(path: string, known: ReadonlySet<string>): Reference[] {
  for (const prefix of [names.outputs, names.project]) {
    const found = pathRef(prefix + path, known);
    if (found !== null) return [found];
  }
  return [];
}

function contentRef(file: BundleContent, prefix: string, known: ReadonlySet<string>): Reference[] {
  const found = file.included ? pathRef(prefix + file.path, known) : null;
  return found === null ? [] : [found];
}

function pathRef(name: string, known: ReadonlySet<string>): Reference | null {
  if (known.has(name)) return ref(fileId(name));
  for (const one of known) if (one.startsWith(`${name}/`)) return ref(`${fileId(name)}/`);
  return null;
}

/** Directories that are named as inputs or outputs, with the files in them. */
function directories(contents: readonly BundleContent[], known: ReadonlySet<string>): Entity[] {
  const found = new Map<string, Entity>();
  for (const content of contents) {
    for (const prefix of [names.project, names.outputs]) {
      const folder = `${prefix}${content.path}/`;
      const parts = [...known].filter((name) => name.startsWith(folder));
      if (parts.length === 0) continue;
      found.set(folder, {
        '@id': `${fileId(folder.slice(0, -1))}/`,
        '@type': 'Dataset',
        name: content.path,
        ...(content.hash === null ? {} : { identifier: `md5:${content.hash}` }),
        hasPart: parts.map((name) => ref(fileId(name))),
      });
    }
  }
  return [...found.values()];
}

function fileEntity(file: CrateFile): Entity {
  return {
    '@id': fileId(file.name),
    '@type': 'File',
    name: file.name,
    contentSize: String(file.size),
    encodingFormat: mediaType(file.name),
    sha256: file.sha256,
  };
}

/** One entity for each id; the first says most. */
function merge(graph: readonly Entity[]): Entity[] {
  return [
    ...new Map(graph.toReversed().map((entity) => [entity['@id'], entity])).values(),
  ].toReversed();
}

function times(start: number | null, end: number | null): Record<string, Value> {
  return {
    ...(start === null ? {} : { startTime: isoTime(start) }),
    ...(end === null ? {} : { endTime: isoTime(end) }),
  };
}

/** A plain string: validators refuse a reference here. */
function status(ok: boolean): string {
  return ok ? 'http://schema.org/CompletedActionStatus' : 'http://schema.org/FailedActionStatus';
}

function wasReached(execution: Execution): boolean {
  return execution.state !== 'waiting';
}

/** Of the ids that belong to one execution. */
function word({ stage }: Execution): string {
  return encodeURIComponent(stage || 'command');
}

function toolId(execution: Execution): string {
  return `#tool-${word(execution)}`;
}

function actionId(execution: Execution): string {
  return `#action-${execution.id}`;
}

function paramName(param: { file: string; key: string }): string {
  return param.file === '' || param.file === 'params.yaml'
    ? param.key
    : `${param.file}:${param.key}`;
}
