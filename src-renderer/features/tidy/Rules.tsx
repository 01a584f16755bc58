import { Button, Switch } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type TidyRule, useCall, useOperation } from '../../client/index.ts';
import { localized } from '../../i18n/index.ts';
import {
  CodeText,
  confirm,
  notifyError,
  QueryView,
  useCommand,
  useFocusBack,
} from '../../ui/index.ts';
import { Preview } from './Preview.tsx';
import { RuleEditor } from './RuleEditor.tsx';
import css from './tidy.module.css';

/** What is swept into the trash: by hand, or by itself where that is switched on. */
export function Rules() {
  const { t } = useTranslation('tidy');
  const rules = useOperation('tidy.rules', {});
  const [adding, setAdding] = useState(false);
  const addButton = useFocusBack(adding);
  return (
    <QueryView query={rules}>
      {(data) => (
        <div className={css.rules}>
          {data.rules.map((rule) => (
            <Rule key={rule.id} rule={rule} onChanged={rules.reload} />
          ))}
          {data.rules.length === 0 && !adding && <p className={css.dim}>{t('noRules')}</p>}
          {adding ? (
            <RuleEditor
              rule={null}
              onClose={() => setAdding(false)}
              onSaved={() => {
                setAdding(false);
                rules.reload();
              }}
            />
          ) : (
            <Button
              ref={addButton}
              leftSection={<IconPlus size={14} />}
              onClick={() => setAdding(true)}
            >
              {t('addRule')}
            </Button>
          )}
        </div>
      )}
    </QueryView>
  );
}

function Rule({ rule, onChanged }: { rule: TidyRule; onChanged: () => void }) {
  const { t } = useTranslation(['tidy', 'common']);
  const [editing, setEditing] = useState(false);
  const editButton = useFocusBack(editing);
  const save = useCommand('tidy.save');
  const call = useCall();
  const name = localized(rule.name);
  const remove = async (): Promise<void> => {
    const agreed = await confirm({
      title: t('removeTitle', { name }),
      body: t('removeBody'),
      action: t('remove'),
    });
    if (!agreed) return;
    try {
      await call('tidy.remove', { id: rule.id });
      onChanged();
    } catch (error) {
      notifyError(error);
    }
  };
  if (editing) {
    return (
      <RuleEditor
        rule={rule}
        onClose={() => setEditing(false)}
        onSaved={() => {
          setEditing(false);
          onChanged();
        }}
      />
    );
  }
  return (
    <section className={css.rule} aria-label={name}>
      <div className={css.ruleHead}>
        <h2>{name}</h2>
        <Switch
          label={t('automatic')}
          title={t('automaticHint')}
          checked={rule.automatic}
          disabled={save.busy}
          onChange={async (event) => {
            const automatic = event.currentTarget.checked;
            if ((await save.run({ ...rule, automatic })) !== null) onChanged();
          }}
        />
        <Button ref={editButton} onClick={() => setEditing(true)}>
          {t('common:edit')}
        </Button>
        <Button onClick={() => void remove()}>{t('remove')}</Button>
      </div>
      <CodeText text={rule.filter} />
      <Preview filter={rule.filter} sweepable />
    </section>
  );
}
