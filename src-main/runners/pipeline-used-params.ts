/** The params that a reproduction stands on. */
import {
  flattenParams,
  type Observer,
  type Pipeline,
  type Stage,
  trackedParams,
} from '../pipelines/index.ts';

export interface UsedParam {
  readonly file: string;
  readonly key: string;
  readonly value: string;
}

/** Those that the selected stages track, and those that expressions stand for. */
export function usedParams(
  pipeline: Pipeline,
  selected: readonly Stage[],
  observer: Observer,
): UsedParam[] {
  const params = new Map<string, UsedParam>();
  const add = (file: string, values: Readonly<Record<string, unknown>>) => {
    for (const { key, value } of flattenParams(values)) {
      params.set(`${file}\0${key}`, { file, key, value });
    }
  };
  for (const dep of selected.flatMap((stage) => stage.params)) {
    const values = observer.params(dep.file);
    if (values === null) continue;
    add(
      dep.file,
      Object.fromEntries(trackedParams(dep, values).map((one) => [one.key, one.value])),
    );
  }
  for (const file of pipeline.templateFiles) add(file, observer.params(file)?.values ?? {});
  return [...params.values()];
}
