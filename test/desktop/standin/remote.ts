/**
 * The suite's way into the main process, over the channel to the process that started it: functions
 * are evaluated there with the stand-in as their first argument, as Playwright does with Electron.
 */
import { Menu } from './menu.ts';

export interface Evaluation {
  readonly id: number;
  readonly source: string;
  readonly argument: unknown;
}

export type FromApp =
  | { readonly type: 'browser'; readonly endpoint: string }
  | { readonly type: 'value'; readonly id: number; readonly value: unknown }
  | { readonly type: 'error'; readonly id: number; readonly message: string };

const tell = (message: FromApp) => process.send?.(message);

/** Says where the suite finds the browser. */
export function announce(endpoint: string): void {
  tell({ type: 'browser', endpoint });
}

export function listenForSuite(electron: object, orphaned: () => void): void {
  const all = { ...electron, Menu };
  process.on('disconnect', orphaned);
  process.on('message', async ({ id, source, argument }: Evaluation) => {
    try {
      const evaluate = new Function(`return (${source})`)() as (...args: unknown[]) => unknown;
      tell({ type: 'value', id, value: await evaluate(all, argument) });
    } catch (error) {
      tell({
        type: 'error',
        id,
        message: error instanceof Error ? String(error.stack) : String(error),
      });
    }
  });
}
