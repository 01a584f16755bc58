/** The trash, and the rules of what is swept into it. */
import { SegmentedControl } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { to, useGo, useRoute } from '../../state/index.ts';
import { Page } from '../../ui/index.ts';
import { Rules } from './Rules.tsx';
import { Trash } from './Trash.tsx';

export default function Tidy() {
  const { t } = useTranslation('tidy');
  const route = useRoute();
  const go = useGo();
  const tab = route.query.tab === 'rules' ? 'rules' : 'trash';
  return (
    <Page
      title={t('title')}
      hint={t(tab === 'rules' ? 'rulesHint' : 'trashHint')}
      actions={
        <SegmentedControl
          aria-label={t('title')}
          value={tab}
          onChange={(value) =>
            go(to('tidy', [], { tab: value === 'rules' ? value : undefined }), true)
          }
          data={[
            { value: 'trash', label: t('trash') },
            { value: 'rules', label: t('rules') },
          ]}
        />
      }
      scroll={tab === 'rules'}
    >
      {tab === 'rules' ? <Rules /> : <Trash />}
    </Page>
  );
}
