/** An endpoint over a new store, and a client for it. */
import { mkdirSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { OwnRun } from '../../src-main/mlflow/context.ts';
import { listen } from '../../src-main/mlflow/index.ts';
import { Store } from '../../src-main/store/index.ts';
import { Experiments, Tracking } from '../../src-main/tracking/index.ts';
import { tempFolder } from './temp.ts';

export const token = 'a-token-for-tests-that-is-long-enough';

export interface Answer<T> {
  readonly status: number;
  readonly body: T;
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** What the protocol answers with, as far as tests look at it. */
export interface WireRun {
  info: {
    run_id: string;
    run_name: string;
    experiment_id: string;
    status: string;
    start_time: number;
    end_time?: number;
    lifecycle_stage: string;
    artifact_uri: string;
    user_id: string;
  };
  data: {
    params: { key: string; value: string }[];
    tags: { key: string; value: string }[];
    metrics: { key: string; value: number | string; timestamp: number; step: number }[];
  };
}

export class TestEndpoint {
  readonly store: Store;
  readonly tracking: Tracking;
  readonly experiments: Experiments;
  readonly root: string;
  readonly storeDir: string;
  readonly changed: string[] = [];
  url = '';
  port = 0;

  private constructor(root: string) {
    this.root = root;
    this.storeDir = join(root, '.cairn');
    mkdirSync(this.storeDir, { recursive: true });
    this.store = Store.open(join(this.storeDir, 'cairn.db'));
    this.experiments = new Experiments(this.store);
    this.tracking = new Tracking(this.store, this.experiments, this.storeDir);
  }

  /** @param ownRun as on the endpoint of a runner; made by `prepare`, which may use the store */
  static async open(prepare: (made: TestEndpoint) => OwnRun | null = () => null) {
    const made = new TestEndpoint(tempFolder());
    const ownRun = prepare(made);
    const endpoint = await listen(
      {
        store: made.store,
        experiments: made.experiments,
        tracking: made.tracking,
        storeDir: made.storeDir,
        root: made.root,
        changed: (topics) => made.changed.push(...topics),
        logger: { debug() {}, info() {}, warn() {}, error() {} },
        ownRun,
      },
      { token, port: 0 },
    );
    made.url = endpoint.url;
    made.port = endpoint.port;
    onTestFinished(async () => {
      await endpoint.close();
      made.store.close();
    });
    return made;
  }

  /** Calls an endpoint below `/api/2.0/mlflow/`; a GET has its fields in the query. */
  async call<T>(method: string, path: string, fields: object = {}): Promise<Answer<T>> {
    const query = new URLSearchParams();
    if (method === 'GET') {
      for (const [name, value] of Object.entries(fields)) {
        for (const one of Array.isArray(value) ? value : [value]) query.append(name, String(one));
      }
    }
    const response = await fetch(`${this.url}/api/2.0/mlflow/${path}?${query}`, {
      method,
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
      ...(method === 'GET' ? {} : { body: JSON.stringify(fields) }),
    });
    return { status: response.status, body: (await response.json()) as T };
  }

  /** As {@link call}, of what must succeed. */
  async ok<T>(method: string, path: string, fields: object = {}): Promise<T> {
    const { status, body } = await this.call<T>(method, path, fields);
    if (status !== 200) throw new Error(`${method} ${path}: ${status} ${JSON.stringify(body)}`);
    return body;
  }

  async createRun(fields: object = {}): Promise<WireRun> {
    return (await this.ok<{ run: WireRun }>('POST', 'runs/create', fields)).run;
  }

  async getRun(id: string): Promise<WireRun> {
    return (await this.ok<{ run: WireRun }>('GET', 'runs/get', { run_id: id })).run;
  }

  /** A request as it is: the path is sent untouched, and so are the headers. */
  raw(
    method: string,
    target: string,
    options: { headers?: Record<string, string>; body?: string | Buffer } = {},
  ): Promise<RawAnswer> {
    const headers = { Authorization: `Bearer ${token}`, ...options.headers };
    return new Promise((resolve, reject) => {
      const sent = request(
        { host: '127.0.0.1', port: this.port, method, path: target, headers },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('end', () =>
            resolve({
              status: response.statusCode ?? 0,
              headers: response.headers,
              text: Buffer.concat(chunks).toString('utf8'),
            }),
          );
          response.on('error', reject);
        },
      );
      sent.on('error', reject);
      sent.end(options.body);
    });
  }
}
