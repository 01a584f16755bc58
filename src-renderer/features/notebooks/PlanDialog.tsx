import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type NotebookPlan, topics, useCall, useOperation } from '../../client/index.ts';
import { localized } from '../../i18n/index.ts';
import {
  CodeText,
  Dialog,
  notifyError,
  notifyUndo,
  QueryView,
  useCommand,
} from '../../ui/index.ts';
import css from './notebooks.module.css';

export interface Order {
  readonly folder: string;
  readonly order: string[];
}

/** What a new order would rename and change, before it is done. */
export function PlanDialog({
  order,
  onClose,
  onDone,
}: {
  order: Order;
  onClose: () => void;
  onDone: (renames: NotebookPlan['renames']) => void;
}) {
  const { t } = useTranslation(['notebooks', 'common']);
  const query = useOperation('notebooks.plan', order, { topics: [topics.workspace, topics.git] });
  const call = useCall();
  const apply = useCommand('notebooks.renumber');
  const submit = async (plan: NotebookPlan): Promise<void> => {
    const result = await apply.run({ ...order, stamp: plan.stamp });
    if (result === null) return;
    onClose();
    onDone(plan.renames);
    notifyUndo(t('plan.done', { count: result.renamed }), () => {
      call('experiments.undo', {}).catch(notifyError);
    });
  };
  return (
    <Dialog onClose={onClose} title={t('plan.title')} size="lg">
      <QueryView query={query}>
        {(plan) => (
          <form
            onSubmit={(event) => {
              event.preventDefault();
              if (plan.renames.length > 0) void submit(plan);
            }}
          >
            {plan.renames.length === 0 ? <p>{t('plan.nothing')}</p> : <PlanBody plan={plan} />}
            <Group justify="flex-end" mt="md">
              <Button onClick={onClose}>{t('common:cancel')}</Button>
              <Button
                type="submit"
                variant="filled"
                data-autofocus
                loading={apply.busy}
                disabled={plan.renames.length === 0}
              >
                {t('plan.apply', { count: plan.renames.length })}
              </Button>
            </Group>
          </form>
        )}
      </QueryView>
    </Dialog>
  );
}

function PlanBody({ plan }: { plan: NotebookPlan }) {
  const { t } = useTranslation('notebooks');
  return (
    <div className={css.plan}>
      <h3>{t('plan.renames')}</h3>
      <ul>
        {plan.renames.map(({ from, to }) => (
          <li key={from}>
            <CodeText text={from} /> → <CodeText text={to} />
          </li>
        ))}
      </ul>
      <h3>{t('plan.edits')}</h3>
      {plan.edits.length === 0 && <p className={css.dim}>{t('plan.noEdits')}</p>}
      {plan.edits.map(({ path, lines }) => (
        <div key={path}>
          <CodeText text={path} />
          {lines.map(({ line, before, after }) => (
            <dl key={line} className={css.change}>
              <dt>{t('plan.line', { line })}</dt>
              <dd>
                <del>{before}</del>
                <ins>{after}</ins>
              </dd>
            </dl>
          ))}
        </div>
      ))}
      {plan.runs > 0 && <p className={css.dim}>{t('plan.runs', { count: plan.runs })}</p>}
      {plan.warnings.length > 0 && (
        <>
          <h3>{t('plan.warnings')}</h3>
          <ul>
            {plan.warnings.map((warning) => (
              <li key={warning}>{localized(warning)}</li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
