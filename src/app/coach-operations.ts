/** Trainers and supervisors with agents in their calls: who is rung, and who may change or end it. */
import { coachingsOf } from '../core/call/coaching.js';
import type { CallCommand } from '../core/call/command.js';
import type { AgentId, CallId } from '../core/call/state.js';
import { isRefusal, type Refusal, refuse } from '../core/refusal.js';
import type { CallOperations, Viewer } from './application.js';
import type { CallMailbox } from './call-mailbox.js';
import type { AgentAccount } from './directory.js';
import { tellNobodyComes } from './missed-trainers.js';
import { type CallOperationsPorts, NO_SUCH_CALL, ownMailbox, unavailable } from './own-call.js';
import { agentTarget, partyOf } from './routing.js';
import type { CallView } from './view.js';

type CoachOperations = Pick<CallOperations, 'coach' | 'listen' | 'coachMode' | 'stopCoaching'>;

export function coachOperations(ports: CallOperationsPorts): CoachOperations {
  const command = async (mailbox: CallMailbox, what: CallCommand): Promise<CallView | Refusal> => {
    const result = await mailbox.command(what);
    return isRefusal(result) ? result : ports.views.callView(result);
  };
  const { phones, routing } = ports;
  return {
    async coach(agentId, id, trainerId) {
      const mailbox = ownMailbox(ports, agentId, id);
      if (isRefusal(mailbox)) return mailbox;
      const trainer = trainerOf(ports, mailbox, agentId, trainerId);
      if (isRefusal(trainer)) return trainer;
      const target = coachTarget(ports, id, trainer, agentId);
      if (isRefusal(target)) {
        // At a desk phone there is nothing to read it on.
        if (mailbox.call !== null)
          tellNobodyComes({ phones, settings: () => routing().settings }, mailbox.call, agentId);
        return target;
      }
      return command(mailbox, { type: 'coach', coachedId: agentId, byAgentId: agentId, mode: 'whisper', target });
    },
    async listen(by, id, coachedId, mode) {
      const mailbox = anyMailbox(ports, id);
      const supervisor = ports.routing().settings.agents.get(by);
      if (isRefusal(mailbox)) return mailbox;
      if (supervisor === undefined) return NO_SUCH_CALL;
      const target = coachTarget(ports, id, supervisor, coachedId);
      if (isRefusal(target)) return target;
      // The own phone, asked for from the desktop: it may answer by itself.
      const legs = target.legs.map((leg, index) => ({
        ...leg,
        autoAnswer: supervisor.devices[index]?.autoAnswer ?? false,
      }));
      return command(mailbox, { type: 'coach', coachedId, byAgentId: by, mode, target: { ...target, legs } });
    },
    async coachMode(coachId, id, mode) {
      const mailbox = ownMailbox(ports, coachId, id);
      return isRefusal(mailbox) ? mailbox : command(mailbox, { type: 'coachMode', coachId, mode });
    },
    async stopCoaching(viewer, id, coachId) {
      const mailbox = viewer.role === 'agent' ? ownMailbox(ports, viewer.agentId, id) : anyMailbox(ports, id);
      if (isRefusal(mailbox)) return mailbox;
      const whom = toStop(mailbox, viewer, coachId);
      return whom === null ? NO_SUCH_COACH : command(mailbox, { type: 'stopCoaching', coachId: whom });
    },
  };
}

const NO_SUCH_COACH = refuse('notFound', 'There is no such trainer in the call.');

function anyMailbox({ phones, switchboard }: CallOperationsPorts, id: CallId): CallMailbox | Refusal {
  return phones.status === 'connected' ? (switchboard.mailbox(id) ?? NO_SUCH_CALL) : unavailable();
}

/** The one given, else the one who is configured for the agent, else for the agent's team, else for the queue of the call. */
function trainerOf(
  { routing }: CallOperationsPorts,
  { call }: CallMailbox,
  agentId: AgentId,
  trainerId: AgentId | null,
): AgentAccount | Refusal {
  const { agents, trainers } = routing().settings;
  const ofQueue = call?.marks.queueId == null ? undefined : trainers.ofQueue.get(call.marks.queueId);
  const ofTeam = trainers.ofTeam.get(agents.get(agentId)?.teamId ?? '');
  const id = trainerId ?? trainers.ofAgent.get(agentId) ?? ofTeam ?? ofQueue;
  if (id === undefined) return refuse('noTrainer', 'No trainer is set for you, your team, or the queue of this call.');
  return agents.get(id) ?? refuse('notFound', 'There is no such agent.');
}

/** The phones show who is to be listened to. */
function coachTarget({ routing }: CallOperationsPorts, id: CallId, coach: AgentAccount, coachedId: AgentId) {
  const state = routing();
  const coached = state.settings.agents.get(coachedId);
  if (coached === undefined) return refuse('notFound', 'There is no such agent.');
  if (coach.devices.length === 0) return refuse('noDevice', 'The trainer has no phone.');
  if (!state.isFree(coach.id)) return refuse('agentBusy', 'The trainer is busy.');
  return agentTarget(id, coach, partyOf(coached), state.settings.centre.transferRingMs);
}

/** The one named, the viewer, or whom the viewer has called. */
function toStop({ call }: CallMailbox, { agentId, role }: Viewer, coachId: AgentId | null): AgentId | null {
  if (call === null) return null;
  const present = coachingsOf(call).filter(({ stage }) => stage !== 'failed');
  const mine = present.filter((each) => each.coachId === agentId || each.byAgentId === agentId);
  const may = role === 'agent' ? mine : present;
  if (coachId !== null) return may.find((each) => each.coachId === coachId)?.coachId ?? null;
  return (mine.find((each) => each.coachId === agentId) ?? mine[0])?.coachId ?? null;
}
