/** Opening, trusting, looking around. */
import { cpSync, existsSync, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { CairnError } from '../base/errors.ts';
import type { Handlers } from '../rpc/index.ts';
import { auditFolder, forgetRecent, listRecents } from '../workspace/index.ts';
import { browse } from './browse.ts';
import type { ApiContext } from './context.ts';
import { describeWorkspace } from './describe-workspace.ts';
import { quietly } from './quietly.ts';

type WorkspaceOperation = Extract<keyof Handlers, `workspace.${string}`>;

export function workspaceHandlers(context: ApiContext): Pick<Handlers, WorkspaceOperation> {
  return {
    'workspace.info': async () => {
      const session = context.current();
      return session === null ? null : describeWorkspace(session);
    },
    'workspace.open': async ({ path }, call) => {
      const session = await context.open(resolve(path), {
        signal: call.signal,
        onProgress: (report) => quietly(call.emit(report)),
      });
      return describeWorkspace(session);
    },
    'workspace.close': async () => {
      await context.close();
      return {};
    },
    'workspace.recents': async () => ({
      folders: await listRecents(context.folders),
      example: context.exampleDir,
    }),
    'workspace.forget': async ({ path }) => {
      await forgetRecent(context.folders, path);
      return {};
    },
    'workspace.createExample': async () => ({ path: copyExample(context) }),
    'workspace.setTrust': async ({ trusted }) => describeWorkspace(await context.setTrust(trusted)),
    'workspace.audit': async (_input, call) => ({
      items: await auditFolder(context.session().workspace, { signal: call.signal }),
    }),
    'workspace.browse': async ({ path, showFiles }) => {
      // Files are mostly of the folder that is open; folders are opened beside it.
      const open = showFiles ? context.current()?.workspace.root : undefined;
      return browse(path ?? open ?? homedir(), showFiles);
    },
    'workspace.changes': (_input, call) => followChanges(context, call),
  };
}

/** Copies the example to a folder of the user's own; one that is there already is opened again. */
function copyExample(context: ApiContext): string {
  if (context.exampleDir === null || !existsSync(context.exampleDir)) {
    throw new CairnError('not-found', 'The example project is missing from this installation.');
  }
  const target = join(context.folders.data, 'examples', 'penguins');
  if (!existsSync(target)) {
    mkdirSync(dirname(target), { recursive: true });
    cpSync(context.exampleDir, target, { recursive: true });
  }
  return target;
}

/** Ends when the caller goes away. Follows whichever folder is open. */
async function followChanges(
  context: ApiContext,
  call: Parameters<Handlers['workspace.changes']>[1],
): Promise<Record<string, never>> {
  await new Promise<void>((resolve) => {
    const end = context.changes.subscribe((topics) => quietly(call.emit({ topics: [...topics] })));
    const stop = () => {
      end();
      resolve();
    };
    if (call.signal.aborted) stop();
    else call.signal.addEventListener('abort', stop, { once: true });
  });
  return {};
}
