/**
 * The form of a contact, new or changed. A number that is taken is told beside it, with whose it is; of two people who change one contact,
 * the second decides whose version stays. What was typed stays until it is saved.
 */
import { Alert, Button, Group, SimpleGrid, Stack, Textarea, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Contact, CONTACT_LIMITS as MOST } from '../../../src/app/contacts/contact.js';
import { asCommandError, type CommandError } from '../link/command-error.js';
import { command } from '../link/link.js';
import { useFormFocus } from '../parts/first-focus.js';
import { FormButtons } from '../parts/form-buttons.js';
import { tellDone, tellRefusal } from '../parts/notices.js';
import { BelongsFields } from './belongs-fields.js';
import {
  type ContactDraft,
  contactInput,
  contactTitle,
  type DraftProblem,
  draftOf,
  draftProblems,
  rowOf,
  type TakenNumber,
  takenBy,
} from './contact-fields.js';
import { CustomRows, NumberRows } from './contact-rows.js';
import { contactsChanged } from './use-contacts.js';

interface Props {
  /** With an id it is changed; without, these are the first values of a new one. */
  readonly contact: Partial<Contact>;
  /** The saved one; null when it is given up. */
  readonly onDone: (saved: Contact | null) => void;
  /** Whoever has a number that was wanted is to be shown. */
  readonly onShow?: (contactId: string) => void;
}

export function ContactForm(props: Props) {
  const { t } = useTranslation('contacts');
  const { t: tc } = useTranslation('common');
  const form = useForm(props);
  const { draft, set, problemOf, busy } = form;
  const line = (name: 'name' | 'company' | 'email' | 'clientCode') => (
    <TextInput
      label={t(name)}
      value={draft[name]}
      maxLength={MOST[name]}
      error={problemOf(name)}
      data-autofocus={name === 'name' || undefined}
      onChange={(event) => set({ [name]: event.currentTarget.value })}
    />
  );
  return (
    <form
      ref={useFormFocus(form.problems, form.refused)}
      onSubmit={form.submit}
      noValidate
      aria-label={t(props.contact.id === undefined ? 'add' : 'editTitle')}
    >
      <Stack gap="sm">
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
          {line('name')}
          {line('company')}
        </SimpleGrid>
        <NumberRows rows={draft.numbers} problemOf={problemOf} onChange={(numbers) => set({ numbers })} />
        {form.taken !== null && props.onShow !== undefined && <ShowTaken taken={form.taken} onShow={props.onShow} />}
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
          {line('email')}
          {line('clientCode')}
        </SimpleGrid>
        <BelongsFields draft={draft} set={set} />
        <CustomRows rows={draft.custom} problemOf={problemOf} onChange={(custom) => set({ custom })} />
        <Textarea
          label={t('note')}
          autosize
          minRows={2}
          maxRows={8}
          maxLength={MOST.note}
          value={draft.note}
          onChange={(event) => set({ note: event.currentTarget.value })}
        />
        {form.conflict && <Conflict busy={busy} onTheirs={form.takeTheirs} onMine={form.keepMine} />}
        <FormButtons submit={tc('save')} busy={busy} onCancel={() => props.onDone(null)} />
      </Stack>
    </form>
  );
}

function ShowTaken({ taken, onShow }: { taken: TakenNumber; onShow: (contactId: string) => void }) {
  const { t } = useTranslation('contacts');
  return (
    <Button variant="light" size="compact-sm" onClick={() => onShow(taken.contactId)} style={{ alignSelf: 'start' }}>
      {t('openTaken', { name: taken.name || t('takenBy') })}
    </Button>
  );
}

function Conflict({ busy, onTheirs, onMine }: { busy: boolean; onTheirs: () => void; onMine: () => void }) {
  const { t } = useTranslation('contacts');
  return (
    <Alert color="yellow" role="alert" title={t('changed')}>
      <Group gap="xs">
        <Button size="compact-sm" variant="default" disabled={busy} onClick={onTheirs}>
          {t('takeTheirs')}
        </Button>
        <Button size="compact-sm" variant="light" color="red" disabled={busy} onClick={onMine}>
          {t('keepMine')}
        </Button>
      </Group>
    </Alert>
  );
}

const NO_PROBLEMS: ReadonlyMap<string, DraftProblem> = new Map();

function useForm({ contact, onDone }: Props) {
  const { t } = useTranslation('contacts');
  const [draft, setDraft] = useState(() => draftOf(contact));
  const [version, setVersion] = useState(contact.version);
  const [problems, setProblems] = useState(NO_PROBLEMS);
  const { attempt, busy, refused, forget } = useAttempt();
  const saved = useSaved(contact.id === undefined);
  const taken = refused === null ? null : takenBy(refused);
  const set = (change: Partial<ContactDraft>) => {
    setDraft((before) => ({ ...before, ...change }));
    setProblems(NO_PROBLEMS);
    forget();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // Forms lie within one another where a contact is added from a call's window.
    event.stopPropagation();
    const found = draftProblems(draft);
    setProblems(found);
    if (found.size === 0 && !busy) void save(version);
  };
  const save = (over: number | undefined) =>
    attempt(async () => {
      const fields = contactInput(draft);
      const { id } = contact;
      const input =
        id === undefined ? fields : { contactId: id, ...fields, ...(over !== undefined && { version: over }) };
      const answer = await command<Contact>(id === undefined ? 'contacts.add' : 'contacts.save', input);
      saved(answer);
      onDone(answer);
    });
  const takeTheirs = () =>
    attempt(async () => {
      const theirs = await command<Contact>('contacts.get', { contactId: contact.id });
      setDraft(draftOf(theirs));
      setVersion(theirs.version);
    });
  const problemOf = (field: string) => {
    const problem = problems.get(field);
    if (problem !== undefined) return t(problem);
    if (taken === null || field !== `number-${rowOf(draft.numbers, taken)}`) return undefined;
    return t('taken', { name: taken.name || t('takenBy') });
  };
  return {
    ...{ draft, set, problems, problemOf, busy, submit, taken, refused },
    conflict: refused?.code === 'changedMeanwhile',
    takeTheirs: () => void takeTheirs(),
    keepMine: () => void save(undefined),
  };
}

/** Something asked of the service: while it is under way, and why it was refused. What the form shows itself is told by no notice. */
function useAttempt() {
  const [refused, setRefused] = useState<CommandError | null>(null);
  const [busy, setBusy] = useState(false);
  const attempt = async (work: () => Promise<void>) => {
    setBusy(true);
    setRefused(null);
    await work().catch((thrown: unknown) => {
      const error = asCommandError(thrown);
      setRefused(error);
      if (error.code !== 'numberTaken' && error.code !== 'changedMeanwhile') tellRefusal(error);
    });
    setBusy(false);
  };
  return { attempt, busy, refused, forget: () => setRefused(null) };
}

function useSaved(isNew: boolean) {
  const { t } = useTranslation('contacts');
  const answers = useQueryClient();
  return (contact: Contact) => {
    contactsChanged(answers);
    tellDone(() => t(isNew ? 'added' : 'saved', { name: contactTitle(contact) }));
  };
}
