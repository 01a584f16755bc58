/** What the shell remembers between starts: a small JSON file in the user's data folder. */
import { readFileSync } from 'node:fs';
import type { Logger } from '../../base/logger.ts';
import { replaceFile } from '../../base/replace-file.ts';
import type { WindowState } from './window-state.ts';

export interface ShellSettings {
  /** By folder; the empty name is the window without one. The last used is the last. */
  readonly windows: Readonly<Record<string, WindowState>>;
}

/** Windows that are remembered. */
const maxWindows = 100;

export class SettingsFile {
  readonly #file: string;
  readonly #logger: Logger;
  #settings: ShellSettings;

  /** Reads `file`; whatever is missing or malformed in it is as it was never written. */
  constructor(file: string, logger: Logger) {
    this.#file = file;
    this.#logger = logger;
    this.#settings = parseSettings(readText(file));
  }

  get settings(): ShellSettings {
    return this.#settings;
  }

  setWindow(folder: string | null, state: WindowState): void {
    const others = Object.entries(this.#settings.windows).filter(([key]) => key !== (folder ?? ''));
    const windows = [...others, [folder ?? '', state] as const].slice(-maxWindows);
    this.#write({ windows: Object.fromEntries(windows) });
  }

  #write(settings: ShellSettings): void {
    this.#settings = settings;
    try {
      replaceFile(this.#file, `${JSON.stringify(settings, null, 2)}\n`);
    } catch (error) {
      this.#logger.warn('The window’s place cannot be remembered', error);
    }
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '{}';
  }
}

export function parseSettings(text: string): ShellSettings {
  const value = parseObject(text);
  const windows = typeof value.windows === 'object' ? (value.windows ?? {}) : {};
  const states = Object.entries(windows).filter((entry): entry is [string, WindowState] =>
    isWindowState(entry[1]),
  );
  return { windows: Object.fromEntries(states) };
}

function parseObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function isWindowState(value: unknown): value is WindowState {
  if (typeof value !== 'object' || value === null) return false;
  const state = value as Record<string, unknown>;
  const numbers = [state.x, state.y, state.width, state.height];
  return numbers.every(Number.isSafeInteger) && typeof state.maximized === 'boolean';
}
