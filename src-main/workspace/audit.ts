/** What is in the folder, recognised by name and shape; nothing is executed and nothing written. */

import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { formatBytes } from '../base/bytes.ts';
import { asCairnError } from '../base/errors.ts';
import type { Work } from '../base/progress.ts';
import type { AuditItem } from '../contract/workspace.ts';
import { Repository } from '../git/index.ts';
import { describeNotebook, describePipeline, describeValues } from './audit-details.ts';
import { parseOuts } from './pipeline-files.ts';
import { insideStore } from './store-place.ts';
import type { Workspace } from './types.ts';
import { walkFolder } from './walk.ts';

type Kind = AuditItem['kind'];
type Described = { detail: string; problem?: string | null };

const models =
  /\.(?:safetensors|onnx|gguf|h5|hdf5|keras|pt|pth|ckpt|pkl|pickle|joblib|tflite|pb|mlmodel|bin\.index\.json)$/i;
const unsafeModels = /\.(?:pt|pth|ckpt|pkl|pickle|joblib)$/i;
const tables = /\.(?:csv|tsv|parquet|arrow|feather|jsonl|npy|npz|tfrecords?|mat|avro|orc)$/i;
const locks = /^(?:uv|poetry|pdm|pixi|Pipfile|conda-lock)\.(?:lock|ya?ml)$|^requirements.*\.lock$/;
const environmentFiles =
  /^(?:pyproject\.toml|setup\.(?:py|cfg)|requirements[\w.-]*\.(?:txt|in)|environment\.ya?ml|Pipfile|Dockerfile|\.python-version)$/;

/** Largest file that is read to describe it. */
const largestRead = 5 << 20;
/** Folders of data files are listed one by one up to here. */
const mostDataFolders = 50;
const mostPerKind = 500;

/** Items grouped by kind; notebooks in the order of their numbers. */
export async function auditFolder(workspace: Workspace, work: Work = {}): Promise<AuditItem[]> {
  const { root } = workspace;
  const { files, environments, cut } = await walkFolder(root, work.signal);
  const audit = new Audit(root);
  await audit.git();
  audit.dvc();
  for (const path of files) audit.file(path);
  for (const path of environments) audit.environment(path);
  audit.finish();
  // A store in the user's data folder is nothing of this folder.
  if (workspace.storeDir === insideStore(root)) {
    audit.add('store', '.cairn', { detail: 'in the folder' });
  }
  if (cut) {
    audit.add('data', '.', {
      detail: 'the folder is very large',
      problem: 'Not everything in it was looked at; what lies deepest may be missing here.',
    });
  }
  return audit.items();
}

/** Files that are counted rather than listed. */
interface Heap {
  files: number;
  bytes: number;
}

class Audit {
  readonly #root: string;
  readonly #found = new Map<Kind, AuditItem[]>();
  readonly #notebooks: string[] = [];
  /** By folder: files of data, and by the folder at the top: TensorBoard's. */
  readonly #tables = new Map<string, Heap>();
  readonly #events = new Map<string, Heap>();

  constructor(root: string) {
    this.#root = root;
  }

  add(kind: Kind, path: string, { detail, problem = null }: Described): void {
    const items = this.#found.get(kind) ?? [];
    this.#found.set(kind, items);
    if (items.length < mostPerKind) items.push({ kind, path, detail, problem });
  }

