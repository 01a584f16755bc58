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
  | { readonly type: 'folder'; readonly root: string | null }
  | { readonly type: 'recents'; readonly folders: readonly RecentFolder[] };
