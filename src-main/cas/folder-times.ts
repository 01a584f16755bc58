/** Whether the times of a folder tell that a name came or went in it. */
import { statfsSync } from 'node:fs';

/**
 * Local file systems of Linux, which keep POSIX's promise to stamp a folder whenever an entry is
 * made, removed or renamed. What others make of it (FUSE, network drives) is anybody's guess.
 * Source of the numbers: statfs(2).
 */
const keepTheirWord: ReadonlySet<number> = new Set([
  0xef53, // ext2, ext3, ext4
  0x58465342, // XFS
  0x9123683e, // Btrfs
  0xf2f52010, // F2FS
  0x2fc12fc1, // ZFS
  0xca451a4e, // bcachefs
  0x01021994, // tmpfs
  0x794c7630, // overlayfs, of containers
]);

export function folderTimesTell(
  absolute: string,
  platform: NodeJS.Platform = process.platform,
  fileSystemOf: (path: string) => number = (path) => statfsSync(path).type,
): boolean {
  if (platform !== 'linux') return false;
  try {
    // Some numbers come sign-extended on 32-bit systems.
    return keepTheirWord.has(fileSystemOf(absolute) >>> 0);
  } catch {
    return false;
  }
}
