/** Removing and restoring a contact; each can be taken back at once. */
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Contact } from '../../../src/app/contacts/contact.js';
import { asCommandError } from '../link/command-error.js';
import { command } from '../link/link.js';
import { tellDone, tellRefusal, tellUndo } from '../parts/notices.js';
import { contactTitle } from './contact-fields.js';
import { contactsChanged } from './use-contacts.js';

export function useRemoval() {
  const { t } = useTranslation('contacts');
  const answers = useQueryClient();
  const restore = useRestoring();
  return async (contact: Contact) => {
    try {
      await command('contacts.remove', { contactId: contact.id });
      contactsChanged(answers);
      tellUndo(
        () => t('removed', { name: contactTitle(contact) }),
        () => void restore(contact),
      );
    } catch (error) {
      tellRefusal(asCommandError(error));
    }
  };
}

export function useRestoring() {
  const { t } = useTranslation('contacts');
  const answers = useQueryClient();
  return async (contact: Contact) => {
    try {
      await command('contacts.restore', { contactId: contact.id });
      tellDone(() => t('restored', { name: contactTitle(contact) }));
    } catch (error) {
      tellRefusal(asCommandError(error));
    }
    contactsChanged(answers);
  };
}
