/** What the shell and the core say to each other beside the ports. */

export interface RecentFolder {
  readonly path: string;
  readonly name: string;
}

/** From the shell. A port comes with `connect`. */
export type ToCore =
  /** `folder`: what the window had open before its core fell over, to be opened first. */
  { readonly type: 'connect'; readonly folder: string | null } | { readonly type: 'end' };

/** From the core. */
export type FromCore =
  | { readonly type: 'ready' }
  /** What is open now, and the path it was asked for by when that was just now. */
  | { readonly type: 'folder'; readonly root: string | null; readonly asked: string | null }
  | { readonly type: 'recents'; readonly folders: readonly RecentFolder[] };

const programSwitch = '--program=';

/** The argument that tells the core which binary the program is. */
export function argumentFor(program: string): string {
  return `${programSwitch}${program}`;
}

/** The binary that `argumentFor` named, if it is among the arguments. */
export function programArgument(argv: readonly string[]): string | undefined {
  return argv.find((argument) => argument.startsWith(programSwitch))?.slice(programSwitch.length);
}
