/**
 * A page that rings is loaded again: nobody there rings any more, and Asterisk still believes it. So the same offer rings it on a new
 * leg, until the same moment; the former leg goes. To everybody else it is one ring.
 */
import type { Refusal } from '../refusal.js';
import type { AgentsCommand } from './command.js';
import type { CallEventBody } from './event.js';
import { openLegs } from './offer.js';
import { NO_SUCH_CALL } from './own-lines.js';
import { type LiveCall, ringingOffers } from './state.js';

type Asked = Extract<AgentsCommand, { type: 'ringAgain' }>;

export function ringAgain(call: LiveCall, { agentId, address, legId }: Asked): readonly CallEventBody[] | Refusal {
  for (const offer of ringingOffers(call)) {
    const former = openLegs(call, offer)
      .flatMap((id) => call.legs[id] ?? [])
      .find((leg) => leg.agentId === agentId && leg.address === address);
    if (former === undefined) continue;
    const { role, party } = former;
    const leg = { id: legId, role, party, agentId, address };
    return [
      { type: 'device.rungAgain', agentId, offerId: offer.id, fromLegId: former.id, leg },
      { type: 'legs.released', legIds: [former.id], reason: 'normal' },
    ];
  }
  return NO_SUCH_CALL;
}
