import { Accordion, TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Environment, RunDetail } from '../../client/index.ts';
import { type AppColumn, AppTable, Facts, formatSize, Section } from '../../ui/index.ts';
import { LoggedEnvironment } from './LoggedEnvironment.tsx';
import css from './runs.module.css';

type Package = NonNullable<Environment['python']>['packages'][number];

/** The machine, the interpreter and the packages that a run saw. */
export function EnvironmentTab({ run }: { run: Pick<RunDetail, 'id' | 'environment'> }) {
  const { t } = useTranslation('runs');
  const { environment } = run;
  if (environment === null) return <LoggedEnvironment run={run.id} />;
  const { os, cpu, gpus, python, variables, lockfiles } = environment;
  return (
    <div className={css.overview}>
      <div className={css.overviewMain}>
        {python !== null && <Packages packages={python.packages} />}
        {lockfiles.length > 0 && (
          <Section title={t('environment.lockfiles')}>
            <Accordion variant="contained">
              {lockfiles.map((file) => (
                <Accordion.Item key={file.path} value={file.path}>
                  <Accordion.Control>{file.path}</Accordion.Control>
                  <Accordion.Panel>
                    <pre className={css.pre}>{file.text}</pre>
                  </Accordion.Panel>
                </Accordion.Item>
              ))}
            </Accordion>
          </Section>
        )}
      </div>
      <aside className={css.overviewSide}>
        <Section title={t('environment.machine')}>
          <Facts
            items={[
              [t('environment.os'), `${os.name} ${os.version} (${os.arch})`],
              [
                t('environment.cpu'),
                `${cpu.model}, ${t('environment.cores', { count: cpu.cores })}`,
              ],
              [t('environment.memory'), formatSize(environment.memoryBytes)],
              [
                t('environment.gpu'),
                gpus.length === 0
                  ? t('environment.noGpu')
                  : gpus.map((gpu) => `${gpu.name} (${formatSize(gpu.memoryBytes)})`).join(', '),
              ],
              [t('environment.locale'), environment.locale],
              [t('environment.timezone'), environment.timezone],
            ]}
          />
        </Section>
        <Section title={t('environment.python')}>
          {python === null ? (
            <p className={css.dim}>{t('environment.noPython')}</p>
          ) : (
            <Facts
              items={[
                [t('environment.version'), `${python.implementation} ${python.version}`],
                [
                  'python',
                  <code key="python" className={css.code}>
                    {python.executable}
                  </code>,
                ],
              ]}
            />
          )}
        </Section>
        {Object.keys(variables).length > 0 && (
          <Section title={t('environment.variables')}>
            <Facts
              items={Object.entries(variables).map(([name, value]) => [
                name,
                <code key={name} className={css.code}>
                  {value}
                </code>,
              ])}
            />
          </Section>
        )}
      </aside>
    </div>
  );
}

function Packages({ packages }: { packages: readonly Package[] }) {
  const { t } = useTranslation('runs');
  const [text, setText] = useState('');
  const rows = useMemo(
    () => packages.filter((one) => one.name.toLowerCase().includes(text.toLowerCase())),
    [packages, text],
  );
  // Most come from the package index, which needs no saying.
  const placed = packages.some((one) => one.origin !== null);
  const columns = useMemo(
    (): AppColumn<Package>[] => [
      { id: 'name', header: t('environment.package'), width: 240, value: (one) => one.name },
      { id: 'version', header: t('environment.version'), width: 140, value: (one) => one.version },
      ...(placed
        ? [
            {
              id: 'origin',
              header: t('environment.origin'),
              width: 280,
              value: (one: Package) => one.origin,
            },
          ]
        : []),
    ],
    [t, placed],
  );
  return (
    <Section
      title={t('environment.packages', { count: packages.length })}
      actions={
        <TextInput
          aria-label={t('environment.findPackage')}
          placeholder={t('environment.findPackage')}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      }
    >
      <div
        className={css.fileTable}
        style={{ height: `min(${34 + packages.length * 29 + 14}px, max(480px, 100vh - 260px))` }}
      >
        <AppTable
          label={t('environment.packages', { count: packages.length })}
          rows={rows}
          columns={columns}
          rowKey={(one) => one.name}
        />
      </div>
    </Section>
  );
}
