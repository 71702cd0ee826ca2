/** The tab of history: one's own past calls, and voicemail. */
import { SegmentedControl, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ContactWindow, type Shown } from '../contacts/contact-window.js';
import { PastCalls } from './past-calls.js';
import { VoicemailList } from './voicemail-list.js';

export default function HistoryTab() {
  const { t } = useTranslation('history');
  const [part, setPart] = useState<'calls' | 'voicemail'>('calls');
  const [shown, setShown] = useState<Shown>(null);
  return (
    <Stack gap="sm">
      <SegmentedControl
        aria-label={t('title')}
        style={{ alignSelf: 'start' }}
        data={(['calls', 'voicemail'] as const).map((value) => ({ value, label: t(value) }))}
        value={part}
        onChange={(value) => setPart(value === 'voicemail' ? 'voicemail' : 'calls')}
      />
      {part === 'calls' ? <PastCalls onShow={setShown} /> : <VoicemailList onShow={setShown} />}
      <ContactWindow shown={shown} onShow={setShown} />
    </Stack>
  );
}
