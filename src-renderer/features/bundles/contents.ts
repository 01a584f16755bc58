/** What goes into a bundle, grouped and counted. */
import type { Output } from '../../client/index.ts';

export type BundleFile = Output<'bundles.preview'>['files'][number];
export type Role = BundleFile['role'];

/** In the order in which they are shown: what can be left out comes first. */
const roles = ['output', 'input', 'code', 'environment', 'log', 'record'] as const;

/** Only data can be left out; without its code or its record a bundle is none. */
export function canLeaveOut(file: BundleFile): boolean {
  return file.available && (file.role === 'input' || file.role === 'output');
}

export interface Group {
  readonly role: Role;
  readonly files: readonly BundleFile[];
  /** Sum of the sizes that are known. */
  readonly bytes: number;
}

export function groupFiles(files: readonly BundleFile[]): Group[] {
  return roles.flatMap((role) => {
    const members = files.filter((file) => file.role === role);
    if (members.length === 0) return [];
    return [{ role, files: members, bytes: sum(members) }];
  });
}

export interface Totals {
  readonly files: number;
  readonly bytes: number;
  /** Chosen to be left out, or not to be had any more. */
  readonly omitted: number;
  readonly omittedBytes: number;
}

/** What the bundle will hold, before compression, when the paths in `leaveOut` are left out. */
export function totalsOf(files: readonly BundleFile[], leaveOut: ReadonlySet<string>): Totals {
  const stays = (file: BundleFile): boolean => file.available && !leaveOut.has(file.path);
  const kept = files.filter(stays);
  const omitted = files.filter((file) => !stays(file));
  return {
    files: kept.length,
    bytes: sum(kept),
    omitted: omitted.length,
    omittedBytes: sum(omitted),
  };
}

function sum(files: readonly BundleFile[]): number {
  return files.reduce((total, file) => total + (file.size ?? 0), 0);
}
