/**
 * Fields for a date and for a time in the desktop's language: typed in whatever way, changed by the arrow keys, a date also chosen from the
 * browser's calendar. (The browser's own fields speak the browser's language, and some of them a 12-hour clock.)
 */
import { ActionIcon, TextInput } from '@mantine/core';
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { language } from '../words/i18n.js';
import { Icon } from './icons.js';
import { daysAfter, minutesAfter, shownDate, typedDate, typedTime } from './typed-time.js';

interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly error: ReactNode;
  /** Empty while what is typed is no date, or no time. */
  readonly onChange: (value: string) => void;
}

const ARROW_MINUTES = 15;

interface DateProps extends FieldProps {
  readonly today: string;
  /** Of a window: it is where one begins. */
  readonly 'data-autofocus'?: true;
}

/** `value`: as `2026-11-23`; `today` likewise, for dates that are typed without a year. */
export function DateField({ today, 'data-autofocus': first, ...field }: DateProps) {
  const { t } = useTranslation('common');
  const typed = useTyped(field, {
    show: (date) => shownDate(date, language()),
    read: (text) => typedDate(text, today),
    step: (date, by) => daysAfter(date || today, by),
  });
  return (
    <TextInput
      {...typed}
      label={field.label}
      error={field.error}
      placeholder={t('dateForm')}
      rightSection={<Calendar {...field} />}
      data-autofocus={first}
      required
    />
  );
}

/** `value`: as `15:30`. */
export function TimeField(field: FieldProps) {
  const { t } = useTranslation('common');
  const typed = useTyped(field, {
    show: (time) => time,
    read: typedTime,
    step: (time, by) => minutesAfter(time, by * ARROW_MINUTES),
  });
  return <TextInput {...typed} label={field.label} error={field.error} placeholder={t('timeForm')} required />;
}

interface Way {
  readonly show: (value: string) => string;
  readonly read: (typed: string) => string | null;
  /** One step later (1) or sooner (-1). */
  readonly step: (value: string, by: 1 | -1) => string;
}

/** While somebody types, the field shows what is typed; else its value, as it is written. */
function useTyped({ value, onChange }: FieldProps, { show, read, step }: Way) {
  const [typed, setTyped] = useState<string | null>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
    event.preventDefault();
    setTyped(null);
    onChange(step(value, event.key === 'ArrowUp' ? 1 : -1));
  };
  return {
    // What is no date stays to be mended, until another value comes from elsewhere.
    value: typed !== null && (read(typed) ?? '') === value ? typed : show(value),
    onChange: (event: { currentTarget: { value: string } }) => {
      const text = event.currentTarget.value;
      setTyped(text);
      onChange(read(text) ?? '');
    },
    onBlur: () => typed !== null && read(typed) !== null && setTyped(null),
    onKeyDown,
    autoComplete: 'off',
    maxLength: 30,
  };
}

/** The browser's calendar, opened by a button; the field itself is for the keyboard. */
function Calendar({ value, onChange }: FieldProps) {
  const { t } = useTranslation('common');
  const native = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={native}
        type="date"
        className="calendar"
        tabIndex={-1}
        aria-hidden
        value={value}
        onChange={(event) => event.currentTarget.value !== '' && onChange(event.currentTarget.value)}
      />
      <ActionIcon
        variant="subtle"
        color="gray"
        tabIndex={-1}
        aria-label={t('calendar')}
        onClick={() => native.current?.showPicker()}
      >
        <Icon name="calendar" size={18} />
      </ActionIcon>
    </>
  );
}
