import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Output } from '../../client/index.ts';
import { to, useGo } from '../../state/index.ts';
import { Chip, MiddleEllipsis, RelativeTime, RunLabel, Section } from '../../ui/index.ts';
import css from './models.module.css';
import { type OnPick, SideButtons } from './SideButtons.tsx';

type Known = Output<'models.registered'>;
type Registered = Known['registered'][number];
type Version = Registered['versions'][number];

/** What was registered, version by version, and what runs logged beside it. */
export function RegisteredModels({
  known: { registered, logged, leftOut },
  onPick,
}: {
  readonly known: Known;
  readonly onPick: OnPick;
}) {
  const { t } = useTranslation('models');
  return (
    <>
      {registered.length > 0 && (
        <Section title={t('registry.title')}>
          <ModelTable first={t('registry.version')}>
            {registered.map((model) => (
              <Versions key={model.name} model={model} onPick={onPick} />
            ))}
          </ModelTable>
        </Section>
      )}
      {logged.length > 0 && (
        <Section title={t('registry.logged')}>
          <ModelTable first={t('registry.model')}>
            <tbody>
              {logged.map(({ id, name, uri, ...model }) => (
                <Row key={id} {...model} uri={uri} name={`${name} ${id}`} onPick={onPick}>
                  <MiddleEllipsis text={name} max={44} />
                </Row>
              ))}
            </tbody>
          </ModelTable>
        </Section>
      )}
      {leftOut > 0 && <p className={css.dim}>{t('registry.leftOut', { count: leftOut })}</p>}
    </>
  );
}

function ModelTable({ first, children }: { readonly first: string; readonly children: ReactNode }) {
  const { t } = useTranslation('models');
  return (
    <table className={css.registry}>
      <thead>
        <tr>
          <th scope="col">{first}</th>
          <th scope="col">{t('registry.run')}</th>
          <th scope="col">{t('registry.made')}</th>
          <td />
        </tr>
      </thead>
      {children}
    </table>
  );
}

function Versions({ model, onPick }: { readonly model: Registered; readonly onPick: OnPick }) {
  const { t } = useTranslation('models');
  const go = useGo();
  const { name, description, versions } = model;
  return (
    <tbody>
      <tr>
        <th scope="rowgroup" colSpan={4} className={css.registryName}>
          <MiddleEllipsis text={name} max={70} />
          {description !== '' && <span className={css.registryText}>{description}</span>}
        </th>
      </tr>
      {versions.map((version, index) => {
        const before = versions.slice(index + 1).find(({ here }) => here);
        return (
          <Row
            key={version.version}
            {...version}
            name={titleOf(name, version)}
            onPick={onPick}
            tools={
              before !== undefined && (
                <Button
                  aria-label={t('registry.compareNamed', {
                    version: before.version,
                    model: titleOf(name, version),
                  })}
                  onClick={() => go(to('models', [], { left: before.uri, right: version.uri }))}
                >
                  {t('registry.compareWith', { version: before.version })}
                </Button>
              )
            }
          >
            <span className={css.registryVersion}>
              <strong>v{version.version}</strong>
              {version.stage !== 'None' && <Chip>{version.stage}</Chip>}
              {version.aliases.map((alias) => (
                <Chip key={alias}>
                  @<MiddleEllipsis text={alias} max={24} />
                </Chip>
              ))}
            </span>
          </Row>
        );
      })}
    </tbody>
  );
}

function Row({
  uri,
  name,
  run,
  createdAt,
  here,
  onPick,
  tools,
  children,
}: Pick<Version, 'uri' | 'run' | 'createdAt' | 'here'> & {
  readonly name: string;
  readonly onPick: OnPick;
  /** More to do with it than to open it and to choose it as a side. */
  readonly tools?: ReactNode;
  /** What it is called. */
  readonly children: ReactNode;
}) {
  const { t } = useTranslation('models');
  const go = useGo();
  return (
    <tr>
      <th scope="row">{children}</th>
      <td>
        {run !== null && (
          <button type="button" className={css.runLink} onClick={() => go(to('run', [run.id]))}>
            <RunLabel label={run.label} />
            <MiddleEllipsis text={run.name} max={36} />
          </button>
        )}
      </td>
      <td className={css.dim}>
        <RelativeTime at={createdAt} />
      </td>
      <td>
        {here ? (
          <span className={css.knownTools}>
            {tools}
            <Button
              variant="subtle"
              aria-label={t('registry.openNamed', { name })}
              onClick={() => go(to('models', [], { left: uri }))}
            >
              {t('look.one')}
            </Button>
            <SideButtons path={uri} name={name} onPick={onPick} />
          </span>
        ) : (
          <span className={css.dim}>{t('registry.elsewhere')}</span>
        )}
      </td>
    </tr>
  );
}

function titleOf(name: string, { version }: Version): string {
  return `${name} v${version}`;
}
