/** Whether a path or a side names a bundle. A file of its own: pages and commands load no schemas. */
export function isBundlePath(path: string): boolean {
  return /\.zip$/i.test(path.trim());
}
