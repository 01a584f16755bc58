/**
 * `models:/<name>/<version or stage>`, `models:/<name>@<alias>` and `models:/<id of a logged model>`, as
 * MLflow writes them; with a path below it, one file of that model.
 */
import { CairnError } from '../base/errors.ts';
import { type LoggedModelRecord, loggedIdIn, readLoggedModel } from '../store/logged-models.ts';
import type { ModelVersionRecord } from '../store/model-versions.ts';
import type { Store } from '../store/store.ts';
import { requireLoggedModel } from './logged-models.ts';
import { versionOfAlias } from './model-versions.ts';
import { requireRegisteredModel } from './registered-models.ts';
import { versionNamed } from './version-source.ts';

/** Where the files of a model are. */
export type ModelPlace =
  | { readonly kind: 'model'; readonly model: LoggedModelRecord }
  /** Among what a run logged, below a path. */
  | { readonly kind: 'run'; readonly runId: string; readonly path: string }
  /** A path of this machine or an address of another one, as somebody wrote it down. */
  | { readonly kind: 'address'; readonly address: string };

export interface NamedModel {
  /** `penguins v2`, or the name of a logged model. */
  readonly title: string;
  readonly place: ModelPlace;
  /** What follows in the URI: a file or folder of the model, `''` for none. */
  readonly path: string;
}

const loggedId = /^m-[0-9a-f]{32}$/;

/** @throws CairnError `invalid` for what is no such URI, `not-found` for what is not there */
export function resolveModelUri(store: Store, uri: string): NamedModel {
  const [first = '', second = '', ...rest] = uri.replace(/^models:\/+/, '').split('/');
  if (loggedId.test(first)) {
    const model = requireLoggedModel(store, first);
    return { title: model.name, place: { kind: 'model', model }, path: joined([second, ...rest]) };
  }
  const at = first.lastIndexOf('@');
  if (at > 0) {
    const version = versionOfAlias(store, first.slice(0, at), first.slice(at + 1));
    return named(store, version, [second, ...rest]);
  }
  if (first === '' || second === '') {
    throw new CairnError(
      'invalid',
      `${uri} names no version. Write models:/name/2, models:/name@alias, or models:/ and the id of a logged model.`,
    );
  }
  requireRegisteredModel(store, first);
  return named(store, versionNamed(store, first, second), rest);
}

/** Where the files of a registered version are. */
export function placeOfVersion(store: Store, version: ModelVersionRecord): ModelPlace {
  const id = version.model_id ?? loggedIdIn(version.source);
  const model = id === null ? undefined : readLoggedModel(store, id);
  if (model !== undefined) return { kind: 'model', model };
  const address = version.storage_location ?? version.source;
  const run = /^(?:runs|mlflow-artifacts):\/([0-9a-f]{32})\/?(.*)$/.exec(address);
  if (run !== null) return { kind: 'run', runId: run[1] as string, path: run[2] as string };
  return { kind: 'address', address };
}

function named(store: Store, version: ModelVersionRecord, path: readonly string[]): NamedModel {
  const title = `${version.name} v${version.version}`;
  return { title, place: placeOfVersion(store, version), path: joined(path) };
}

function joined(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('/');
}
