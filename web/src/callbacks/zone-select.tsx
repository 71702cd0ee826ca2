/** A time zone, searched by place, name or offset. */
import { Select } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Language, language } from '../words/i18n.js';
import { type ZoneChoice, zoneChoices, zoneLabel } from './zones.js';

/** Made at once; the page stays quick in between. */
const SLICE = 25;

interface Props {
  readonly value: string;
  readonly error: ReactNode;
  readonly onChange: (zone: string) => void;
}

export function ZoneSelect({ value, error, onChange }: Props) {
  const { t } = useTranslation('callbacks');
  const words = language();
  const all = useZones(words);
  const isListed = all.some((choice) => choice.value === value);
  const own = isListed ? [] : [{ value, label: zoneLabel(value, Date.now(), words) }];
  return (
    <Select
      label={t('zone')}
      description={t('thereHint')}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      searchable
      allowDeselect={false}
      maxDropdownHeight={240}
      limit={60}
      nothingFoundMessage={t('zoneNothing')}
      data={[...own, ...all]}
      value={value}
      error={error}
      onChange={(zone) => zone !== null && onChange(zone)}
    />
  );
}

const made = new Map<Language, readonly ZoneChoice[]>();

/** All that the browser knows; made slice by slice while the other fields are filled in. */
function useZones(words: Language): readonly ZoneChoice[] {
  const [choices, setChoices] = useState<readonly ZoneChoice[]>(made.get(words) ?? []);
  useEffect(() => {
    const zones = Intl.supportedValuesOf('timeZone');
    const found = [...(made.get(words) ?? [])];
    let timer: ReturnType<typeof setTimeout>;
    const next = () => {
      found.push(...zoneChoices(zones.slice(found.length, found.length + SLICE), Date.now(), words));
      if (found.length < zones.length) {
        timer = setTimeout(next, 0);
        return;
      }
      made.set(words, found);
      setChoices(found);
    };
    next();
    return () => clearTimeout(timer);
  }, [words]);
  return choices;
}
