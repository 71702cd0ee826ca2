/**
 * Commands for components. `useCommand`: a button's command, with what it is doing now and a notice when it is refused.
 * `useAnswer`: something to read (lists, history), kept fresh by react-query.
 */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';
import { tellRefusal } from '../parts/notices.js';
import { asCommandError, type CommandError } from './command-error.js';
import { command, useLink } from './link.js';

export interface Running<I> {
  /** True when done; false when it was refused: the notice has been shown then. */
  readonly run: (input: I) => Promise<boolean>;
  readonly busy: boolean;
}

/** Pressed twice while the first is under way, it runs once. */
export function useCommand<I = Record<string, never>>(name: string): Running<I> {
  const [busy, setBusy] = useState(false);
  const underWay = useRef(false);
  const run = useCallback(
    async (input: I) => {
      if (underWay.current) return false;
      underWay.current = true;
      setBusy(true);
      try {
        await command(name, input);
        return true;
      } catch (error) {
        tellRefusal(asCommandError(error));
        return false;
      } finally {
        underWay.current = false;
        setBusy(false);
      }
    },
    [name],
  );
  return { run, busy };
}

export interface AnswerOptions<T> {
  readonly enabled?: boolean;
  readonly staleMs?: number;
  /** After how long it is asked for again while it is shown, for what is not pushed; null: not. */
  readonly againMs?: (answer: T | undefined) => number | null;
}

/** The command's answer, asked again when the connection is back. While a new input is asked for, the former answer stays. */
export function useAnswer<T>(name: string, input: unknown = {}, options: AnswerOptions<T> = {}) {
  const live = useLink((link) => link.state === 'live');
  return useQuery<T, CommandError>({
    queryKey: [name, input],
    queryFn: () => command<T>(name, input),
    enabled: live && (options.enabled ?? true),
    staleTime: options.staleMs ?? 5_000,
    refetchInterval: ({ state }) => options.againMs?.(state.data) ?? false,
    placeholderData: keepPreviousData,
    retry: false,
  });
}
