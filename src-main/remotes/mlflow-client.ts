/**
 * A client of MLflow's REST API, as far as runs are sent and fetched.
 * https://mlflow.org/docs/latest/api_reference/rest-api.html
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { CairnError } from '../base/errors.ts';

export interface MlflowAddress {
  /** `http://host:port`, perhaps with a path. */
  readonly uri: string;
  /** MLFLOW_TRACKING_TOKEN, or user and password. */
  readonly token?: string | undefined;
  readonly user?: string | undefined;
  readonly password?: string | undefined;
}

export interface MlflowRun {
  readonly info: {
    readonly run_id: string;
    readonly run_name?: string;
    readonly experiment_id: string;
    readonly user_id?: string;
    readonly status?: string;
    readonly start_time?: number | string;
    readonly end_time?: number | string;
    readonly artifact_uri?: string;
    readonly lifecycle_stage?: string;
  };
  readonly data?: {
    readonly metrics?: readonly { readonly key: string; readonly step?: number | string }[];
    readonly params?: readonly { readonly key: string; readonly value: string }[];
    readonly tags?: readonly { readonly key: string; readonly value: string }[];
  };
}

/** One page of a search for experiments or runs. */
export interface MlflowPage {
  readonly experiments?: readonly { readonly experiment_id: string; readonly name: string }[];
  readonly runs?: readonly MlflowRun[];
  readonly next_page_token?: string;
}

const patienceMs = 60_000;
/** Answers that a second try may change: a busy server, a proxy without one behind it. */
const passing = new Set([408, 429, 500, 502, 503, 504]);
const tries = 4;

export class MlflowClient {
  readonly #base: string;
  readonly #headers: Record<string, string>;
  readonly #signal: AbortSignal | undefined;

  /** @throws CairnError `invalid` for anything but http and https */
  constructor(address: MlflowAddress, signal?: AbortSignal) {
    let url: URL;
    try {
      url = new URL(address.uri);
    } catch (cause) {
      throw new CairnError('invalid', `“${address.uri}” is not the address of a server.`, {
        cause,
      });
    }
    if (url.protocol !== 'http:' && url.protocol !== 'https:') {
      throw new CairnError('invalid', `${address.uri} is not an http or https address.`);
    }
    const user = address.user ?? decodeURIComponent(url.username);
    const password = address.password ?? decodeURIComponent(url.password);
    url.username = '';
    url.password = '';
    this.#base = url.href.replace(/\/+$/, '');
    this.#signal = signal;
    const basic = Buffer.from(`${user}:${password}`).toString('base64');
    this.#headers =
      address.token !== undefined
        ? { Authorization: `Bearer ${address.token}` }
        : user !== ''
          ? { Authorization: `Basic ${basic}` }
          : {};
  }

  /** The address without what is secret in it. */
  get uri(): string {
    return this.#base;
  }

  get<T>(path: string, query: Readonly<Record<string, string>>): Promise<T> {
    const search = new URLSearchParams(query).toString();
    return this.#json<T>(`/api/2.0/mlflow/${path}?${search}`, { method: 'GET' });
  }

  /** @param options `once`: not asked again when the answer is lost, since it would be done twice */
  post<T>(path: string, body: unknown, options: { readonly once?: boolean } = {}): Promise<T> {
    const request = {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'Content-Type': 'application/json' },
    };
    return this.#json<T>(`/api/2.0/mlflow/${path}`, request, options.once === true ? 1 : tries);
  }

  /**
   * Sends a file through the server's artifact proxy; a `Blob` of a file is read as it is sent.
   * @throws CairnError `invalid` when the server does not take that file
   */
  async putArtifact(path: string, content: Blob): Promise<void> {
    const encoded = path.split('/').map(encodeURIComponent).join('/');
    await this.#ask(`/api/2.0/mlflow-artifacts/artifacts/${encoded}`, {
      method: 'PUT',
      body: content,
    });
  }

  /** Every page of a search, in turn. */
  async *pages(path: string, body: Readonly<Record<string, unknown>>): AsyncGenerator<MlflowPage> {
    for (let token = ''; ; ) {
      const page = await this.post<MlflowPage>(path, {
        ...body,
        ...(token === '' ? {} : { page_token: token }),
      });
      yield page;
      token = page.next_page_token ?? '';
      if (token === '') return;
    }
  }

  async #json<T>(path: string, request: RequestInit, most = tries): Promise<T> {
    const answer = await this.#ask(path, request, most);
    const text = await answer.text();
    try {
      return JSON.parse(text === '' ? '{}' : text) as T;
    } catch (cause) {
      throw new CairnError(
        'failed',
        `${this.#base} answered with something else than JSON. Is it MLflow’s server?`,
        { cause },
      );
    }
  }

  async #ask(path: string, request: RequestInit, most = tries): Promise<Response> {
    for (let attempt = 1; ; attempt++) {
      const timeout = AbortSignal.timeout(patienceMs);
      const signal =
        this.#signal === undefined ? timeout : AbortSignal.any([this.#signal, timeout]);
      let answer: Response | null = null;
      try {
        answer = await fetch(this.#base + path, {
          ...request,
          headers: { ...this.#headers, ...request.headers },
          redirect: 'error',
          signal,
        });
      } catch (cause) {
        this.#signal?.throwIfAborted();
        if (attempt === most) {
          throw new CairnError(
            'failed',
            `${this.#base} cannot be reached. Is the server running?`,
            { cause },
          );
        }
      }
      if (answer?.ok) return answer;
      if (answer !== null && (attempt === most || !passing.has(answer.status))) {
        throw await refusal(this.#base, answer);
      }
      await sleep(250 * 4 ** (attempt - 1), undefined, { signal: this.#signal });
    }
  }
}

async function refusal(base: string, answer: Response): Promise<CairnError> {
  const text = await answer.text().catch(() => '');
  if (answer.status === 401 || answer.status === 403) {
    return new CairnError(
      'untrusted',
      `${base} wants to know who you are. Set MLFLOW_TRACKING_TOKEN, or MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD.`,
    );
  }
  const said = messageOf(text);
  const missing = said?.error_code === 'RESOURCE_DOES_NOT_EXIST';
  const code = missing ? 'not-found' : answer.status < 500 ? 'invalid' : 'failed';
  if (said?.message !== undefined) {
    return new CairnError(code, `${base} refused: ${said.message}`);
  }
  return new CairnError(
    code,
    `${base} answered with HTTP ${answer.status}. Is it MLflow’s server?`,
  );
}

function messageOf(text: string): { error_code?: string; message?: string } | null {
  try {
    return JSON.parse(text) as { error_code?: string; message?: string };
  } catch {
    return null;
  }
}
