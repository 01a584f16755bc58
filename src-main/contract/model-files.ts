/** Which files are taken for models by their names; `formats/tensors.ts` looks into them. */

/** Extensions that promise a model file, without the dot. */
export const modelExtensions = [
  ...['safetensors', 'safetensors.index.json', 'npy', 'npz'],
  ...['pt', 'pth', 'ckpt', 'ptl', 'pkl', 'pickle', 'joblib'],
  ...['onnx', 'gguf', 'keras', 'h5', 'hdf5', 'tflite'],
  ...['ubj', 'xgb', 'lgb', 'lgbm', 'cbm'],
] as const;

/** Also of other files, so that only who looks for a model wants them: `pytorch_model.bin`. */
export const possibleModelExtensions = [
  ...modelExtensions,
  ...['bin', 'json', 'txt', 'pb', 'index'],
] as const;

/** Formats whose files say what is done with the tensors. */
export const structuredFormats: ReadonlySet<string> = new Set(['onnx', 'keras', 'tflite']);

/** Whether a text names a registered version or a logged model as MLflow does. */
export function isModelUri(text: string): boolean {
  return /^models:\/+[^/]/.test(text);
}

const modelName = new RegExp(
  `\\.(${modelExtensions.map((extension) => extension.replaceAll('.', '\\.')).join('|')})$`,
  'i',
);

/** Whether a path's name promises a model. */
export function isModelPath(path: string): boolean {
  return modelName.test(path);
}
