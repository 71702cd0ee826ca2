/** What can be done about a scheduled callback at once; what can be taken back offers that. */
import { useTranslation } from 'react-i18next';
import type { Callback } from '../../../src/core/callback/callback.js';
import { asCommandError } from '../link/command-error.js';
import { command } from '../link/link.js';
import { useCommand } from '../link/use-command.js';
import { tellDone, tellRefusal, tellUndo } from '../parts/notices.js';
import { fieldsOf, inputOf } from './callback-fields.js';

export function useCallbackActions(callback: Callback) {
  const { t } = useTranslation('callbacks');
  const now = useCommand<{ id: string }>('callback.callNow');
  const off = useCommand<{ id: string }>('callback.cancel');
  const take = useCommand<{ id: string }>('callback.takeOver');
  const { id } = callback;
  const name = callback.name === '' ? callback.number : callback.name;
  const agreed = inputOf(fieldsOf(callback));
  const callNow = async () => {
    if (await now.run({ id })) tellDone(() => t('calledNow', { name }));
  };
  const cancel = async () => {
    if (!(await off.run({ id }))) return;
    // A cancelled one stays cancelled: taking it back agrees on the same anew.
    const again = () => undoBy('callback.schedule', agreed);
    if (callback.dueAt > Date.now()) tellUndo(() => t('cancelled', { name }), again);
    else tellDone(() => t('cancelled', { name }));
  };
  const takeOver = async () => {
    if (!(await take.run({ id }))) return;
    const wasQueues = callback.queueId !== null && callback.dueAt > Date.now();
    const back = () => undoBy('callback.change', { id, ...agreed });
    if (wasQueues) tellUndo(() => t('takenOver', { name }), back);
    else tellDone(() => t('takenOver', { name }));
  };
  return {
    callNow: () => void callNow(),
    cancel: () => void cancel(),
    takeOver: () => void takeOver(),
    busy: now.busy || off.busy || take.busy,
  };
}

function undoBy(name: string, input: unknown): void {
  command(name, input).catch((error: unknown) => tellRefusal(asCommandError(error)));
}
