import { Accordion } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { topics, useOperation } from '../../client/index.ts';
import { EmptyState, QueryView, Section, Skeletons } from '../../ui/index.ts';
import css from './runs.module.css';

/** What MLflow writes beside a model, for it to be loaded elsewhere. */
const environmentFile = /(^|\/)(requirements\.txt|python_env\.yaml|conda\.yaml)$/;
const mostFiles = 12;
const mostBytes = 64 * 1024;

/** Of a run whose environment nobody recorded: what the models that it logged ask for. */
export function LoggedEnvironment({ run }: { run: string }) {
  const { t } = useTranslation('runs');
  const query = useOperation(
    'sources.artifacts',
    { id: run, limit: 10_000 },
    { topics: [topics.sources, `run:${run}`] },
  );
  const { data } = query;
  if (data === undefined && query.error === null) return <Skeletons rows={6} />;
  const paths = (data?.files ?? [])
    .map(({ path }) => path)
    .filter((path) => environmentFile.test(path))
    .slice(0, mostFiles);
  const [first] = paths;
  if (first === undefined) {
    return <EmptyState title={t('page.tabs.environment')}>{t('environment.none')}</EmptyState>;
  }
  return (
    <Section title={t('environment.ofModel')}>
      <p className={css.dim}>{t('environment.ofModelHint')}</p>
      <Accordion variant="contained" multiple defaultValue={[first]}>
        {paths.map((path) => (
          <Accordion.Item key={path} value={path}>
            <Accordion.Control>{path}</Accordion.Control>
            <Accordion.Panel>
              <Text run={run} path={path} />
            </Accordion.Panel>
          </Accordion.Item>
        ))}
      </Accordion>
    </Section>
  );
}

function Text({ run, path }: { run: string; path: string }) {
  const query = useOperation(
    'files.bytes',
    { source: { kind: 'artifact', run, path }, length: mostBytes },
    { topics: [topics.sources] },
  );
  return (
    <QueryView query={query}>
      {({ bytes }) => <pre className={css.pre}>{new TextDecoder().decode(bytes)}</pre>}
    </QueryView>
  );
}
