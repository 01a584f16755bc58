/** How busy the graphics cards are: NVIDIA's by one long-lived process of their own tool, AMD's by files. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface GpuLoad {
  readonly name: string;
  /** Percent of the time that it had work. */
  readonly utilization: number | null;
  /** Bytes in use, and bytes that it has. */
  readonly memory: number | null;
  readonly memoryTotal: number | null;
  readonly watts: number | null;
}

/** How often NVIDIA's tool looks. */
const everySeconds = 2;

const question = 'index,name,utilization.gpu,memory.used,memory.total,power.draw';

export class GpuWatcher {
  readonly #cards: readonly string[];
  readonly #nvidia = new Map<number, GpuLoad>();
  #child: ChildProcess | null = null;
  #rest = '';

  /** @param env of the user: where NVIDIA's tool is looked for */
  constructor(
    env: Readonly<Record<string, string | undefined>>,
    platform: NodeJS.Platform = process.platform,
  ) {
    this.#cards = platform === 'linux' ? amdCards() : [];
    if (platform !== 'darwin') this.#start(env);
  }

  /** As they were at the last look; empty where there are none, or nobody has answered yet. */
  read(): GpuLoad[] {
    const nvidia = [...this.#nvidia].sort(([a], [b]) => a - b).map(([, load]) => load);
    return [...nvidia, ...this.#cards.map((folder, index) => readAmd(folder, index))];
  }

  close(): void {
    this.#child?.kill();
    this.#child = null;
  }

  #start(env: Readonly<Record<string, string | undefined>>): void {
    const child = spawn(
      'nvidia-smi',
      [`--query-gpu=${question}`, '--format=csv,noheader,nounits', '-l', String(everySeconds)],
      {
        env: env as NodeJS.ProcessEnv,
        stdio: ['ignore', 'pipe', 'ignore'],
        windowsHide: true,
        // Never from the folder of the project: a program of that name there is not NVIDIA's.
        cwd: process.platform === 'win32' ? env.SystemRoot : '/',
      },
    );
    this.#child = child;
    // Most machines have none.
    child.on('error', () => {
      this.#child = null;
    });
    child.unref();
    child.stdout?.setEncoding('latin1').on('data', (text: string) => this.#take(text));
    (child.stdout as { unref?: () => void } | null)?.unref?.();
  }

  #take(text: string): void {
    const lines = (this.#rest + text).split('\n');
    this.#rest = (lines.pop() ?? '').slice(0, 4096);
    for (const line of lines) {
      const found = parseNvidia(line);
      if (found !== null) this.#nvidia.set(found.index, found.load);
    }
  }
}

/** A line of `index, name, percent, MiB, MiB, watts`; a field may be `[N/A]`. */
export function parseNvidia(line: string): { index: number; load: GpuLoad } | null {
  const [index, name, ...fields] = line.split(',').map((field) => field.trim());
  if (!/^\d+$/.test(index ?? '') || name === undefined || fields.length !== 4) return null;
  const [utilization, used, total, watts] = fields.map((field) =>
    /^-?[\d.]+$/.test(field) ? Number(field) : null,
  );
  const bytes = (mebibytes: number | null | undefined) =>
    mebibytes == null ? null : mebibytes * 2 ** 20;
  return {
    index: Number(index),
    load: {
      name,
      utilization: utilization ?? null,
      memory: bytes(used),
      memoryTotal: bytes(total),
      watts: watts ?? null,
    },
  };
}

/** Folders of the cards whose driver tells how busy they are (the kernel's amdgpu). */
function amdCards(root = '/sys/class/drm'): string[] {
  try {
    return readdirSync(root)
      .filter((name) => /^card\d+$/.test(name))
      .map((name) => join(root, name, 'device'))
      .filter((folder) => readNumber(join(folder, 'gpu_busy_percent')) !== null);
  } catch {
    return [];
  }
}

function readAmd(folder: string, index: number): GpuLoad {
  return {
    name: `AMD ${index}`,
    utilization: readNumber(join(folder, 'gpu_busy_percent')),
    memory: readNumber(join(folder, 'mem_info_vram_used')),
    memoryTotal: readNumber(join(folder, 'mem_info_vram_total')),
    watts: null,
  };
}

function readNumber(path: string): number | null {
  try {
    const text = readFileSync(path, 'latin1').trim();
    return /^\d+$/.test(text) ? Number(text) : null;
  } catch {
    return null;
  }
}
