/** `cairn share`, `cairn metrics`, `cairn sync` and `cairn import` where they cannot do what is asked. */
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { Cairn, expectRefusal, gitProject } from '../../support/cairn.ts';
import { tempFolder } from '../../support/temp.ts';

const sacred = join(import.meta.dirname, '../../fixtures/sacred/sacred-0.8.7');

/** A folder with three runs, which were read. */
async function open() {
  const folder = gitProject({ 'README.md': 'penguins' });
  cpSync(sacred, join(folder, 'runs'), { recursive: true });
  const cairn = new Cairn();
  await cairn.json(folder, 'sources');
  return { folder, cairn, run: (...args: string[]) => cairn.run(folder, ...args) };
}

test('pages and tables that cannot be written are refused, and nothing is left of them', async () => {
  const { folder, run } = await open();
  const before = readdirSync(folder);
  const html = /“….html”/;
  expectRefusal(await run('share', '1.1', '-o', 'page.pdf'), html);
  expectRefusal(await run('share', '1.1', '-o', ''), html);
  expectRefusal(await run('share', '1.1', 'nope', '-o', 'page.html'), /no run “nope”/);
  expectRefusal(await run('metrics', '1.1', '--to', 'points.txt'), /“….csv” or “….parquet”/);
  expectRefusal(await run('metrics', '1.1', '-k', 'nokey', '--to', 'a.csv'), /metric called nokey/);
  expectRefusal(await run('metrics', '--filter', 'lr = 9', '--to', 'a.csv'), /No run matches/);
  expectRefusal(await run('metrics', '--filter', 'lr ==', '--to', 'a.csv'), /is missing/);
  expectRefusal(await run('share', '1.1', '-o', 'README.md/page.html'), /its folder is not there/);
  expectRefusal(await run('metrics', '1.1', '--to', 'README.md/a.csv'), /its folder is not there/);
  expect(readdirSync(folder)).toEqual(before);
  mkdirSync(join(folder, 'dir.html'));
  expectRefusal(await run('share', '1.1', '-o', 'dir.html', '--overwrite'), /is a folder/);
  writeFileSync(join(folder, 'there.html'), 'mine');
  expectRefusal(await run('share', '1.1', '-o', 'there.html'), /exists already/);
});

test('a server that is none, wants to know more, or is not there is said in one sentence', async () => {
  const { run } = await open();
  const answer = { status: 404 };
  const server = createServer((_request, response) => {
    response.writeHead(answer.status).end('<html>');
  });
  await new Promise<void>((up) => server.listen(0, '127.0.0.1', up));
  onTestFinished(() => void server.close());
  const uri = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  for (const direction of ['push', 'pull']) {
    answer.status = 404;
    const sync = (...args: string[]) => run('sync', direction, '--server', ...args);
    expectRefusal(await sync(uri), /HTTP 404\. Is it MLflow’s server\?/);
    answer.status = 401;
    expectRefusal(await sync(uri), /wants to know who you are/);
    answer.status = 200;
    expectRefusal(await sync(uri), /something else than JSON/);
    expectRefusal(await sync(''), /Which server\?/);
    expectRefusal(await sync('nonsense'), /not the address of a server/);
    expectRefusal(await sync('ftp://x'), /not an http or https address/);
  }
  expectRefusal(await run('sync', 'sideways', '--server', uri), /not “sideways”/);
});

const isBound = process.platform !== 'win32' && process.getuid?.() !== 0;
test.skipIf(!isBound)('what may not be read or written is said so (not as root)', async () => {
  const { folder, run } = await open();
  const closed = tempFolder();
  chmodSync(closed, 0o500);
  expectRefusal(await run('share', '1.1', '-o', join(closed, 'a.html')), /no permission there/);
  expectRefusal(await run('metrics', '1.1', '--to', join(closed, 'a.csv')), /no permission there/);
  const half = tempFolder();
  cpSync(sacred, half, { recursive: true });
  const [runs = ''] = readdirSync(half);
  chmodSync(join(half, runs, '2'), 0);
  onTestFinished(() => chmodSync(join(half, runs, '2'), 0o700));
  const { stdout } = await run('import', half);
  expect(stdout).toMatch(/2 could not be read and was left out/);
  chmodSync(half, 0);
  onTestFinished(() => chmodSync(half, 0o700));
  expectRefusal(await run('import', half), /no permission there/);
  expect(existsSync(join(folder, 'a.html'))).toBe(false);
});
