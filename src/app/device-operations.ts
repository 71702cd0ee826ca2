/** An agent takes the conversation to another of the own phones. */
import { ownLeg } from '../core/call/line.js';
import type { AgentId, Call } from '../core/call/state.js';
import { isRefusal, refuse } from '../core/refusal.js';
import type { CallOperations } from './application.js';
import { otherParty } from './other-party.js';
import { type CallOperationsPorts, NO_SUCH_CALL, ownMailbox } from './own-call.js';
import { agentTarget, partyOf } from './routing.js';

type DeviceOperations = Pick<CallOperations, 'moveToDevice' | 'cancelMove'>;

export function deviceOperations(ports: CallOperationsPorts): DeviceOperations {
  const { routing, views } = ports;
  return {
    async moveToDevice(agentId, id) {
      const mailbox = ownMailbox(ports, agentId, id);
      if (isRefusal(mailbox)) return mailbox;
      const { call } = mailbox;
      const { settings, isRung } = routing();
      const agent = settings.agents.get(agentId);
      if (agent === undefined || call === null) return NO_SUCH_CALL;
      const present = phoneOf(call, agentId);
      const devices = agent.devices.filter(({ address }) => address !== present);
      if (devices.length === 0) return refuse('noDevice', 'You have no other phone.');
      if (isRung(agentId)) return refuse('agentBusy', 'Your phones are ringing for another call.');
      const shows = otherParty(call, agentId, null) ?? partyOf(agent);
      const target = agentTarget(id, { ...agent, devices }, shows, settings.centre.transferRingMs);
      const result = await mailbox.command({ type: 'moveToDevice', agentId, target });
      return isRefusal(result) ? result : views.callView(result);
    },
    async cancelMove(agentId, id) {
      const mailbox = ownMailbox(ports, agentId, id);
      if (isRefusal(mailbox)) return mailbox;
      const result = await mailbox.command({ type: 'cancelMove', agentId });
      return isRefusal(result) ? result : views.callView(result);
    },
  };
}

/** The endpoint at which the agent talks. */
export function phoneOf(call: Call, agentId: AgentId): string | null {
  const leg = ownLeg(call, agentId);
  return leg === null ? null : (leg.address ?? leg.calledFrom ?? null);
}
