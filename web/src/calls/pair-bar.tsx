/** What is done with two lines together: from one to the other and back, joining them, a conference of all. */
import { useTranslation } from 'react-i18next';
import { act, useUnderWay } from './acting.js';
import { CallButton } from './call-button.js';
import { actKey, pressJoin, titleOf } from './line-commands.js';
import { type Panel, presentOf } from './lines.js';
import { conferenceWith, joinedWith } from './possible.js';
import { useWhyNothing } from './use-circumstances.js';

export function PairBar({ panels }: { panels: readonly Panel[] }) {
  const { t } = useTranslation('calls');
  const nothing = useWhyNothing();
  const present = presentOf(panels);
  const swapping = useUnderWay('swap');
  const completing = useUnderWay(present === null ? '' : actKey(present, 'complete'));
  const conferring = useUnderWay(present === null ? '' : actKey(present, 'conference'));
  if (present === null || panels.length < 2) return null;
  const joined = joinedWith(present, panels);
  const conference = conferenceWith(present, panels);
  const held = lastHeld(panels, present);
  const one = titleOf(present);
  const other = joined.reason === null ? titleOf(joined.other) : '…';
  return (
    <section className="pair" aria-label={t('pair')}>
      <CallButton
        icon="swap"
        label={t('do.swap')}
        name={held === null ? t('do.swap') : t('full.swap', { name: titleOf(held) })}
        reason={nothing ?? (held === null ? 'oneLineOnly' : null)}
        busy={swapping}
        shortcut="S"
        onPress={() => void act('swap', 'call.swap', {})}
      />
      <CallButton
        icon="join"
        label={t('do.complete')}
        name={t('full.complete', { one, other })}
        reason={nothing ?? joined.reason}
        busy={completing}
        onPress={() => void pressJoin('complete', present, joined)}
      />
      <CallButton
        icon="conference"
        label={t('do.conference')}
        name={t('full.conference')}
        reason={nothing ?? conference.reason}
        busy={conferring}
        onPress={() => void pressJoin('conference', present, conference)}
      />
    </section>
  );
}

function lastHeld(panels: readonly Panel[], present: Panel): Panel | null {
  const held = panels.filter((each) => each.heldSince !== null && each.key !== present.key);
  return presentOf(held);
}
