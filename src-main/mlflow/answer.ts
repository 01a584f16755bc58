/** Answers one request that was let in: finds its route, runs it, sends JSON. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { ArtifactProxy } from './artifacts.ts';
import { discard, parseFields, readBody } from './body.ts';
import { Commits } from './commits.ts';
import type { MlflowContext } from './context.ts';
import { asMlflowError, MlflowError } from './errors.ts';
import { routeTable } from './families.ts';
import { Fields } from './fields.ts';
import { sendError, sendJson, sendText } from './respond.ts';
import type { Call, Match } from './route.ts';
import { protocolVersion } from './server-info.ts';

/** The pages of MLflow's own server use the second. */
const prefix = /^\/(?:api|ajax-api)\/([23])\.0\/(mlflow|mlflow-artifacts)\/(.*)$/;

export class Answers {
  readonly #context: MlflowContext;
  readonly #commits: Commits;
  readonly #artifacts: ArtifactProxy;

  constructor(context: MlflowContext) {
    this.#context = context;
    this.#commits = new Commits(context.store);
    this.#artifacts = new ArtifactProxy(context);
  }

  /** Always ends the response; what goes wrong is answered in MLflow's way. */
  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      await this.#route(request, response);
    } catch (thrown) {
      const error = asMlflowError(thrown);
      if (error.status >= 500 && error.status !== 501) {
        this.#context.logger.error(`MLflow ${request.method} ${request.url} failed`, error);
      }
      sendError(response, error);
      discard(request);
    }
  }

  async #route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { path, query } = splitTarget(request.url ?? '');
    const method = request.method ?? 'GET';
    if (method === 'GET' && path === '/health') return sendText(response, 'OK');
    if (method === 'GET' && path === '/version') return sendText(response, protocolVersion);
    const [, version, service, rest] = prefix.exec(path) ?? [];
    if (service === 'mlflow-artifacts' && rest !== undefined) {
      return this.#artifacts.answer(request, response, rest, query);
    }
    const match =
      rest === undefined || (version === '3') !== (rest === 'server-info')
        ? null
        : routeTable.find(method, rest.replace(/\/$/, ''));
    if (match === null) throw noEndpoint(method, path);
    await this.#call(match, request, response, query);
  }

  async #call(
    match: Match,
    request: IncomingMessage,
    response: ServerResponse,
    query: string,
  ): Promise<void> {
    const input =
      match.route.method === 'GET'
        ? Fields.fromQuery(new URLSearchParams(query))
        : parseFields(await readBody(request));
    const call: Call = { context: this.#context, input, path: match.path };
    const value =
      match.route.effect === 'read'
        ? match.route.answer(call)
        : await this.#commits.run(() => match.route.answer(call));
    sendJson(response, 200, await value);
  }
}

/** Path and query of a request's target; an absolute URL is none of ours. */
function splitTarget(target: string): { path: string; query: string } {
  const at = target.indexOf('?');
  return at === -1
    ? { path: target, query: '' }
    : { path: target.slice(0, at), query: target.slice(at + 1) };
}

/** Clients try other ways when they hear this of what they do not need. */
function noEndpoint(method: string, path: string): MlflowError {
  return new MlflowError(
    'ENDPOINT_NOT_FOUND',
    `Cairn has no ${method} ${path.slice(0, 200)}. It keeps experiments, runs, artifacts, datasets and models; traces, gateways and jobs need a server of MLflow's own.`,
  );
}
