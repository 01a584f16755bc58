import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { RunDetail } from '../../client/index.ts';
import { to, useGo } from '../../state/index.ts';
import { Badge, Chip, CopyText, MiddleEllipsis, Section } from '../../ui/index.ts';
import css from './data-and-models.module.css';

type Version = RunDetail['modelVersions'][number];

/** What the script said that it used: the datasets; nothing when it said nothing. */
export function Datasets({ datasets }: { datasets: RunDetail['datasets'] }) {
  const { t } = useTranslation('runs');
  if (datasets.length === 0) return null;
  return (
    <Section title={t('page.datasets')}>
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col">{t('page.dataset')}</th>
            <th scope="col">{t('page.context')}</th>
            <th scope="col">{t('page.digest')}</th>
            <th scope="col">{t('page.source')}</th>
          </tr>
        </thead>
        <tbody>
          {datasets.map(({ name, digest, context, sourceType }) => (
            <tr key={`${digest} ${name}`}>
              <th scope="row">
                <MiddleEllipsis text={name} max={44} />
              </th>
              <td>{context !== null && <MiddleEllipsis text={context} max={24} />}</td>
              <td>
                <MiddleEllipsis text={digest} max={24} mono />
              </td>
              <td>
                <MiddleEllipsis text={sourceType} max={24} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}

/** The models that the run logged, and the versions that were registered from it. */
export function Models({ run }: { run: RunDetail }) {
  const { t } = useTranslation('runs');
  const { loggedModels, modelVersions } = run;
  if (loggedModels.length === 0 && modelVersions.length === 0) return null;
  const ids = new Set(loggedModels.map((model) => model.id));
  // Registered from the run's files, or from a model that was deleted since.
  const others = modelVersions.filter(({ modelId }) => modelId === null || !ids.has(modelId));
  return (
    <Section title={t('page.models')}>
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col">{t('page.model')}</th>
            <th scope="col">{t('page.kind')}</th>
            <th scope="col">{t('page.registeredAs')}</th>
            <th scope="col">{t('page.uri')}</th>
          </tr>
        </thead>
        <tbody>
          {loggedModels.map(({ id, name, type, status }) => (
            <tr key={id}>
              <th scope="row">
                <span className={css.chips}>
                  <MiddleEllipsis text={name} max={44} />
                  {status === 'PENDING' && (
                    <Badge tone="active" shape="◌">
                      {t('page.modelPending')}
                    </Badge>
                  )}
                  {status === 'FAILED' && (
                    <Badge tone="bad" shape="✕">
                      {t('page.modelFailed')}
                    </Badge>
                  )}
                </span>
              </th>
              <td>{type}</td>
              <td>
                <Versions list={modelVersions.filter(({ modelId }) => modelId === id)} />
              </td>
              <td className={css.tools}>
                <OpenModel uri={`models:/${id}`} name={name} />
                <CopyText text={`models:/${id}`} label={t('page.copyModel')} />
              </td>
            </tr>
          ))}
          {others.map((version) => (
            <tr key={`${version.version} ${version.name}`}>
              <th scope="row" className={css.soft}>
                –
              </th>
              <td />
              <td>
                <Versions list={[version]} />
              </td>
              <td className={css.tools}>
                <OpenModel
                  uri={`models:/${version.name}/${version.version}`}
                  name={`${version.name} v${version.version}`}
                />
                <CopyText
                  text={`models:/${version.name}/${version.version}`}
                  label={t('page.copyModel')}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}

/** Looks into its weights. */
function OpenModel({ uri, name }: { uri: string; name: string }) {
  const { t } = useTranslation(['runs', 'common']);
  const go = useGo();
  return (
    <Button
      variant="subtle"
      size="compact-sm"
      aria-label={t('page.openModel', { name })}
      onClick={() => go(to('models', [], { left: uri }))}
    >
      {t('common:open')}
    </Button>
  );
}

function Versions({ list }: { list: readonly Version[] }) {
  const { t } = useTranslation('runs');
  return (
    <span className={css.chips}>
      {list.map(({ name, version, stage, aliases, from }) => (
        <Chip key={`${version} ${name}`} title={t('page.versionOf', { name, version })}>
          <MiddleEllipsis text={name} max={32} />
          <strong>v{version}</strong>
          {from !== undefined && <span className={css.soft}>{from}</span>}
          {stage !== 'None' && <span className={css.soft}>{stage}</span>}
          {aliases.map((alias) => (
            <span key={alias} className={css.soft}>
              @<MiddleEllipsis text={alias} max={24} />
            </span>
          ))}
        </Chip>
      ))}
    </span>
  );
}
