/** Operating system, processor, memory, graphics cards. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import os from 'node:os';
import { promisify } from 'node:util';
import type { Environment } from '../../contract/runs.ts';

const run = promisify(execFile);
const gpuTimeoutMs = 2000;

/** What Node knows at once. Limits of a container count as the machine. */
export function readSystem(): Pick<Environment, 'os' | 'cpu' | 'memoryBytes'> {
  const release = readOsRelease();
  const limit = process.constrainedMemory();
  return {
    os: {
      name:
        release.name ?? { darwin: 'macOS', win32: 'Windows' }[os.platform() as string] ?? os.type(),
      version: release.version ?? os.version(),
      kernel: `${os.type()} ${os.release()}`,
      arch: os.arch(),
    },
    cpu: { model: os.cpus()[0]?.model.trim() ?? 'unknown', cores: os.availableParallelism() },
    memoryBytes: limit > 0 && limit < os.totalmem() ? limit : os.totalmem(),
  };
}

/** NVIDIA's, by their own tool; none where it is not there or does not answer in time. */
export async function readGpus(
  env: Readonly<Record<string, string | undefined>>,
): Promise<Environment['gpus']> {
  try {
    const { stdout } = await run(
      'nvidia-smi',
      ['--query-gpu=name,driver_version,memory.total', '--format=csv,noheader,nounits'],
      { timeout: gpuTimeoutMs, env: env as NodeJS.ProcessEnv },
    );
    return parseGpus(stdout);
  } catch {
    return [];
  }
}

/** Lines of `name, driver, MiB`; a field may be `[N/A]`. */
export function parseGpus(text: string): Environment['gpus'] {
  return text.split('\n').flatMap((line) => {
    const [name, driver, memory] = line.split(',').map((part) => part.trim());
    if (!name || driver === undefined) return [];
    return [{ name, driver, memoryBytes: (Number(memory) || 0) * 2 ** 20 }];
  });
}

/** Freedesktop's os-release(5). */
function readOsRelease(): { name?: string; version?: string } {
  try {
    const text = readFileSync('/etc/os-release', 'utf8');
    const field = (key: string) => new RegExp(`^${key}="?([^"\n]*)"?$`, 'm').exec(text)?.[1];
    const [name, version] = [field('NAME'), field('VERSION')];
    return {
      ...(name === undefined ? {} : { name }),
      ...(version === undefined ? {} : { version }),
    };
  } catch {
    return {};
  }
}
