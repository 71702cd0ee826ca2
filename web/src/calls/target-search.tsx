/** One field for whom: type a number or a name, go through what is found by the arrows, choose by Enter or a click. */
import { Box, Text, TextInput, type TextInputProps } from '@mantine/core';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Choice, whyNoNumber } from './targets.js';

interface Props extends Omit<TextInputProps, 'onChange' | 'value'> {
  readonly typed: string;
  readonly onType: (typed: string) => void;
  readonly choices: readonly Choice[];
  /** `second`: with the key for the other meaning (Ctrl or ⌘). */
  readonly onChoose: (choice: Choice, second: boolean) => void;
  /** Told of each change of what Enter would choose. */
  readonly onMark?: (choice: Choice | null) => void;
  /** The list floats over what is below, and is there only while it is of use. */
  readonly floats?: boolean;
  /** What is below has to be seen now: a list that floats goes. */
  readonly inTheWay?: boolean;
}

export function TargetSearch(props: Props) {
  const { typed, onType, choices, onChoose, onMark, floats = false, inTheWay = false, ...field } = props;
  const { t } = useTranslation('calls');
  const listId = useId();
  const [open, setOpen] = useState(!floats);
  const { at, current, setMarked } = useMarked(choices, onMark);
  useEffect(() => {
    if (inTheWay) setOpen(false);
  }, [inTheWay]);
  const shown = open && !inTheWay && choices.length > 0;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setOpen(true);
      const step = event.key === 'ArrowDown' ? 1 : -1;
      if (shown) setMarked(choices[(at + step + choices.length) % choices.length]?.key ?? null);
      return;
    }
    if (event.key === 'Escape' && floats && open) {
      event.stopPropagation();
      setOpen(false);
      return;
    }
    if (event.key !== 'Enter' || current === null || (typed.trim() === '' && !shown)) return;
    event.preventDefault();
    onChoose(current, event.ctrlKey || event.metaKey);
  };
  const onChange = (text: string) => {
    setMarked(null);
    setOpen(true);
    onType(text);
  };
  const problem = whyNoNumber(typed);
  return (
    <Box {...(!floats && { pos: 'relative' })}>
      <TextInput
        {...field}
        {...searchField(listId, shown, current === null ? null : at)}
        value={typed}
        error={problem === null ? field.error : t(problem)}
        onChange={(event) => onChange(event.currentTarget.value)}
        onBlur={() => floats && setOpen(false)}
        onKeyDown={onKeyDown}
      />
      <Choices {...{ listId, choices, at, floats, shown }} onMark={setMarked} onChoose={onChoose} />
    </Box>
  );
}

/** What Enter would choose: the marked one, else the first. */
function useMarked(choices: readonly Choice[], onMark: Props['onMark']) {
  /** By its key: what is found later does not slip under the finger. Null: the first. */
  const [marked, setMarked] = useState<string | null>(null);
  const at = Math.max(
    choices.findIndex(({ key }) => key === marked),
    0,
  );
  const current = choices[at] ?? null;
  const told = useRef<Choice | null>(null);
  useEffect(() => {
    if (told.current?.key === current?.key) return;
    told.current = current;
    onMark?.(current);
  });
  return { at, current, setMarked };
}

/** What makes a text field one with a list (WAI-ARIA's combobox). `at`: the marked one. */
function searchField(listId: string, shown: boolean, at: number | null) {
  return {
    role: 'combobox',
    'aria-expanded': shown,
    'aria-controls': listId,
    'aria-autocomplete': 'list',
    'aria-activedescendant': shown && at !== null ? `${listId}-${at}` : undefined,
    autoComplete: 'off',
    autoCorrect: 'off',
    spellCheck: false,
    maxLength: 120,
  } as const;
}

interface ChoicesProps {
  readonly listId: string;
  readonly choices: readonly Choice[];
  readonly at: number;
  readonly floats: boolean;
  readonly shown: boolean;
  readonly onMark: (key: string) => void;
  readonly onChoose: (choice: Choice, second: boolean) => void;
}

function Choices({ listId, choices, at, floats, shown, onMark, onChoose }: ChoicesProps) {
  const { t } = useTranslation('calls');
  const { t: tc } = useTranslation('common');
  return (
    <>
      <div
        id={listId}
        role="listbox"
        aria-label={t('whom')}
        className="choices"
        data-floats={floats || undefined}
        hidden={!shown}
      >
        {choices.map((choice, index) => (
          <OneChoice
            key={choice.key}
            id={`${listId}-${index}`}
            choice={choice}
            marked={index === at}
            onMark={() => onMark(choice.key)}
            onChoose={(second) => onChoose(choice, second)}
          />
        ))}
      </div>
      {!floats && choices.length === 0 && (
        <Text className="choices" size="sm" c="dimmed" ta="center" pt="md">
          {tc('nothingFound')}
        </Text>
      )}
      <span className="only-heard" aria-live="polite">
        {shown && t('found', { count: choices.length })}
      </span>
    </>
  );
}

interface OneChoiceProps {
  readonly id: string;
  readonly choice: Choice;
  readonly marked: boolean;
  readonly onMark: () => void;
  readonly onChoose: (second: boolean) => void;
}

function OneChoice({ id, choice, marked, onMark, onChoose }: OneChoiceProps) {
  const { t } = useTranslation('calls');
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (marked) row.current?.scrollIntoView({ block: 'nearest' });
  }, [marked]);
  const { kind, name, number, detail, presence } = choice;
  const side =
    kind === 'queue'
      ? t('queue')
      : kind === 'number'
        ? t('typedNumber')
        : presence === null
          ? ''
          : t(`presence.${presence}`);
  return (
    // The keyboard is the field's: the marked one is chosen there.
    // biome-ignore lint/a11y/useKeyWithClickEvents: see above
    // biome-ignore lint/a11y/useFocusableInteractive: see above
    <div
      ref={row}
      id={id}
      role="option"
      aria-selected={marked}
      className="choice"
      // The field keeps the focus.
      onMouseDown={(event) => event.preventDefault()}
      onMouseMove={onMark}
      onClick={(event) => onChoose(event.ctrlKey || event.metaKey)}
    >
      <div>
        <Text size="sm" fw={500} truncate title={name}>
          {name}
        </Text>
        {kind !== 'number' && (number !== '' || detail !== '') && (
          <Text size="xs" c="dimmed" truncate>
            {[number, detail].filter(Boolean).join(' · ')}
          </Text>
        )}
      </div>
      <span className="presence" data-presence={presence ?? undefined}>
        {side}
      </span>
    </div>
  );
}
