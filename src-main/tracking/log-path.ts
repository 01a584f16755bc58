/** Where the output of a run's executions is kept, beside the database. */
import { join } from 'node:path';

/** Folder of everything that is kept of one run outside the database. */
export function runFolder(storeDir: string, runId: string): string {
  return join(storeDir, 'runs', runId);
}

/** Where the runner writes down how busy a run keeps its machine. */
export function loadPath(storeDir: string, runId: string): string {
  return join(runFolder(storeDir, runId), 'load.jsonl');
}

/**
 * The log of one execution: `command.log` for a plain command, `stage-<name>.log` for a stage.
 * Characters that a file system may refuse, and upper case (file systems that fold it), are escaped.
 */
export function logPath(storeDir: string, runId: string, stage: string): string {
  const name = stage === '' ? 'command' : `stage-${escapeStage(stage)}`;
  return join(runFolder(storeDir, runId), `${name}.log`);
}

function escapeStage(stage: string): string {
  return Array.from(new TextEncoder().encode(stage), (byte) => {
    const char = String.fromCharCode(byte);
    return /[a-z0-9_-]/.test(char) ? char : `%${byte.toString(16).padStart(2, '0')}`;
  }).join('');
}
