import { expect, it } from 'vitest';
import { weightsOf } from '../../../src-main/api/registered-models.ts';

function files(...paths: ReadonlyArray<string | readonly [path: string, size: number]>) {
  return paths.map((one) =>
    typeof one === 'string' ? { path: one, size: 100 } : { path: one[0], size: one[1] },
  );
}

it.each([
  [
    'PyTorch',
    files('MLmodel', 'conda.yaml', 'data/model.pth', 'data/pickle_module_info.txt'),
    'data/model.pth',
  ],
  ['scikit-learn', files('MLmodel', 'model.pkl', ['input_example.json', 9e9]), 'model.pkl'],
  ['XGBoost', files('MLmodel', 'model.ubj', 'requirements.txt'), 'model.ubj'],
  ['CatBoost', files('MLmodel', 'model.cb', 'python_env.yaml'), 'model.cb'],
  ['LightGBM', files('MLmodel', 'model.lgb', 'model.txt'), 'model.lgb'],
  [
    'Transformers in shards',
    files(
      ['model/model-00001-of-00002.safetensors', 9e9],
      'model/model.safetensors.index.json',
      'model/tokenizer.json',
    ),
    'model/model.safetensors.index.json',
  ],
  [
    'TensorFlow',
    files('data/model/saved_model.pb', 'data/model/variables/variables.index'),
    'data/model/saved_model.pb',
  ],
  ['the largest of several', files(['a.pt', 1], ['b.pt', 2]), 'b.pt'],
  ['the one that was named', files('MLmodel'), 'MLmodel'],
  ['nothing', files('MLmodel', 'input_example.json', 'requirements.txt'), null],
] as const)('opens the weights of %s', (_, listed, chosen) => {
  expect(weightsOf(listed)).toBe(chosen);
});
