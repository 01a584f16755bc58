import { type ReactNode, useState } from 'react';
import { useClient } from '../client/index.ts';
import { notifyError } from './messages.tsx';
import { PathBrowser } from './PathBrowser.tsx';

export interface PathChoice {
  /** What is chosen: an existing file, an existing folder, or the place of a new file. */
  readonly kind: 'file' | 'folder' | 'save';
  /** Extensions without a dot, for `file`; empty for any. */
  readonly extensions?: readonly string[];
  /** File name offered for `save`. */
  readonly suggestedName?: string;
}

/**
 * Asks for a path: in the system's dialog, or on a page in a list of folders.
 * @returns what begins to ask, and the list to be drawn while it does
 */
export function usePathChoice(
  { kind, extensions = [], suggestedName = '' }: PathChoice,
  onChoose: (path: string) => void,
): { readonly choose: () => Promise<void>; readonly browser: ReactNode } {
  const { bridge } = useClient();
  const [browsing, setBrowsing] = useState(false);
  const choose = async (): Promise<void> => {
    if (bridge === null) return setBrowsing(true);
    try {
      const path =
        kind === 'file'
          ? await bridge.pickFile(extensions)
          : kind === 'folder'
            ? await bridge.pickFolder()
            : await bridge.saveFile(suggestedName);
      if (path !== null) onChoose(path);
    } catch (error) {
      notifyError(error);
    }
  };
  const browser = browsing && (
    <PathBrowser
      kind={kind}
      extensions={extensions}
      suggestedName={suggestedName}
      onClose={() => setBrowsing(false)}
      onChoose={(path) => {
        setBrowsing(false);
        onChoose(path);
      }}
    />
  );
  return { choose, browser };
}
