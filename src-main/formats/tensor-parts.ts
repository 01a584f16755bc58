/** What readers of model files have in common. */
import { CairnError } from '../base/errors.ts';
import type { ByteRange } from './tensor-file.ts';

/** Ends the reading of a file that breaks a rule of its format. */
export type Broken = (problem: string) => never;

/** Far above any model; keeps a hostile file from filling the memory with records. */
export const maxTensors = 200_000;
export const maxDimensions = 64;
/** What may be held of values that a file writes as text or as single numbers. */
export const maxInlineBytes = 64 * 1024 * 1024;

/** @param format the name of the format as its users write it */
export function brokenFile(path: string, format: string): Broken {
  return (problem) => {
    throw new CairnError('corrupt', `${path} is not a valid ${format} file: ${problem}.`);
  };
}

/** A piece of a file as it lies there. */
export function plainRange(path: string, offset: number, length: number): ByteRange {
  return {
    kind: 'range',
    path,
    offset,
    stored: length,
    length,
    compression: 'none',
    skip: 0,
    crc32: null,
  };
}

/** A text that a file may make as long as it likes, shortened for being shown. */
export function shortened(text: string, characters = 2000): string {
  return text.length <= characters ? text : `${text.slice(0, characters)}…`;
}
