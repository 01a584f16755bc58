/** What models, versions, aliases and tags may be called (MLflow's `utils/validation.py`). */
import { posix } from 'node:path';
import { CairnError } from '../base/errors.ts';

const maxName = 256;
const maxAlias = 255;
const maxTagKey = 250;
const maxTagValue = 100_000;

export function invalid(message: string): CairnError {
  return new CairnError('invalid', message);
}

/**
 * @param field what the name is called in the request, for the error
 * @throws CairnError `invalid`
 */
export function checkModelName(name: string, field = 'name'): string {
  if (name.trim() === '') throw invalid(`Missing value for required parameter '${field}'.`);
  if (/[/:]/.test(name)) {
    throw invalid(`Invalid model name '${shown(name)}'. Names cannot contain '/' or ':'.`);
  }
  // A name may become that of a folder.
  if (posix.normalize(name) !== name || /^\.\.?$/.test(name) || hasControl(name)) {
    throw invalid(
      `Invalid value '${shown(name)}' for parameter '${field}' supplied: Names may be treated as files in certain cases, and must not resolve to other names when treated as such.`,
    );
  }
  return checkLength(field, name, maxName);
}

/** @throws CairnError `invalid` unless the text is the number of a version */
export function checkVersion(text: string): number {
  // There is no version 0 or -1, but one may ask for it.
  if (/^-?\d{1,15}$/.test(text)) return Number(text);
  throw invalid(
    `Invalid value '${shown(text)}' for parameter 'version' supplied: it must be a whole number.`,
  );
}

/** @throws CairnError `invalid` */
export function checkAlias(alias: string): string {
  if (alias === '') throw invalid('Registered model alias name cannot be empty.');
  if (!/^[\p{L}\p{N}\p{M}_-]+$/u.test(alias)) {
    throw invalid(
      `Invalid alias name: '${shown(alias)}'. Names may only contain alphanumerics, underscores (_), and dashes (-).`,
    );
  }
  return checkLength('Registered model alias name', alias, maxAlias);
}

/** Aliases that would be taken for something else are not given. */
export function checkNewAlias(alias: string): string {
  checkAlias(alias);
  if (isLatest(alias)) throw invalid("'latest' alias name (case insensitive) is reserved.");
  if (/^v\d+$/i.test(alias)) throw invalid(`Version alias name '${alias}' is reserved.`);
  return alias;
}

/** The alias that every model has. */
export function isLatest(alias: string): boolean {
  return alias.toLowerCase() === 'latest';
}

export function checkTag(key: string, value: string): void {
  checkLength('key', key, maxTagKey);
  checkLength('value', value, maxTagValue);
}

/** @throws CairnError `invalid` when `text` has more than `limit` characters */
export function checkLength(what: string, text: string, limit: number): string {
  // Halves of surrogate pairs are counted only where the text may be too long.
  if (text.length <= limit || Array.from(text).length <= limit) return text;
  throw invalid(`'${what}' exceeds the maximum length of ${limit} characters: '${shown(text)}'`);
}

export function hasControl(text: string): boolean {
  for (const char of text) if (char < ' ' || char === '\x7f') return true;
  return false;
}

export function shown(text: string): string {
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
