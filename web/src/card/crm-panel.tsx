/** What the CRM has answered for the call, and its page beside. */
import { Anchor, Button, Group, Skeleton, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CrmView } from '../../../src/app/crm/view.js';
import { Panel } from '../parts/panel.js';
import { mayBeFramed } from './subject.js';

export function CrmPanel({ crm }: { crm: CrmView }) {
  const { t } = useTranslation('card');
  if (crm.lookup === 'off') return null;
  return (
    <Panel title={t('crm')}>
      {crm.lookup === 'asking' && <Skeleton height={48} role="status" aria-label={t('asking')} />}
      {crm.lookup === 'failed' && <Text size="sm">{t('failed')}</Text>}
      {crm.lookup === 'done' && crm.card.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('noCard')}
        </Text>
      )}
      {crm.card.length > 0 && (
        <dl className="values">
          {crm.card.map(({ name, value }) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
    </Panel>
  );
}

/** The page may run its scripts and open windows, but not take the desktop's place. */
const ALLOWED =
  'allow-scripts allow-forms allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-downloads';

export function CrmPage({ url }: { url: string }) {
  const { t } = useTranslation('card');
  const [shown, setShown] = useState(true);
  const framed = mayBeFramed(url, window.location.protocol);
  return (
    <Panel
      title={t('page')}
      aside={
        <Group gap="xs">
          {framed && (
            <Button size="compact-sm" variant="subtle" aria-expanded={shown} onClick={() => setShown(!shown)}>
              {t(shown ? 'hidePage' : 'showPage')}
            </Button>
          )}
          <Anchor href={url} target="_blank" rel="noopener noreferrer" size="sm">
            {t('openPage')}
          </Anchor>
        </Group>
      }
    >
      {framed && shown && (
        <>
          <iframe className="crm-page" src={url} title={t('page')} sandbox={ALLOWED} referrerPolicy="no-referrer" />
          <Text size="xs" c="dimmed">
            {t('frameHint')}
          </Text>
        </>
      )}
    </Panel>
  );
}
