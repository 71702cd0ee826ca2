/** Whom what is typed may mean: queues at once, colleagues and contacts as soon as the service has found them. */
import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useMemo, useState } from 'react';
import type { ColleagueView } from '../../../src/app/view.js';
import { onColleague, useLink } from '../link/link.js';
import { useAnswer } from '../link/use-command.js';
import { useSession } from '../session/session.js';
import { type Choice, choicesFor, type FoundContact } from './targets.js';

const TYPING_MS = 150;
const LEAST_TYPED = 2;
const LONGEST = { colleague: 80, contact: 200 } as const;

interface Options {
  readonly queues: boolean;
  /** Colleagues are asked for, and followed, only while somebody looks. */
  readonly looking: boolean;
}

export function useChoices(typed: string, { queues: withQueues, looking }: Options): readonly Choice[] {
  const own = useSession((state) => state.session?.agentId ?? '');
  const queues = useLink((link) => link.picture.queues);
  const text = typed.trim();
  const [settled] = useDebouncedValue(text, TYPING_MS);
  const colleagues = useColleagues(settled, looking);
  const contacts = useContacts(settled, text);
  return useMemo(
    () => choicesFor(text, { colleagues, queues: withQueues ? queues.values() : [], contacts }, own),
    [text, colleagues, queues, contacts, own, withQueues],
  );
}

type Told = ReadonlyMap<string, ColleagueView | null>;
const NOTHING_TOLD: Told = new Map();
const NO_COLLEAGUES: readonly ColleagueView[] = [];

/** As they were found, and as they have changed since. */
function useColleagues(text: string, looking: boolean): readonly ColleagueView[] {
  const live = useLink((link) => link.state === 'live');
  const [told, tell] = useState(NOTHING_TOLD);
  useEffect(() => {
    if (!looking || !live) return;
    tell(NOTHING_TOLD);
    return onColleague(({ id, view }) => tell((before) => new Map(before).set(id, view)));
  }, [looking, live]);
  const { data } = useAnswer<{ readonly colleagues: readonly ColleagueView[] }>(
    'agent.colleagues',
    { text: text.slice(0, LONGEST.colleague) },
    { enabled: looking, staleMs: 0 },
  );
  return useMemo(() => {
    if (!looking) return NO_COLLEAGUES;
    return (data?.colleagues ?? []).flatMap((each) => {
      const now = told.get(each.id);
      return now === null ? [] : (now ?? each);
    });
  }, [data, told, looking]);
}

const NO_CONTACTS: readonly FoundContact[] = [];

function useContacts(settled: string, text: string): readonly FoundContact[] {
  const enabled = settled.length >= LEAST_TYPED;
  const { data } = useAnswer<{ readonly contacts: readonly FoundContact[] }>(
    'contacts.search',
    { text: settled.slice(0, LONGEST.contact), limit: 8 },
    { enabled },
  );
  // What was found for a longer text stays until the answer to this one is there, but not for none at all.
  return enabled && text.length >= LEAST_TYPED ? (data?.contacts ?? NO_CONTACTS) : NO_CONTACTS;
}