  items(): AuditItem[] {
    return kindOrder.flatMap((kind) => this.#found.get(kind) ?? []);
  }

  async git(): Promise<void> {
    try {
      const repository = await Repository.open(this.#root);
      if (repository === null) return;
      const { oid, branch, operation } = repository.head();
      const where = branch === null ? 'detached' : `on ${branch}`;
      const at = oid === null ? 'no commits yet' : `at ${oid.slice(0, 7)}`;
      repository.close();
      this.add('git', '.git', {
        detail: `${where}, ${at}`,
        problem: operation === null ? null : `A ${operation} is under way.`,
      });
    } catch (error) {
      this.add('git', '.git', { detail: '', problem: asCairnError(error).message });
    }
  }

  dvc(): void {
    const folder = join(this.#root, '.dvc');
    if (!existsSync(folder)) return;
    const config = this.#read('.dvc/config') ?? '';
    const remotes = [...config.matchAll(/^\s*\['?remote "([^"]+)"'?\]/gm)].map((match) => match[1]);
    this.add('dvc', '.dvc', {
      detail: remotes.length === 0 ? 'no remotes' : `remotes: ${remotes.join(', ')}`,
    });
  }

  file(path: string): void {
    const name = basename(path);
    if (name === 'dvc.yaml') this.#pipeline('pipeline', path);
    else if (name === 'dvc.lock') this.#pipeline('lockfile', path);
    else if (/[^/]\.dvc$/.test(path)) this.#tracked(path);
    else if (/^params\.(?:ya?ml|json|toml)$/.test(name)) this.#values('params', path);
    else if (/^metrics\.(?:ya?ml|json|toml)$/.test(name)) this.#values('metrics', path);
    else if (/^events\.out\.tfevents\./.test(name)) {
      this.#heap(this.#events, path.includes('/') ? (path.split('/')[0] ?? '.') : '.', path);
    } else if (name === 'mlflow.db') this.#sized('store', path, 'MLflow');
    else if (/(?:^|\/)mlruns\/[^/]+\/meta\.yaml$/.test(path)) this.#mlruns(path);
    else if (name.endsWith('.ipynb')) this.#notebooks.push(path);
    else if (locks.test(name)) this.#sized('lockfile', path, '');
    else if (environmentFiles.test(name)) this.#sized('environment', path, '');
    else if (models.test(name)) this.#model(path);
    else if (tables.test(name)) this.#heap(this.#tables, dirname(path), path);
  }

  environment(path: string): void {
    const config = this.#read(`${path}/pyvenv.cfg`);
    const version = /^version(?:_info)?\s*=\s*(\S+)/m.exec(config ?? '')?.[1];
    this.add('environment', path, {
      detail: config === null ? 'conda' : `Python ${version ?? 'environment'}`,
    });
  }

  finish(): void {
    const byNumber = new Intl.Collator('en', { numeric: true });
    for (const path of this.#notebooks.sort(byNumber.compare)) {
      this.#described('notebook', path, describeNotebook);
    }
    // Any run may have a folder of its own for its events.
    for (const [path, { files, bytes }] of this.#events) {
      const size = formatBytes(bytes);
      this.add('metrics', path, {
        detail:
          files === 1
            ? `TensorBoard: ${files} file, ${size}`
            : `TensorBoard: ${files} files, ${size}`,
      });
    }
    const folders = [...this.#tables].slice(0, mostDataFolders);
    for (const [path, { files, bytes }] of folders) {
      const size = formatBytes(bytes);
      this.add('data', path, {
        detail: files === 1 ? `${files} file of data, ${size}` : `${files} files of data, ${size}`,
      });
    }
  }

  #tracked(path: string): void {
    const outs = parseOuts(path, this.#read(path) ?? '', new Map());
    const [first] = outs;
    if (first === undefined) {
      this.add('data', path, { detail: '', problem: `${path} does not record any data.` });
    }
    for (const out of outs) {
      const size = out.size === null ? '' : `, ${formatBytes(out.size)}`;
      const files = out.files === null ? '' : `, ${out.files} files`;
      this.add('data', path, { detail: `tracked by DVC: ${out.path}${size}${files}` });
    }
  }

  /** An experiment of MLflow's: its folder stands for all. */
  #mlruns(path: string): void {
    const folder = path.replace(/(^|.*\/)mlruns\/.*$/, '$1mlruns');
    const known = this.#found.get('store')?.some((item) => item.path === folder);
    if (!known) this.add('store', folder, { detail: 'MLflow' });
  }

  #model(path: string): void {
    const note = unsafeModels.test(path) ? ', may hold code: read without executing it' : '';
    this.#sized('model', path, '', note);
  }

  #heap(heaps: Map<string, Heap>, folder: string, path: string): void {
    const known = heaps.get(folder) ?? { files: 0, bytes: 0 };
    known.files += 1;
    known.bytes += this.#size(path);
    heaps.set(folder, known);
  }

  #pipeline(kind: Kind, path: string): void {
    this.#described(kind, path, (text) => describePipeline(path, text));
  }

  #values(kind: Kind, path: string): void {
    this.#described(kind, path, (text) => describeValues(path, text, kind === 'metrics'));
  }

  #sized(kind: Kind, path: string, what: string, note = ''): void {
    const size = formatBytes(this.#size(path));
    this.add(kind, path, { detail: (what === '' ? size : `${what}, ${size}`) + note });
  }

  #described(kind: Kind, path: string, summarise: (text: string) => Described): void {
    const text = this.#read(path);
    this.add(
      kind,
      path,
      text === null ? { detail: formatBytes(this.#size(path)) } : summarise(text),
    );
  }

  #read(path: string): string | null {
    try {
      const absolute = join(this.#root, path);
      return statSync(absolute).size > largestRead ? null : readFileSync(absolute, 'utf8');
    } catch {
      return null;
    }
  }

  #size(path: string): number {
    return statSync(join(this.#root, path), { throwIfNoEntry: false })?.size ?? 0;
  }
}

const kindOrder: readonly Kind[] = [
  'git',
  'dvc',
  'pipeline',
  'lockfile',
  'data',
  'params',
  'metrics',
  'notebook',
  'model',
  'environment',
  'store',
];
