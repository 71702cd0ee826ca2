/**
 * The form of a callback: a new one, for the customer of a call or for any number, or a change of one. Problems are shown beside their
 * fields, the service's refusals too; what was typed stays.
 */
import { Select, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isZone, localTime } from '../../../src/app/callbacks/wall-clock.js';
import { customerOf } from '../../../src/app/sms/recipient.js';
import type { CallView } from '../../../src/app/view.js';
import type { Callback } from '../../../src/core/callback/callback.js';
import { asCommandError } from '../link/command-error.js';
import { command, useLink } from '../link/link.js';
import { useColleague } from '../parts/colleagues.js';
import { DateField, TimeField } from '../parts/date-time-fields.js';
import { firstField, useFormFocus } from '../parts/first-focus.js';
import { FormButtons } from '../parts/form-buttons.js';
import { tellDone, tellRefusal } from '../parts/notices.js';
import { ownZone, when } from '../parts/when.js';
import { useSession } from '../session/session.js';
import { language } from '../words/i18n.js';
import { refusalWords } from '../words/refusals.js';
import { AgreedTimes } from './agreed-times.js';
import {
  type CallbackFields,
  type FieldName,
  fieldOfRefusal,
  fieldsOf,
  inputOf,
  newFields,
  type Problems,
  problemsOf,
} from './callback-fields.js';
import { ZoneSelect } from './zone-select.js';

export interface CallbackFormProps {
  readonly number?: string;
  readonly name?: string;
  readonly code?: string;
  /** The call whose customer is meant, where no number is given. */
  readonly callId?: string;
  /** The one to change; left out: a new one. */
  readonly callback?: Callback;
  /** When it is made, and when it is given up. */
  readonly onDone: () => void;
}

interface Answer {
  readonly callback: Callback;
  readonly clockChange: 'none' | 'skipped' | 'twice';
}

export function CallbackForm(props: CallbackFormProps) {
  const { t } = useTranslation('callbacks');
  const { t: tc } = useTranslation('common');
  const form = useForm(props);
  const { fields, set, problemOf, busy, submit } = form;
  const isNew = props.callback === undefined;
  return (
    <form
      ref={useFormFocus(form.problems, form.refused)}
      onSubmit={submit}
      noValidate
      aria-label={t(isNew ? 'newOne' : 'editOne')}
    >
      <Stack gap="sm">
        <TextInput
          label={t('number')}
          description={t('numberHint')}
          inputMode="tel"
          autoComplete="off"
          maxLength={60}
          required
          {...firstField(!form.isKnown)}
          value={fields.number}
          error={problemOf('number')}
          onChange={(event) => set({ number: event.currentTarget.value })}
        />
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
          <TextInput
            label={t('name')}
            maxLength={120}
            value={fields.name}
            error={problemOf('name')}
            onChange={(event) => set({ name: event.currentTarget.value })}
          />
          <TextInput
            label={t('code')}
            maxLength={80}
            value={fields.code}
            error={problemOf('code')}
            onChange={(event) => set({ code: event.currentTarget.value })}
          />
        </SimpleGrid>
        <WhenFields {...form} />
        <WhoFields {...form} callback={props.callback ?? null} />
        <FormButtons submit={isNew ? t('schedule') : tc('save')} busy={busy} onCancel={props.onDone} />
      </Stack>
    </form>
  );
}

type Form = ReturnType<typeof useForm>;

function WhenFields({ fields, set, problemOf, isKnown }: Form) {
  const { t } = useTranslation('callbacks');
  return (
    <>
      <SimpleGrid cols={2} spacing="sm">
        <DateField
          label={t('date')}
          today={today(fields)}
          {...firstField(isKnown)}
          value={fields.date}
          error={problemOf('date')}
          onChange={(date) => set({ date })}
        />
        <TimeField label={t('time')} value={fields.time} error={problemOf('time')} onChange={(time) => set({ time })} />
      </SimpleGrid>
      <ZoneSelect value={fields.zone} error={problemOf('zone')} onChange={(zone) => set({ zone })} />
      <AgreedTimes fields={fields} />
    </>
  );
}

