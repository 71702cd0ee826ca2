/**
 * What calls need whichever tab is open: what rings is announced, heard and seen, also while the calls themselves are out of sight (a
 * narrow window in which another tab is open), and answered by its key; the call one talks in is seen there too; and a callback that
 * is being agreed on stays where it is.
 */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useRingAlong } from '../phone/ring-along.js';
import { useSession } from '../session/session.js';
import { useAnswerShortcut } from './answering.js';
import { useAttention } from './attention.js';
import { CallBar } from './call-bar.js';
import { CallbackDialog } from './callback-dialog.js';
import './calls.css';
import { IncomingPanel } from './incoming-panel.js';
import { nameOf } from './line-commands.js';
import type { Incoming } from './lines.js';
import { useLines } from './use-circumstances.js';

interface Props {
  readonly inSight: boolean;
  /** The agent wants to see the calls again. */
  readonly onBack: () => void;
}

export function CallsBeside({ inSight, onBack }: Props) {
  const { panels, incoming } = useLines();
  const agentId = useSession((state) => state.session?.agentId ?? '');
  useAnswerShortcut(incoming);
  // Before an own call the agent has just asked for it.
  const rings = incoming.some(({ purpose }) => purpose !== 'own');
  useRingAlong({ rings, talks: panels.some(({ state }) => state === 'active') }, agentId);
  return (
    <>
      <Announced incoming={incoming} />
      {!inSight && incoming.length > 0 && (
        <div className="incoming-below">
          {incoming.map((each) => (
            <IncomingPanel key={each.key} incoming={each} />
          ))}
        </div>
      )}
      {!inSight && <CallBar panels={panels} onBack={onBack} />}
      <CallbackDialog />
    </>
  );
}

/** Read out at once; and what draws the attention of somebody who looks elsewhere. */
function Announced({ incoming }: { incoming: readonly Incoming[] }) {
  const { t } = useTranslation('calls');
  const calling = useMemo(
    () =>
      incoming.map(({ key, who, purpose, queueName }) => ({
        key,
        title: nameOf(who),
        body: t(`incoming.${purpose}`, { queue: queueName ?? '' }),
      })),
    [incoming, t],
  );
  useAttention(calling);
  return (
    <div className="only-heard" aria-live="assertive" role="alert">
      {calling.map(({ key, title, body }) => (
        <p key={key}>{t('incoming.announced', { who: title, what: body })}</p>
      ))}
    </div>
  );
}
