/** Notes, what they have said, and what they show. */
import { lstat } from 'node:fs/promises';
import type { Output } from '../contract/index.ts';
import { largestNoteImage } from '../contract/note-images.ts';
import type { Handlers } from '../rpc/index.ts';
import { resolveArtifact, safeParts } from '../tracking/artifacts.ts';
import { keepNoteImage, readNoteImage } from '../tracking/note-images.ts';
import type { ApiContext } from './context.ts';

type NoteOperation = Extract<keyof Handlers, `notes.${string}`>;
type NamedFile = Output<'notes.files'>['files'][number];

export function noteHandlers(context: ApiContext): Pick<Handlers, NoteOperation> {
  const changed = () => context.session().changes.publish(['notes']);
  return {
    'notes.create': async ({ body, at, session }) => {
      const id = context.session().notes.create(body, at, session);
      changed();
      return { id };
    },
    'notes.update': async ({ id, body, session }) => {
      context.session().notes.update(id, body, session);
      changed();
      return {};
    },
    'notes.delete': async ({ id }) => {
      context.session().notes.delete(id);
      changed();
      return {};
    },
    'notes.restore': async ({ id }) => {
      context.session().notes.restore(id);
      changed();
      return {};
    },
    'notes.history': async ({ id }) => ({
      versions: context
        .session()
        .notes.history(id)
        .map(({ id: version, ...rest }) => ({ version, ...rest })),
    }),
    'notes.version': async ({ version }) => context.session().notes.version(version),
    'notes.addImage': async ({ bytes }) => ({
      name: keepNoteImage(context.session().workspace.storeDir, bytes, largestNoteImage),
    }),
    'notes.image': ({ name }) => readNoteImage(context.session().workspace.storeDir, name),
    'notes.files': async ({ paths }) => {
      const { root } = context.session().workspace;
      return { files: await Promise.all(paths.map((path) => lookAt(root, path))) };
    },
  };
}

/** A path comes from a note, which a stranger may have written: it stays within the folder. */
async function lookAt(root: string, path: string): Promise<NamedFile> {
  try {
    const absolute = await resolveArtifact({ path: root, writable: false }, safeParts(path));
    const stat = await lstat(absolute);
    if (stat.isFile()) return { path, kind: 'file', size: stat.size, modifiedAt: stat.mtimeMs };
    if (stat.isDirectory()) return { path, kind: 'folder', size: null, modifiedAt: stat.mtimeMs };
  } catch {
    // Not there, not to be looked at, or not in the folder: there is nothing to link to.
  }
  return { path, kind: 'missing', size: null, modifiedAt: null };
}
