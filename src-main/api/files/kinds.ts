/** How a file can be shown, by its first bytes and only then by its name. */
import type { FileKind } from '../../contract/files.ts';
import { encodingOf, isSettingsPath, readImageInfo } from '../../diffing/index.ts';
import { PositionalFile } from '../../formats/positional.ts';
import { isTensorPath } from '../../formats/tensors.ts';
import { looksLikeTable } from './json-table.ts';

export interface Described {
  readonly kinds: readonly FileKind[];
  readonly mime: string;
}

const probedBytes = 64 * 1024;

export async function describeFile(file: string, path: string): Promise<Described> {
  await using opened = await PositionalFile.open(file);
  const start = await opened.read(0, Math.min(probedBytes, opened.size));
  return describeStart(start, opened.size, path);
}

/** @param start the first 64 KB, or all of a smaller file */
export function describeStart(start: Buffer, size: number, path: string): Described {
  const image = readImageInfo(start);
  if (image !== null) return { kinds: ['image', 'other'], mime: image.mime };
  const known = mediaOf(start);
  if (known !== null) return known;
  if (start.toString('latin1', 0, 4) === 'PAR1') {
    return { kinds: ['table', 'other'], mime: 'application/vnd.apache.parquet' };
  }
  if (encodingOf(start, start.length >= size) === null) return describeBinary(start, path);
  const [kinds, mime] = textKinds(start.toString('latin1'), path);
  return { kinds: [...kinds, 'text', 'other'], mime };
}

function describeBinary(start: Buffer, path: string): Described {
  const packed = start[0] === 0x1f && start[1] === 0x8b && /\.[ct]sv\.gz$/i.test(path);
  if (packed) return { kinds: ['table', 'other'], mime: 'application/gzip' };
  const kinds: FileKind[] = isTensorPath(path) ? ['model', 'other'] : ['other', 'model'];
  return { kinds, mime: 'application/octet-stream' };
}

/**
 * Sound, film and PDF by their signatures: RIFF (WAVE, AVI), AIFF, Ogg (RFC 3533), FLAC, MPEG audio,
 * ADTS, ISO base media (ISO/IEC 14496-12), Matroska (RFC 9559), PDF (ISO 32000).
 */
function mediaOf(start: Buffer): Described | null {
  const text = (from: number, to: number) => start.toString('latin1', from, to);
  const as = (kind: FileKind, mime: string): Described => ({ kinds: [kind, 'other'], mime });
  if (text(0, 5) === '%PDF-') return as('pdf', 'application/pdf');
  if (text(0, 4) === 'RIFF' && text(8, 12) === 'WAVE') return as('audio', 'audio/wav');
  if (text(0, 4) === 'fLaC') return as('audio', 'audio/flac');
  if (text(0, 4) === 'OggS') {
    return /theora/.test(text(0, 200)) ? as('video', 'video/ogg') : as('audio', 'audio/ogg');
  }
  const mpeg = start.length > 2 && start[0] === 0xff && ((start[1] ?? 0) & 0xe6) === 0xe2;
  if (text(0, 3) === 'ID3' || mpeg) return as('audio', 'audio/mpeg');
  const adts = start.length > 2 && start[0] === 0xff && ((start[1] ?? 0) & 0xf6) === 0xf0;
  if (adts) return as('audio', 'audio/aac');
  if (text(0, 4) === 'RIFF' && text(8, 12) === 'AVI ') return as('video', 'video/x-msvideo');
  if (text(0, 4) === 'FORM' && /^AIF[FC]$/.test(text(8, 12))) return as('audio', 'audio/aiff');
  if (text(4, 8) === 'ftyp') {
    return /^M4A/.test(text(8, 12)) ? as('audio', 'audio/mp4') : as('video', 'video/mp4');
  }
  if (start.length > 4 && start.readUInt32BE(0) === 0x1a45dfa3) return as('video', 'video/webm');
  return null;
}

function textKinds(start: string, path: string): [readonly FileKind[], string] {
  if (/\.ipynb$/i.test(path)) return [['notebook'], 'application/x-ipynb+json'];
  if (/\.(csv|tsv|tab)$/i.test(path)) return [['table'], 'text/csv'];
  if (/\.svg$/i.test(path)) return [['image'], 'image/svg+xml'];
  if (/\.html?$/i.test(path)) return [['html'], 'text/html'];
  if (/\.(md|markdown)$/i.test(path)) return [['markdown'], 'text/markdown'];
  if (/\.json$/i.test(path) && looksLikePlotly(start)) {
    return [['figure', 'settings'], 'application/json'];
  }
  if (/\.json$/i.test(path) && looksLikeTable(start)) {
    return [['table', 'settings'], 'application/json'];
  }
  const settings: FileKind[] = isSettingsPath(path) ? ['settings'] : [];
  return [isTensorPath(path) ? ['model', ...settings] : settings, 'text/plain'];
}

/** An object whose first key is one of a figure's: `{"data": [{…`, `{"layout": {…`. */
function looksLikePlotly(start: string): boolean {
  return /^\s*\{\s*"(?:data"\s*:\s*\[\s*[{\]]|(?:layout|frames|config)"\s*:\s*[[{])/.test(start);
}
