/** Small JSON files in the user's configuration folder. */
import { readFileSync } from 'node:fs';
import { replaceFile } from '../base/replace-file.ts';

/**
 * What the file holds; `otherwise` when it is missing, broken or of another shape. The shapes are
 * small, and every command reads them before anything else: a library of schemas is not loaded.
 */
export function readJson<T>(
  file: string,
  isShape: (value: unknown) => value is T,
  otherwise: T,
): T {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return isShape(value) ? value : otherwise;
  } catch {
    return otherwise;
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Replaces the file as a whole. */
export function writeJson(file: string, value: unknown): void {
  replaceFile(file, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
}
