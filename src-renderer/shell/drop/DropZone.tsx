import { IconBoxSeam, IconCube, IconFolderOpen } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useClient } from '../../client/index.ts';
import { ProgressBar } from '../../ui/index.ts';
import css from './drop.module.css';
import { useDrop } from './use-drop.ts';

/** Says what can be dropped while something is held over the window, and how far an upload is. */
export function DropZone() {
  const { t } = useTranslation('shell');
  const { bridge } = useClient();
  const { over, uploading } = useDrop();
  return (
    <>
      {over && (
        <div className={css.over} role="status">
          <ul className={css.wishes}>
            <li>
              <IconFolderOpen size={22} aria-hidden />
              {t(bridge === null ? 'drop.folderInBrowser' : 'drop.folder')}
            </li>
            <li>
              <IconBoxSeam size={22} aria-hidden />
              {t('drop.bundle')}
            </li>
            <li>
              <IconCube size={22} aria-hidden />
              {t('drop.model')}
            </li>
          </ul>
        </div>
      )}
      {uploading !== null && (
        <div className={css.uploading} role="status">
          <ProgressBar
            label={t('drop.uploading', { name: uploading.name })}
            report={{ phase: '', done: uploading.done, total: uploading.total, unit: 'bytes' }}
            onCancel={uploading.stop}
          />
        </div>
      )}
    </>
  );
}
