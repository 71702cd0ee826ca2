/**
 * Plays a recording in place. The file is fetched with the login's token, so it comes as a whole; its waveform is the slider by which one
 * moves in it. Left and right move by five seconds.
 */
import { ActionIcon, Button, Group, SegmentedControl, Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, type SyntheticEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CommandError, LINK_CODE } from '../link/command-error.js';
import { asDuration } from '../parts/duration.js';
import { Icon } from '../parts/icons.js';
import { serverAddress } from '../session/server-address.js';
import { useSession } from '../session/session.js';
import { refusalWords } from '../words/refusals.js';
import { peaksOf } from './sound.js';
import { Waveform } from './waveform.js';

const SPEEDS = ['1', '1.25', '1.5', '2'] as const;
const STEP_S = 5;
const PARTS = 160;

interface Props {
  /** Below `api/v1/`. */
  readonly path: string;
  readonly label: string;
  readonly onPlay?: () => void;
}

export function Player({ path, label, onPlay }: Props) {
  const { t } = useTranslation('common');
  const { data, error, refetch } = useSound(path);
  if (error !== null) {
    return (
      <Group gap="xs" mih={44}>
        <Text size="sm" c="var(--danger)">
          {refusalWords(error)}
        </Text>
        <Button size="compact-sm" variant="default" onClick={() => void refetch()}>
          {t('retry')}
        </Button>
      </Group>
    );
  }
  if (data === undefined) return <Skeleton height={44} radius="md" role="status" aria-label={t('loading')} />;
  return <Loaded sound={data} label={label} {...(onPlay !== undefined && { onPlay })} />;
}

interface Sound {
  readonly blob: Blob;
  readonly peaks: readonly number[] | null;
}

function Loaded({ sound, label, onPlay }: { sound: Sound; label: string; onPlay?: () => void }) {
  const { t } = useTranslation('history');
  const audio = useAudio(sound.blob, onPlay);
  const { playing, at, length, speed } = audio;
  const times = { at: asDuration(at * 1000), length: asDuration(length * 1000) };
  return (
    <Group gap="xs" role="group" aria-label={label}>
      <audio {...audio.element} preload="metadata" />
      <ActionIcon
        size={44}
        radius="xl"
        variant="light"
        aria-label={t(playing ? 'pause' : 'play')}
        onClick={audio.toggle}
      >
        <Icon name={playing ? 'hold' : 'resume'} />
      </ActionIcon>
      <div className="player-track">
        <Waveform peaks={sound.peaks} share={length === 0 ? 0 : at / length} />
        <input
          type="range"
          aria-label={t('position')}
          aria-valuetext={t('positionText', times)}
          min={0}
          max={length}
          step="any"
          value={at}
          onChange={(event) => audio.seek(Number(event.currentTarget.value))}
          onKeyDown={audio.byKey}
        />
      </div>
      <Text size="sm" miw={84} ta="end" style={{ fontVariantNumeric: 'tabular-nums' }}>
        {times.at} / {times.length}
      </Text>
      <SegmentedControl
        size="xs"
        aria-label={t('speed')}
        data={SPEEDS.map((value) => ({ value, label: `${value}×` }))}
        value={speed}
        onChange={audio.setSpeed}
      />
    </Group>
  );
}

const STEPS: Readonly<Record<string, number>> = {
  ...{ ArrowLeft: -STEP_S, ArrowDown: -STEP_S, ArrowRight: STEP_S, ArrowUp: STEP_S },
};

/** The audio element's state, and what is done with it. */
function useAudio(blob: Blob, onPlay: (() => void) | undefined) {
  const ref = useRef<HTMLAudioElement>(null);
  const url = useObjectUrl(blob);
  const [playing, setPlaying] = useState(false);
  const [at, setAt] = useState(0);
  const [length, setLength] = useState(0);
  const [speed, setSpeed] = useState<string>('1');
  const seek = (to: number) => {
    if (ref.current !== null) ref.current.currentTime = Math.min(Math.max(0, to), length);
  };
  const moved = (event: SyntheticEvent<HTMLAudioElement>) => setAt(event.currentTarget.currentTime);
  const element = {
    ref,
    ...(url !== null && { src: url }),
    onLoadedMetadata: (event: SyntheticEvent<HTMLAudioElement>) => setLength(event.currentTarget.duration),
    onTimeUpdate: moved,
    onSeeked: moved,
    onPlay: () => {
      setPlaying(true);
      onPlay?.();
    },
    onPause: () => setPlaying(false),
  };
  return {
    ...{ element, playing, at, length, speed, seek },
    toggle: () => void (playing ? ref.current?.pause() : ref.current?.play()),
    byKey: (event: KeyboardEvent) => {
      const step = STEPS[event.key];
      if (step === undefined) return;
      event.preventDefault();
      seek(at + step);
    },
    setSpeed: (value: string) => {
      setSpeed(value);
      if (ref.current !== null) ref.current.playbackRate = Number(value);
    },
  };
}

/** Kept while it is shown. */
function useObjectUrl(blob: Blob): string | null {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    const made = URL.createObjectURL(blob);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [blob]);
  return url;
}

function useSound(path: string) {
  const token = useSession((state) => state.session?.token ?? '');
  return useQuery<Sound, CommandError>({
    queryKey: ['sound', path],
    queryFn: ({ signal }) => fetchSound(path, token, signal),
    staleTime: Number.POSITIVE_INFINITY,
    // Recordings are large: they are not kept once nobody looks.
    gcTime: 60_000,
    retry: false,
  });
}

async function fetchSound(path: string, token: string, signal: AbortSignal): Promise<Sound> {
  let response: Response;
  try {
    const address = new URL(`api/v1/${path}`, serverAddress());
    response = await fetch(address, { headers: { authorization: `Bearer ${token}` }, signal });
  } catch {
    throw new CommandError(LINK_CODE.disconnected, 'The service cannot be reached.');
  }
  if (!response.ok) {
    const { error } = await response.json().catch(() => ({ error: null }));
    throw new CommandError(error?.code ?? LINK_CODE.unknown, error?.message ?? response.statusText);
  }
  const blob = await response.blob();
  return { blob, peaks: peaksOf(await blob.arrayBuffer(), PARTS) };
}
