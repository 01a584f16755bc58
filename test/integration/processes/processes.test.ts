import { execFileSync, spawn } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  followFile,
  identifyProcess,
  isAlive,
  isRunning,
  readFileFrom,
  shellArgv,
  startProcess,
} from '../../../src-main/processes/index.ts';
import {
  parseProcStat,
  parsePsTable,
  parseWindowsTable,
  treeOf,
} from '../../../src-main/processes/table.ts';
import { tempFolder } from '../../support/temp.ts';

const posix = process.platform !== 'win32';

function start(argv: string[], folder = tempFolder()) {
  const logPath = join(folder, 'logs', 'command.log');
  return { logPath, folder, child: startProcess({ argv, cwd: folder, env: process.env, logPath }) };
}

const node = (script: string) => [process.execPath, '-e', script];

async function until(condition: () => boolean, ms = 10_000): Promise<void> {
  const deadline = Date.now() + ms;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error('it never happened');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const exists = (pid: number) => isRunning(pid);

describe('a process', () => {
  it('writes both streams to one log in the order in which they came', async () => {
    const script = `const fs = require('fs'); for (let i = 0; i < 200; i++) fs.writeSync(i % 2 + 1, i + '\\n');`;
    const { child, logPath } = start(node(script));
    expect(await (await child).done).toMatchObject({ exitCode: 0, signal: null });
    const lines = readFileSync(logPath, 'utf8').trim().split('\n');
    expect(lines).toEqual(Array.from({ length: 200 }, (_, index) => String(index)));
  });

  it('passes on its exit code and binary output as it is', async () => {
    const script = `process.stdout.write(Buffer.from([0, 255, 27, 128, 10])); process.exitCode = 7;`;
    const { child, logPath } = start(node(script));
    expect((await (await child).done).exitCode).toBe(7);
    expect([...readFileSync(logPath)]).toEqual([0, 255, 27, 128, 10]);
  });

  it('that cannot be started says why in a sentence', async () => {
    await expect(start(['no-such-program-anywhere']).child).rejects.toMatchObject({
      code: 'not-found',
      message: expect.stringContaining('no-such-program-anywhere'),
    });
    const gone = tempFolder();
    rmSync(gone, { recursive: true });
    const options = {
      argv: node(''),
      cwd: gone,
      env: process.env,
      logPath: join(tempFolder(), 'l'),
    };
    await expect(startProcess(options)).rejects.toThrow('does not exist');
    await expect(start([]).child).rejects.toThrow('no command');
    await expect(start(['echo', 'a\0b']).child).rejects.toMatchObject({ name: 'CairnError' });
    await expect(start([process.execPath, 'x'.repeat(5e6)]).child).rejects.toThrow(/E2BIG|TOOLONG/);
  });

  it.skipIf(!posix)(
    'that may not be executed, or whose interpreter is gone, says which',
    async () => {
      const folder = tempFolder();
      const script = join(folder, 'run.sh');
      writeFileSync(script, '#!/no/such/interpreter\n');
      await expect(start([script], folder).child).rejects.toThrow('may not be executed');
      chmodSync(script, 0o755);
      await expect(start([script], folder).child).rejects.toThrow(
        'its first line names is not here',
      );
      await expect(start(['./run.sh'], folder).child).rejects.toThrow('its first line names');
    },
  );

  it.skipIf(!posix)('is measured: memory and processor time of the whole tree', async () => {
    // Busy for as much of a processor as is looked for, however long that takes beside other work.
    const busy = `const big = Buffer.alloc(80e6, 1); const since = Date.now(); while (process.cpuUsage().user < 0.5e6 || Date.now() < since + 700) big[0]++;`;
    const outer = `require('child_process').spawnSync(process.execPath, ['-e', ${JSON.stringify(busy)}])`;
    const end = await (await start(node(outer)).child).done;
    expect(end.peakMemoryBytes).toBeGreaterThan(100e6);
    expect(end.cpuSeconds).toBeGreaterThan(0.2);
  });

  it.skipIf(!posix)(
    'is stopped with children that ignore the polite way and left its group',
    async () => {
      const folder = tempFolder();
      const pids = join(folder, 'pids');
      const stubborn = `trap '' TERM; echo $$ >> ${pids}; while true; do sleep 0.1; done`;
      writeFileSync(join(folder, 'stubborn.sh'), stubborn);
      const script = `sh stubborn.sh & setsid sh stubborn.sh & sh stubborn.sh`;
      const child = await start(['sh', '-c', script], folder).child;
      const read = () =>
        existsSync(pids) ? readFileSync(pids, 'utf8').trim().split('\n').map(Number) : [];
      await until(() => read().length === 3);
      await child.stop(300);
      await until(() => read().every((pid) => !exists(pid)));
      expect((await child.done).signal).toMatch(/SIG(TERM|KILL)/);
    },
  );

  it.skipIf(process.platform !== 'linux')(
    'is stopped with a daemon that has neither its parent nor its session',
    async () => {
      const folder = tempFolder();
      const pids = join(folder, 'pids');
      writeFileSync(join(folder, 'daemon.sh'), `echo $$ >> ${pids}; exec sleep 600`);
      const child = await start(['sh', '-c', `setsid sh -c 'sh daemon.sh &'; sleep 600`], folder)
        .child;
      const other = await start(['sleep', '600']).child;
      const read = () => (existsSync(pids) ? Number(readFileSync(pids, 'utf8')) : 0);
      await until(() => read() > 0);
      const stat = readFileSync(`/proc/${read()}/stat`, 'utf8').split(' ');
      expect(Number(stat[5])).not.toBe(child.pid);
      await child.stop(2000);
      expect(exists(read())).toBe(false);
      expect(exists(other.pid)).toBe(true);
      await other.stop(0);
    },
  );

  it.skipIf(!posix)('goes on when the one that started it is killed', async () => {
    const folder = tempFolder();
    const path = join(folder, 'starter.ts');
    const module = join(import.meta.dirname, '../../../src-main/processes/index.ts');
    const log = join(folder, 'log');
    writeFileSync(
      path,
      `import { startProcess } from ${JSON.stringify(module)};
       const child = await startProcess({ argv: ['sh', '-c', 'for i in $(seq 100); do echo $i; sleep 0.05; done'],
         cwd: ${JSON.stringify(folder)}, env: process.env, logPath: ${JSON.stringify(log)} });
       console.log(child.pid); setInterval(() => {}, 1000);`,
    );
    const starter = spawn(process.execPath, [path], { stdio: ['ignore', 'pipe', 'inherit'] });
    const pid = await new Promise<number>((resolve) => {
      starter.stdout.once('data', (data: Buffer) => resolve(Number(data.toString())));
    });
    const identity = await identifyProcess(pid);
    starter.kill('SIGKILL');
    await until(() => starter.signalCode === 'SIGKILL');
    const size = statSync(log).size;
    await until(() => statSync(log).size > size);
    expect(identity !== null && (await isAlive(identity))).toBe(true);
    process.kill(-pid, 'SIGKILL');
    await until(() => !exists(pid));
    expect(identity !== null && (await isAlive(identity))).toBe(false);
  });
});

describe('following a log', () => {
  it('gives every byte while it grows, from a file that is not there yet', async () => {
    const path = join(tempFolder(), 'log');
    let over = false;
    const seen: string[] = [];
    const reading = (async () => {
      for await (const { bytes } of followFile(path, 0, { ended: () => over })) {
        seen.push(Buffer.from(bytes).toString());
      }
    })();
    for (let line = 0; line < 20; line++) {
      appendFileSync(path, `${line}\n`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    over = true;
    await reading;
    expect(seen.join('')).toBe(Array.from({ length: 20 }, (_, line) => `${line}\n`).join(''));
  });

  it('reads the end of a file of 200 MB without reading the rest', async () => {
    const path = join(tempFolder(), 'log');
    writeFileSync(path, '');
    execFileSync(process.execPath, [
      '-e',
      `require('fs').truncateSync(${JSON.stringify(path)}, 2e8)`,
    ]);
    appendFileSync(path, 'the end');
    const before = process.memoryUsage().rss;
    let text = '';
    for await (const { offset, bytes } of readFileFrom(path, -7)) {
      expect(offset).toBe(2e8);
      text += Buffer.from(bytes).toString();
    }
    expect(text).toBe('the end');
    expect(process.memoryUsage().rss - before).toBeLessThan(50e6);
  });

  it('ends when nobody wants it any more', async () => {
    const folder = tempFolder();
    mkdirSync(join(folder, 'x'));
    const stop = new AbortController();
    const reading = followFile(join(folder, 'log'), 0, {
      ended: () => false,
      signal: stop.signal,
    }).next();
    stop.abort();
    expect((await reading).done).toBe(true);
  });
});

describe('what systems say of processes', () => {
  it('reads /proc, with spaces and parentheses in a name, and leaves zombies out', () => {
    const rest = Array.from({ length: 40 }, (_, index) => index).join(' ');
    const row = parseProcStat(`42 (a ) b) S 7 8 9 ${rest}`, 4096);
    expect(row).toMatchObject({ pid: 42, parent: 7, group: 8, session: 9 });
    expect(parseProcStat(`42 (gone) Z 7 8 9 ${rest}`, 4096)).toBeNull();
    expect(parseProcStat('half', 4096)).toBeNull();
  });

  it('reads macOS’s ps', () => {
    const rows = parsePsTable(
      '  10     1    10      0   2048   0:01.50\n  11    10    10 0 100 1-02:03:04\n\n',
    );
    expect(rows[0]).toEqual({
      pid: 10,
      parent: 1,
      group: 10,
      session: 0,
      memory: 2_097_152,
      cpuSeconds: 1.5,
    });
    expect(rows[1]?.cpuSeconds).toBe(86_400 + 2 * 3600 + 3 * 60 + 4);
  });

  it('reads PowerShell’s list', () => {
    expect(parseWindowsTable('10 1 4096 15000000\r\n\r\n')).toEqual([
      { pid: 10, parent: 1, group: 0, session: 0, memory: 4096, cpuSeconds: 1.5 },
    ]);
  });

  it('finds descendants, and members of the group or session whose parent is gone', () => {
    const row = (pid: number, parent: number, group = 0, session = 0) => {
      return { pid, parent, group, session, memory: 0, cpuSeconds: 0 };
    };
    const table = [row(5, 1), row(6, 5), row(7, 6), row(8, 1, 5), row(9, 1, 9, 5), row(10, 1)];
    expect(treeOf(table, 5).map(({ pid }) => pid)).toEqual([5, 6, 7, 8, 9]);
  });

  it('asks each system for the start of a process in its own way', async () => {
    const asked: string[] = [];
    const execute = async (program: string) => {
      asked.push(program);
      return 'Sat Nov 21 08:00:00 2026\n';
    };
    expect((await identifyProcess(1, 'darwin', execute))?.started).toBe('Sat Nov 21 08:00:00 2026');
    expect((await identifyProcess(1, 'win32', execute))?.pid).toBe(1);
    expect(asked).toEqual(['ps', 'powershell.exe']);
    const none = () => Promise.reject(new Error('no such process'));
    expect(await identifyProcess(1, 'darwin', none)).toBeNull();
    expect(await isAlive({ pid: process.pid, started: '' })).toBe(true);
    expect(await isAlive({ pid: process.pid, started: 'another boot:1' })).toBe(false);
  });

  it('runs a line in the user’s shell without its start-up files', () => {
    expect(shellArgv('x', 'linux', { SHELL: '/bin/bash' })).toEqual([
      '/bin/bash',
      '--noprofile',
      '--norc',
      '-c',
      'x',
    ]);
    expect(shellArgv('x', 'darwin', { SHELL: '/bin/zsh' })).toEqual([
      '/bin/zsh',
      '--no-rcs',
      '-c',
      'x',
    ]);
    expect(shellArgv('x', 'linux', {})).toEqual(['/bin/sh', '-c', 'x']);
    expect(shellArgv('x', 'win32', { ComSpec: 'C:\\cmd.exe' })).toEqual([
      'C:\\cmd.exe',
      '/d',
      '/s',
      '/c',
      '"x"',
    ]);
  });
});
