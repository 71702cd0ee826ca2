/** The window over the address book: a contact's form, or a callback to a contact. */
import { Modal } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import type { Contact } from '../../../src/app/contacts/contact.js';
import { CallbackForm } from '../callbacks/callback-form.js';
import { asCommandError } from '../link/command-error.js';
import { command } from '../link/link.js';
import { tellRefusal } from '../parts/notices.js';
import { ContactForm } from './contact-form.js';

export type Shown =
  | { readonly what: 'form'; readonly contact: Partial<Contact> }
  | { readonly what: 'callback'; readonly contact: Pick<Contact, 'name' | 'numbers' | 'clientCode'> }
  | null;

interface Props {
  readonly shown: Shown;
  readonly onShow: (shown: Shown) => void;
}

export function ContactWindow({ shown, onShow }: Props) {
  const { t } = useTranslation('contacts');
  const { t: tb } = useTranslation('callbacks');
  const { t: tc } = useTranslation('common');
  const narrow = useMediaQuery('(max-width: 600px)', window.innerWidth <= 600);
  const isNew = shown?.what === 'form' && shown.contact.id === undefined;
  const close = () => onShow(null);
  const showOther = (contactId: string) => {
    command<Contact>('contacts.get', { contactId }).then(
      (contact) => onShow({ what: 'form', contact }),
      (error: unknown) => tellRefusal(asCommandError(error)),
    );
  };
  return (
    <Modal
      opened={shown !== null}
      onClose={close}
      fullScreen={narrow}
      size="lg"
      title={shown?.what === 'callback' ? tb('newOne') : t(isNew ? 'add' : 'editTitle')}
      closeButtonProps={{ 'aria-label': tc('close') }}
    >
      {shown?.what === 'form' && (
        <ContactForm key={shown.contact.id ?? ''} contact={shown.contact} onDone={close} onShow={showOther} />
      )}
      {shown?.what === 'callback' && (
        <CallbackForm
          number={shown.contact.numbers[0]?.number ?? ''}
          name={shown.contact.name}
          code={shown.contact.clientCode}
          onDone={close}
        />
      )}
    </Modal>
  );
}
