/** The real clients of MLflow, 3 and 2, log to an endpoint; the scripts check what they read back. */
import { describe, expect, it, onTestFinished } from 'vitest';
import { killUnderLoad } from './mlflow-fire.ts';
import { MlflowProject, series } from './mlflow-project.ts';

async function open(): Promise<MlflowProject> {
  const project = new MlflowProject(onTestFinished);
  await project.start();
  return project;
}

describe.each(series)('%s', (which) => {
  it('logs, reads back, resumes, nests, and keeps artifacts', async () => {
    const project = await open();
    const end = await project.script(which, 'everyday.py');
    expect(end.code, end.stderr).toBe(0);
    const ids = JSON.parse(end.stdout.trim().split('\n').at(-1) as string) as Record<
      string,
      string
    >;
    const [plain] = project.query<{ kind: string; note: string; name: string }>(
      'SELECT kind, note, name FROM runs WHERE id = ?',
      ids.plain,
    );
    expect(plain).toEqual({ kind: 'logged', note: 'What it is for.', name: 'renamed' });
    expect(
      project.query('SELECT name FROM runs WHERE parent_id = ? ORDER BY number', ids.parent),
    ).toEqual([{ name: 'child 0' }, { name: 'child 1' }, { name: 'child 2' }]);
  });

  it('searches parameters: 50 runs from several processes at once', async () => {
    const project = await open();
    // A client that loses the race to make the experiment logs to “Default” (mlflow/tracking/fluent.py
    // returns before it has set the experiment), whatever the server: the race is not held here.
    const made = await project.script(which, 'sweep.py', '0', '0');
    expect(made.code, made.stderr).toBe(0);
    const shares = which === 'mlflow3' ? [7, 7, 6, 6, 6, 6, 6, 6] : [17, 17, 16];
    const ends = await Promise.all(
      shares.map((count, worker) =>
        project.script(which, 'sweep.py', String(worker), String(count)),
      ),
    );
    for (const end of ends) expect(end.code, end.stderr).toBe(0);
    const runs = project.query<{ status: string; number: number; points: number }>(
      `SELECT r.status, r.number, (SELECT sum(count) FROM metric_series s WHERE s.run = r.seq) AS points
       FROM runs r ORDER BY r.number`,
    );
    expect(project.query('SELECT name FROM experiments')).toEqual([{ name: 'sweep' }]);
    expect(runs.map((run) => run.number)).toEqual(Array.from({ length: 50 }, (_, at) => at + 1));
    expect(new Set(runs.map((run) => run.status))).toEqual(new Set(['FINISHED']));
    expect(new Set(runs.map((run) => run.points))).toEqual(new Set([40]));
  });

  it('finds runs by every operator, in every order, page by page', async () => {
    const project = await open();
    const end = await project.script(which, 'search.py');
    expect(end.code, end.stderr).toBe(0);
  });

  it('logs in the background, and what the machine does', async () => {
    const project = await open();
    const end = await project.script(which, 'background.py');
    expect(end.code, end.stderr).toBe(0);
  });
});

describe('mlflow3', () => {
  it('logs scikit-learn and LightGBM by itself', async () => {
    const project = await open();
    const end = await project.script('mlflow3', 'autolog.py');
    expect(end.code, end.stderr).toBe(0);
  });
});

describe('an endpoint that is killed', () => {
  it.each([
    ['mlflow3', 6],
    ['mlflow2', 3],
  ] as const)('under load by %s, %i times, loses and doubles nothing', async (which, times) => {
    const project = new MlflowProject(onTestFinished);
    const report = await killUnderLoad(project, which, { times, workers: 2 });
    expect(report).toMatchObject({ lost: 0, doubled: 0, damage: [], failures: [] });
    expect(report.acknowledged).toBeGreaterThan(1000);
  });
});
