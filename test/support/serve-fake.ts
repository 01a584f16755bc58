/**
 * Serves the built window over the core made of memory, to look at it:
 * `node test/support/serve-fake.ts [--renderer DIR] [--runs N] [--params N] [--commits N] [--untrusted] [--closed]`.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createLogger } from '../../src-main/base/logger.ts';
import { startServer } from '../../src-main/shells/server/index.ts';
import { fakeCore } from './fake-core.ts';

const { values } = parseArgs({
  options: {
    renderer: {
      type: 'string',
      default: join(import.meta.dirname, '..', '..', 'out', 'renderer'),
    },
    port: { type: 'string', default: '0' },
    runs: { type: 'string', default: '24' },
    params: { type: 'string', default: '6' },
    commits: { type: 'string', default: '60' },
    untrusted: { type: 'boolean', default: false },
    closed: { type: 'boolean', default: false },
  },
});

const server = await startServer({
  handlers: fakeCore({
    runs: Number(values.runs),
    params: Number(values.params),
    commits: Number(values.commits),
    trusted: !values.untrusted,
    open: !values.closed,
  }),
  rendererDir: values.renderer,
  port: Number(values.port),
  logger: createLogger('info', (line) => process.stderr.write(line)),
});
process.stdout.write(`${server.url}\n`);