function WhoFields({ fields, set, problemOf, callback }: Form & { callback: Callback | null }) {
  const { t } = useTranslation('callbacks');
  const queues = useLink((link) => link.picture.queues);
  const myId = useSession((state) => state.session?.agentId);
  const owner = callback?.agentId ?? null;
  const ownerName = useColleague(owner)?.name ?? owner;
  const personal = owner === null || owner === myId ? t('personal') : t('personalOf', { name: ownerName ?? '' });
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
      <Select
        label={t('queue')}
        allowDeselect={false}
        data={[
          { value: '', label: personal },
          ...[...queues.values()].map(({ id, name }) => ({ value: id, label: t('queueOf', { name }) })),
        ]}
        value={fields.queueId}
        error={problemOf('queueId')}
        onChange={(queueId) => set({ queueId: queueId ?? '' })}
      />
      <Select
        label={t('priority')}
        description={t(`${fields.priority}Hint`)}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        allowDeselect={false}
        data={(['high', 'medium', 'low'] as const).map((value) => ({ value, label: t(value) }))}
        value={fields.priority}
        onChange={(priority) => priority !== null && set({ priority })}
      />
    </SimpleGrid>
  );
}

function useForm(props: CallbackFormProps) {
  const { callback, onDone } = props;
  const { t } = useTranslation('callbacks');
  const [fields, setFields] = useState(() => firstFields(props));
  /** Whom to call is given: what is left is when. */
  const [isKnown] = useState(fields.number !== '');
  const [problems, setProblems] = useState<Problems>({});
  const [refused, setRefused] = useState<{ readonly field: FieldName; readonly words: string } | null>(null);
  const [busy, setBusy] = useState(false);

  const set = (change: Partial<CallbackFields>) => {
    setFields((before) => ({ ...before, ...change }));
    setProblems({});
    setRefused(null);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const found = problemsOf(fields, serviceNow());
    setProblems(found);
    if (Object.keys(found).length === 0 && !busy) void send();
  };
  const send = async () => {
    setBusy(true);
    try {
      const isNew = callback === undefined;
      const input = isNew ? inputOf(fields) : { id: callback.id, ...inputOf(fields) };
      const answer = await command<Answer>(isNew ? 'callback.schedule' : 'callback.change', input);
      tellAgreed(answer, isNew ? 'scheduled' : 'changed', t);
      onDone();
    } catch (thrown) {
      const error = asCommandError(thrown);
      const field = fieldOfRefusal(error);
      if (field === null) tellRefusal(error);
      else setRefused({ field, words: field === 'time' ? t('timePassed') : refusalWords(error) });
    }
    setBusy(false);
  };
  const problemOf = (field: FieldName) => {
    const problem = problems[field];
    if (problem !== undefined) return t(problem);
    return refused?.field === field ? refused.words : undefined;
  };
  return { fields, set, problemOf, busy, submit, isKnown, problems, refused };
}

function firstFields({ callback, callId, ...given }: CallbackFormProps): CallbackFields {
  if (callback !== undefined) return fieldsOf(callback);
  const call = callId === undefined ? undefined : useLink.getState().picture.calls.get(callId);
  const agentId = useSession.getState().session?.agentId ?? '';
  const customer = call === undefined ? null : customerOf(call, agentId);
  const isGiven = (given.number ?? '') !== '';
  const number = isGiven ? given.number : customer?.number;
  const name = isGiven ? given.name : customer?.name;
  const queueId = queueOf(call);
  return newFields(
    { number: number ?? '', name: name ?? '', code: given.code ?? '', queueId },
    ownZone(),
    serviceNow(),
  );
}

/** Who was called through a queue is called back by it, unless the agent says otherwise. */
function queueOf(call: CallView | undefined): string {
  const queueId = call?.queueId ?? '';
  return useLink.getState().picture.queues.has(queueId) ? queueId : '';
}

/** There, where the customer is. */
function today({ zone }: CallbackFields): string {
  return localTime(serviceNow(), isZone(zone) ? zone : ownZone()).slice(0, 10);
}

function serviceNow(): number {
  return Date.now() + useLink.getState().clockOffsetMs;
}

/** The answer counts: it says what the service has understood. */
function tellAgreed(
  { callback, clockChange }: Answer,
  what: 'scheduled' | 'changed',
  t: ReturnType<typeof useTranslation<'callbacks'>>['t'],
): void {
  tellDone(() => {
    const time = when(callback.dueAt, 'dayAndTime', language(), callback.zone);
    return clockChange === 'none' ? t(what, { time }) : `${t(what, { time })}. ${t(clockChange)}`;
  });
}
