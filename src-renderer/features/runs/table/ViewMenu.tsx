import { Button, Group, Menu, TextInput } from '@mantine/core';
import {
  IconBookmark,
  IconCheck,
  IconDeviceFloppy,
  IconHome,
  IconPencil,
  IconPlus,
  IconTrash,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Output, type SavedView, useCall } from '../../../client/index.ts';
import { Dialog, notify, notifyError, notifyUndo } from '../../../ui/index.ts';
import css from './table.module.css';
import { plainView, sameView, type View } from './view.ts';
import { applyView, nameView, useViewId } from './view-store.ts';

/** The saved views: choose one, save, rename, delete, begin with one. */
export function ViewMenu({ view, saved }: { view: View; saved: Output<'views.list'> }) {
  const { t } = useTranslation('table');
  const call = useCall();
  const id = useViewId();
  const [dialog, setDialog] = useState<'save' | 'rename' | null>(null);
  const current = saved.views.find((one) => one.id === id) ?? null;
  const isChanged = !sameView(current?.state ?? plainView, view);
  const undoable = async (work: Promise<unknown>, message: string): Promise<boolean> => {
    try {
      await work;
      notifyUndo(message, () => void call('experiments.undo', {}).catch(notifyError));
      return true;
    } catch (error) {
      notifyError(error);
      return false;
    }
  };
  const save = async (name: string, into: SavedView | null): Promise<boolean> => {
    try {
      const { id: savedId } = await call('views.save', {
        id: into?.id ?? null,
        name,
        state: {
          ...view,
          order: [...view.order],
          columns: [...view.columns],
          hidden: [...view.hidden],
        },
      });
      nameView(savedId);
      if (into === null) notify(t('view.saved', { name }));
      else
        notifyUndo(
          t('view.saved', { name }),
          () => void call('experiments.undo', {}).catch(notifyError),
        );
      return true;
    } catch (error) {
      notifyError(error);
      return false;
    }
  };
  return (
    <>
      <Menu position="bottom-start">
        <Menu.Target>
          <Button leftSection={<IconBookmark size={14} />} className={css.viewButton}>
            <span className={css.viewName}>{current?.name ?? t('view.menu')}</span>
            {current !== null && isChanged && (
              <span role="img" aria-label={t('view.changed')} title={t('view.changed')}>
                {' •'}
              </span>
            )}
          </Button>
        </Menu.Target>
        <Menu.Dropdown className={css.viewMenu}>
          <Menu.Item
            leftSection={<Tick shown={current === null && !isChanged} />}
            onClick={() => applyView(null)}
          >
            {t('view.plain')}
          </Menu.Item>
          {saved.views.map((one) => (
            <Menu.Item
              key={one.id}
              leftSection={<Tick shown={one.id === id} />}
              rightSection={
                one.id === saved.standard ? (
                  <span role="img" aria-label={t('view.begins')} title={t('view.begins')}>
                    <IconHome size={14} />
                  </span>
                ) : null
              }
              onClick={() => applyView(one)}
            >
              <span className={css.viewName}>{one.name}</span>
            </Menu.Item>
          ))}
          <Menu.Divider />
          {current !== null && isChanged && (
            <Menu.Item
              leftSection={<IconDeviceFloppy size={14} />}
              onClick={() => void save(current.name, current)}
            >
              {t('view.update', { name: current.name })}
            </Menu.Item>
          )}
          <Menu.Item leftSection={<IconPlus size={14} />} onClick={() => setDialog('save')}>
            {t('view.save')}
          </Menu.Item>
          {current !== null && (
            <>
              <Menu.Item leftSection={<IconPencil size={14} />} onClick={() => setDialog('rename')}>
                {t('view.rename', { name: current.name })}
              </Menu.Item>
              <Menu.Item
                leftSection={<IconHome size={14} />}
                onClick={() => {
                  const standard = saved.standard === current.id ? null : current.id;
                  call('views.setStandard', { id: standard }).catch(notifyError);
                }}
              >
                {t(saved.standard === current.id ? 'view.dontBegin' : 'view.begin', {
                  name: current.name,
                })}
              </Menu.Item>
              <Menu.Item
                leftSection={<IconTrash size={14} />}
                onClick={() => {
                  nameView(null);
                  void undoable(
                    call('views.remove', { id: current.id }),
                    t('view.removed', { name: current.name }),
                  );
                }}
              >
                {t('view.remove', { name: current.name })}
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      {dialog === 'save' && (
        <NameDialog
          title={t('view.saveTitle')}
          hint={t('view.hint')}
          name=""
          onName={(name) => save(name, null)}
          onClose={() => setDialog(null)}
        />
      )}
      {dialog === 'rename' && current !== null && (
        <NameDialog
          title={t('view.renameTitle')}
          name={current.name}
          onName={(name) =>
            undoable(call('views.rename', { id: current.id, name }), t('view.renamed', { name }))
          }
          onClose={() => setDialog(null)}
        />
      )}
    </>
  );
}

function Tick({ shown }: { shown: boolean }) {
  return shown ? <IconCheck size={14} /> : <span className={css.noTick} />;
}

function NameDialog({
  title,
  hint,
  name,
  onName,
  onClose,
}: {
  title: string;
  hint?: string;
  name: string;
  /** @returns whether it was done */
  onName: (name: string) => Promise<boolean>;
  onClose: () => void;
}) {
  const { t } = useTranslation(['table', 'common']);
  const [text, setText] = useState(name);
  const [busy, setBusy] = useState(false);
  const submit = async (): Promise<void> => {
    setBusy(true);
    const done = await onName(text.trim());
    setBusy(false);
    if (done) onClose();
  };
  return (
    <Dialog onClose={onClose} title={title}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <TextInput
          label={t('view.name')}
          description={hint}
          value={text}
          maxLength={200}
          data-autofocus
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Group justify="flex-end" mt="md">
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button type="submit" variant="filled" loading={busy} disabled={text.trim() === ''}>
            {t('common:save')}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}
