/**
 * An endpoint of its own process, so that tests can kill it: opens the store of a folder, listens,
 * prints the address as JSON, and goes on until it is ended.
 * Arguments: `--store-dir DIR --root DIR --token TOKEN [--port PORT]`.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createLogger } from '../../src-main/base/logger.ts';
import { listen } from '../../src-main/mlflow/index.ts';
import { Store } from '../../src-main/store/index.ts';
import { Experiments, Tracking } from '../../src-main/tracking/index.ts';

const { values } = parseArgs({
  options: {
    'store-dir': { type: 'string' },
    root: { type: 'string' },
    token: { type: 'string' },
    port: { type: 'string', default: '0' },
  },
});
const storeDir = values['store-dir'] as string;
const store = Store.open(join(storeDir, 'cairn.db'));
const experiments = new Experiments(store);
const endpoint = await listen(
  {
    store,
    experiments,
    tracking: new Tracking(store, experiments, storeDir),
    storeDir,
    root: values.root as string,
    changed: () => undefined,
    logger: createLogger('warn', (line) => process.stderr.write(line)),
    ownRun: null,
  },
  { token: values.token as string, port: Number(values.port) },
);
process.stdout.write(`${JSON.stringify({ url: endpoint.url, pid: process.pid })}\n`);
process.on('SIGTERM', () => {
  void endpoint.close().then(() => {
    store.close();
    process.exit(0);
  });
});
