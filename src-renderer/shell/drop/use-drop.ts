import { useEffect, useEffectEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isCancelled, largestUpload, useCall, useClient } from '../../client/index.ts';
import { goTo, showDialog, to } from '../../state/index.ts';
import { formatSize, notify, notifyError, useOpenFolder } from '../../ui/index.ts';
import { sortDrop } from './sort-drop.ts';
import { upload } from './upload.ts';

/** A file on its way to the core. */
export interface Uploading {
  readonly name: string;
  readonly done: number;
  readonly total: number;
  stop(): void;
}

interface Item {
  readonly file: File;
  readonly folder: boolean;
}

/**
 * Takes what is dropped on the window: a folder to open, a bundle to verify, a model to look into, two
 * to compare. A page in a browser is not told where things lie; it hands over what is in files.
 */
export function useDrop(): { over: boolean; uploading: Uploading | null } {
  const { t } = useTranslation('shell');
  const { bridge } = useClient();
  const call = useCall();
  const folders = useOpenFolder();
  const [over, setOver] = useState(false);
  const [uploading, setUploading] = useState<Uploading | null>(null);

  const placeOf = async ({ file }: Item): Promise<string> => {
    const path = bridge?.pathOf(file) ?? '';
    if (path !== '') return path;
    const abort = new AbortController();
    const state = { name: file.name, total: file.size, stop: () => abort.abort() };
    setUploading({ ...state, done: 0 });
    try {
      return await upload(call, file, abort.signal, (done) => setUploading({ ...state, done }));
    } finally {
      setUploading(null);
    }
  };

  const take = useEffectEvent(async (items: readonly Item[]): Promise<void> => {
    const wish = sortDrop(items.map(({ file, folder }) => ({ name: file.name, folder })));
    const [first] = items;
    if (wish.kind === 'refused' || first === undefined) {
      return notify(t(`drop.${wish.kind === 'refused' ? wish.why : 'nothing'}`));
    }
    if (wish.kind === 'folder') {
      const path = bridge?.pathOf(first.file) ?? '';
      if (path !== '') return await folders.open(path);
      notify(t('drop.noPath', { name: first.file.name }));
      return showDialog({ kind: 'open-folder' });
    }
    const large = items.find(({ file }) => file.size > largestUpload);
    if (bridge === null && large !== undefined) {
      const size = formatSize(largestUpload);
      return notify(t('drop.tooLarge', { name: large.file.name, size }));
    }
    if (wish.kind === 'bundle') {
      return goTo(to('bundles', [], { file: await placeOf(first), tab: 'open' }));
    }
    const paths: string[] = [];
    for (const item of items) paths.push(await placeOf(item));
    goTo(to('models', [], { left: paths[0], right: paths[1] }));
  });

  const drop = useEffectEvent((data: DataTransfer): void => {
    take(itemsOf(data)).catch((error: unknown) => {
      if (!isCancelled(error)) notifyError(error);
    });
  });

  useEffect(() => {
    // A picture of the page itself is a file to the browser as well.
    let own = false;
    let depth = 0;
    const wanted = (event: DragEvent): event is DragEvent & { dataTransfer: DataTransfer } =>
      !own && !event.defaultPrevented && (event.dataTransfer?.types.includes('Files') ?? false);
    const inEditor = (event: DragEvent): boolean =>
      event.target instanceof Element && event.target.closest('.cm-editor') !== null;
    const on = {
      dragstart: () => {
        own = true;
      },
      dragend: () => {
        own = false;
      },
      dragenter: (event: DragEvent) => {
        if (!wanted(event)) return;
        depth += 1;
        setOver(!inEditor(event));
      },
      dragleave: (event: DragEvent) => {
        if (!wanted(event)) return;
        depth -= 1;
        if (depth <= 0) setOver(false);
      },
      dragover: (event: DragEvent) => {
        if (!wanted(event)) return;
        // Without this, the browser would show the file in place of the window.
        event.preventDefault();
        if (!inEditor(event)) event.dataTransfer.dropEffect = 'copy';
      },
      drop: (event: DragEvent) => {
        depth = 0;
        setOver(false);
        if (!wanted(event) || inEditor(event)) return;
        event.preventDefault();
        drop(event.dataTransfer);
      },
    } as const;
    for (const [name, listener] of Object.entries(on)) {
      window.addEventListener(name as 'drop', listener as (event: DragEvent) => void);
    }
    return () => {
      for (const [name, listener] of Object.entries(on)) {
        window.removeEventListener(name as 'drop', listener as (event: DragEvent) => void);
      }
    };
  }, []);
  return { over, uploading };
}

/** Only while the event is handed out does it say what is a folder. */
function itemsOf(data: DataTransfer): readonly Item[] {
  return [...data.items].flatMap((item) => {
    const file = item.kind === 'file' ? item.getAsFile() : null;
    if (file === null) return [];
    return [{ file, folder: item.webkitGetAsEntry()?.isDirectory ?? false }];
  });
}
