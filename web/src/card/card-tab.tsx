/** The caller's card: of whom this agent talks with, or who rings. */
import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLines, useOwnCalls } from '../calls/use-circumstances.js';
import { ContactWindow, type Shown } from '../contacts/contact-window.js';
import { NothingHere } from '../parts/placeholders.js';
import { TagList } from '../parts/tag-list.js';
import { telephone } from '../parts/telephone.js';
import { ContactPanel } from './contact-panel.js';
import { CrmPage, CrmPanel } from './crm-panel.js';
import { HistoryPanel } from './history-panel.js';
import { putCardAway, useLastSubject } from './last-subject.js';
import { type Subject, subjectOf } from './subject.js';

export default function CardTab() {
  const { t } = useTranslation('card');
  const { panels, incoming } = useLines();
  const calls = useOwnCalls();
  const [shown, setShown] = useState<Shown>(null);
  const last = useLastSubject((state) => state.last);
  const now = subjectOf(panels, incoming, new Map(calls.map((call) => [call.id, call])));
  const subject = now ?? last;
  return (
    <>
      {/* Another customer's card begins anew: nothing of the one before stays in it. */}
      {subject === null ? (
        <NothingHere words={t('none')} hint={t('noneHint')} />
      ) : (
        <Card key={`${subject.callId} ${subject.number}`} subject={subject} over={now === null} onShow={setShown} />
      )}
      {/* Outside of the card: a form that is being filled in outlives the call. */}
      <ContactWindow shown={shown} onShow={setShown} />
    </>
  );
}

interface CardProps {
  readonly subject: Subject;
  /** The call has ended. */
  readonly over: boolean;
  readonly onShow: (shown: Shown) => void;
}

function Card({ subject, over, onShow }: CardProps) {
  const { t } = useTranslation('card');
  const { name, number, tags, crm } = subject;
  return (
    <div className={crm?.url ? 'card with-page' : 'card'}>
      <Stack gap="sm">
        <Group gap="xs" justify="space-between" align="flex-start" wrap="nowrap">
          <div style={{ minWidth: 0 }}>
            <Text component="h2" m={0} size="lg" fw={700}>
              {name || telephone(number) || t('anonymous')}
            </Text>
            {name !== '' && <Text c="dimmed">{telephone(number)}</Text>}
          </div>
          {over && <Over />}
        </Group>
        {tags.length > 0 && <TagList label={t('tags')} tags={tags} />}
        {number !== '' && <ContactPanel number={number} name={name} onShow={onShow} />}
        {crm !== null && <CrmPanel crm={crm} />}
      </Stack>
      {crm?.url && <CrmPage url={crm.url} />}
      {number !== '' && <HistoryPanel number={number} callId={subject.callId} />}
    </div>
  );
}

function Over() {
  const { t } = useTranslation('card');
  return (
    <Group gap="xs" justify="flex-end">
      <Badge variant="default" tt="none">
        {t('over')}
      </Badge>
      <Button size="compact-sm" variant="subtle" color="gray" onClick={putCardAway}>
        {t('putAway')}
      </Button>
    </Group>
  );
}
