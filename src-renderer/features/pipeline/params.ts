/** Params that somebody wants to change for one run, in the form of `dvc exp run -S`. */

export interface ParamValue {
  readonly file: string;
  readonly key: string;
  readonly value: string;
}

export function paramId(param: Pick<ParamValue, 'file' | 'key'>): string {
  return `${param.file}:${param.key}`;
}

/** `file:key=value` for every param whose text differs from what the file has. */
export function setParamsOf(
  params: readonly ParamValue[],
  edited: ReadonlyMap<string, string>,
): string[] {
  return params.flatMap((param) => {
    const value = edited.get(paramId(param))?.trim();
    if (value === undefined || value === param.value) return [];
    return [`${paramId(param)}=${value}`];
  });
}
