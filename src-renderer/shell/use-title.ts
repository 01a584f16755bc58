import { useEffect } from 'react';
import type { WorkspaceInfo } from '../client/index.ts';

/** The window is called after the folder, with what is running in front. */
export function useTitle(workspace: WorkspaceInfo | null): void {
  useEffect(() => {
    const running = workspace?.counts.running ?? 0;
    const name = workspace === null ? 'Cairn' : `${workspace.name} – Cairn`;
    document.title = running > 0 ? `(${running}) ${name}` : name;
  }, [workspace]);
}
