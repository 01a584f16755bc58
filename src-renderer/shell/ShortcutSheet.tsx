import { useTranslation } from 'react-i18next';
import { Dialog, Keys } from '../ui/index.ts';
import css from './Frame.module.css';
import { everywhere, inLists, type Shortcut } from './shortcuts.ts';

/** Every key, in one place. */
export function ShortcutSheet({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('shell');
  return (
    <Dialog onClose={onClose} title={t('shortcuts.title')} size="xl">
      <div className={css.shortcuts}>
        <Group title={t('shortcuts.everywhere')} shortcuts={everywhere} />
        <Group title={t('shortcuts.lists')} shortcuts={inLists} />
      </div>
    </Dialog>
  );
}

function Group({ title, shortcuts }: { title: string; shortcuts: readonly Shortcut[] }) {
  const { t } = useTranslation('shell');
  return (
    <section>
      <h2 style={{ fontSize: '0.9375rem', margin: '0 0 8px' }}>{title}</h2>
      {shortcuts.map(({ text, keys }) => (
        <div key={text} className={css.shortcut}>
          <span>{t(`shortcuts.${text}`)}</span>
          <span style={{ display: 'flex', alignItems: 'center', gap: 12 }}>
            {keys.map((combination) => (
              <Keys key={combination.join('+')} keys={combination} />
            ))}
          </span>
        </div>
      ))}
    </section>
  );
}
