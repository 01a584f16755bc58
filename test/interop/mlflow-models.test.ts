/** The real clients of MLflow log datasets and models, register them, and load them back. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { hasPython, MlflowProject, type Series, series } from './mlflow-project.ts';

async function run(which: Series, script: string) {
  const project = new MlflowProject(onTestFinished);
  await project.start();
  const end = await project.script(which, script);
  expect(end.code, end.stderr).toBe(0);
  const printed = JSON.parse(end.stdout.trim().split('\n').at(-1) as string) as unknown;
  return { project, printed };
}

describe.each(series)('%s', (which) => {
  it('registers models, and calls every method of the registry', async () => {
    const { project, printed } = await run(which, 'registry.py');
    const { run: runId } = printed as { run: string };
    expect(
      project.query('SELECT name, version, run_id FROM model_versions ORDER BY name, version'),
    ).toEqual([{ name: 'copied', version: 1, run_id: runId }]);
  });
});

describe('mlflow3', () => {
  it('logs datasets and models of scikit-learn and LightGBM by itself and by hand', async () => {
    const { project, printed } = await run('mlflow3', 'sklearn_models.py');
    const { models, alone } = printed as { models: string[]; alone: string };
    expect(
      project.query("SELECT model_id, version FROM model_versions WHERE name = 'iris'"),
    ).toEqual(models.map((model_id, index) => ({ model_id, version: index + 1 })));
    for (const model of models) {
      expect(existsSync(join(project.storeDir, 'artifacts', 'models', model, 'MLmodel'))).toBe(
        true,
      );
    }
    expect(
      project.query(
        'SELECT count(*) AS n FROM logged_models WHERE id = ? AND deleted_at > 0',
        alone,
      ),
    ).toEqual([{ n: 1 }]);
    // What was measured on two datasets at the same step is kept for both.
    expect(
      project.query(
        `SELECT count(*) AS n FROM logged_model_metrics WHERE key = 'accuracy' AND model_id = ?`,
        models[0],
      ),
    ).toEqual([{ n: 2 }]);
  });
});

// `node scripts/venv.mjs torch` installs it.
describe.skipIf(!hasPython('torch'))('PyTorch', () => {
  it('logs every batch of a training loop, and its model, which predicts as before', async () => {
    const { project } = await run('torch', 'torch_loop.py');
    expect(
      project.query(
        `SELECT count FROM metric_series s JOIN names n ON n.id = s.name WHERE n.name = 'loss'`,
      ),
    ).toEqual([{ count: 80 }]);
  });
});
