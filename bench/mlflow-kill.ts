/**
 * Kills the endpoint under load 200 times (`--times N`) and looks for every point that a client was
 * told is stored. Ends with 1 when one is lost or doubled, or the database is not sound.
 * Run: `node bench/mlflow-kill.ts [--times 200] [--workers 2] [--client mlflow3]`
 */
import { parseArgs } from 'node:util';
import { killUnderLoad } from '../test/interop/mlflow-fire.ts';
import { MlflowProject, series } from '../test/interop/mlflow-project.ts';

const { values } = parseArgs({
  options: {
    times: { type: 'string', default: '200' },
    workers: { type: 'string', default: '2' },
    client: { type: 'string', default: 'mlflow3' },
  },
});
const client = series.find((one) => one === values.client);
if (client === undefined) throw new Error(`--client takes one of ${series.join(', ')}.`);

const endings: (() => void)[] = [];
const project = new MlflowProject((end) => endings.push(end));
try {
  const times = Number(values.times);
  const report = await killUnderLoad(project, client, { times, workers: Number(values.workers) });
  console.log(
    `${times} kills, ${report.acknowledged} points acknowledged: ${report.lost} lost, ${report.doubled} doubled, ${report.damage.length} damaged databases, ${report.failures.length} clients failed`,
  );
  for (const what of [...report.damage, ...report.failures]) console.log(what);
  const bad = report.lost + report.doubled + report.damage.length + report.failures.length;
  process.exitCode = bad === 0 ? 0 : 1;
} finally {
  for (const end of endings.reverse()) end();
}
