/** The contacts that are found by what is typed; without text all by name, page by page. */
import { type QueryClient, useInfiniteQuery } from '@tanstack/react-query';
import type { Contact, ContactGroup } from '../../../src/app/contacts/contact.js';
import type { CommandError } from '../link/command-error.js';
import { command, useLink } from '../link/link.js';
import { useAnswer } from '../link/use-command.js';

const PAGE = 50;

interface Page {
  readonly contacts: readonly Contact[];
  readonly more: boolean;
}

interface Asked {
  readonly text: string;
  /** Empty: all. */
  readonly groupId: string;
}

export function useContacts({ text, groupId }: Asked) {
  const live = useLink((link) => link.state === 'live');
  return useInfiniteQuery<Page, CommandError, Page, readonly unknown[], string | null>({
    queryKey: ['contacts.search', text, groupId],
    queryFn: ({ pageParam: after }) =>
      command('contacts.search', {
        ...{ text, limit: PAGE },
        ...(groupId !== '' && { groupId }),
        ...(after !== null && { after }),
      }),
    initialPageParam: null,
    // A search has no order to read on by: more of it is typed instead.
    getNextPageParam: ({ contacts, more }) => (more && text === '' ? (contacts.at(-1)?.id ?? null) : null),
    select: ({ pages }) => ({
      contacts: pages.flatMap(({ contacts }) => contacts),
      more: pages.at(-1)?.more ?? false,
    }),
    placeholderData: (before) => before,
    enabled: live,
    retry: false,
  });
}

export function useGroups(): readonly ContactGroup[] {
  return useAnswer<readonly ContactGroup[]>('contacts.groups.list', {}, { staleMs: 60_000 }).data ?? [];
}

/** After a change, everything that shows contacts is read anew. */
export function contactsChanged(answers: QueryClient): void {
  for (const name of ['contacts.search', 'contacts.get', 'contacts.ofNumber', 'contacts.removed']) {
    void answers.invalidateQueries({ queryKey: [name] });
  }
}
