/** Runs what a bundle describes in a folder of its own, as any other run. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { BundleRecord, Execution } from '../bundles/index.ts';
import { followFile } from '../processes/index.ts';
import { launchRun, stopRun } from '../runners/index.ts';
import { openWorkspace, setTrust, writeTrust } from '../workspace/index.ts';
import { Changes } from './changes.ts';
import type { ApiContext } from './context.ts';
import { Session } from './session.ts';

const pollMs = 100;
/** How much of the log the report keeps. */
const keptLog = 200_000;

/**
 * Waits for the end; aborting stops the run. The folder is trusted, because the user asked; when
 * this throws, it no longer is, and nothing runs in it any more.
 */
export async function executeBundle(
  context: ApiContext,
  folder: string,
  record: BundleRecord,
  signal: AbortSignal,
  onLog: (text: string) => void,
): Promise<Execution> {
  // Makes the folder a workspace of its own, wherever it lies.
  mkdirSync(join(folder, '.cairn'), { recursive: true });
  const { root } = await setTrust(openWorkspace(folder, context.folders), true, context.folders);
  try {
    return await executeTrusted(context, root, record, signal, onLog);
  } catch (error) {
    writeTrust(context.folders, root, false);
    throw error;
  }
}

async function executeTrusted(
  context: ApiContext,
  folder: string,
  record: BundleRecord,
  signal: AbortSignal,
  onLog: (text: string) => void,
): Promise<Execution> {
  const options = { folders: context.folders, logger: context.logger, changes: new Changes() };
  const session = await Session.open(folder, options);
  try {
    const { tracking, lineage, workspace } = session;
    const { id } = await launchRun(
      {
        tracking,
        lineage,
        root: workspace.root,
        storeDir: workspace.storeDir,
        runnerCommand: context.runnerCommand,
      },
      {
        spec: record.spec.kind === 'pipeline' ? { ...record.spec, force: true } : record.spec,
        kind: 'reproduction',
        experiment: 'reproduction',
        name: `${record.run.label} ${record.run.name}`,
        note: '',
      },
    );
    const stop = () => void stopRun({ tracking, lineage }, id).catch(() => undefined);
    signal.addEventListener('abort', stop, { once: true });
    const follower = new LogFollower(session, id, onLog);
    try {
      for (;;) {
        const run = tracking.get(id);
        follower.look(run.executions.map((execution) => execution.stage));
        if (run.status !== 'RUNNING' && run.status !== 'SCHEDULED') {
          const log = await follower.finish();
          signal.throwIfAborted();
          const failure = run.error === null ? '' : `${run.error}\n`;
          return { exitCode: run.exitCode, log: log + failure, environment: run.environment };
        }
        await new Promise((resolve) => setTimeout(resolve, pollMs));
      }
    } finally {
      signal.removeEventListener('abort', stop);
      await follower.finish();
    }
  } finally {
    await session.close();
  }
}

/** Passes on what every stage prints, and keeps the end of it. */
class LogFollower {
  readonly #session: Session;
  readonly #runId: string;
  readonly #onLog: (text: string) => void;
  readonly #following = new Map<string, Promise<void>>();
  #over = false;
  #kept = '';

  constructor(session: Session, runId: string, onLog: (text: string) => void) {
    this.#session = session;
    this.#runId = runId;
    this.#onLog = onLog;
  }

  look(stages: readonly string[]): void {
    for (const stage of stages) {
      if (!this.#following.has(stage)) this.#following.set(stage, this.#follow(stage));
    }
  }

  /** @returns the end of what was printed */
  async finish(): Promise<string> {
    this.#over = true;
    await Promise.all(this.#following.values());
    return this.#kept;
  }

  async #follow(stage: string): Promise<void> {
    const path = this.#session.tracking.logPath(this.#runId, stage);
    const decoder = new TextDecoder();
    for await (const { bytes } of followFile(path, 0, { ended: () => this.#over })) {
      const text = decoder.decode(bytes, { stream: true });
      this.#kept = (this.#kept + text).slice(-keptLog);
      this.#onLog(text);
    }
  }
}
