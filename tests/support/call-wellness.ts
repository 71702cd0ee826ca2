/** Are all well, once Asterisk has done what was asked? Nobody in silence, nobody alone, nothing left over. */
import { coachingBy } from '../../src/core/call/coaching.js';
import { activeLine, linesWith } from '../../src/core/call/line.js';
import { nextDeadline } from '../../src/core/call/observe.js';
import type { Call, LegId } from '../../src/core/call/state.js';
import { topology } from '../../src/core/call/topology.js';
import type { SimulatedAsterisk } from './call-asterisk.js';

function described(id: string, recording: { readonly name: string; readonly paused: boolean } | null): string {
  return recording === null ? id : `${id} ${recording.name}${recording.paused ? ' paused' : ''}`;
}

export function allIsWell(call: Call, asterisk: SimulatedAsterisk): void {
  const deadline = nextDeadline(call);
  if (deadline !== null && call.phase === 'ended' && call.openRecordings.length === 0)
    throw new Error('an ended call waits for something');
  const wanted = [...topology(call).conversations].map(([id, { recording }]) => described(id, recording));
  const there = [...asterisk.conversations].map(([id, { recording, paused }]) =>
    described(id, recording === null ? null : { name: recording, paused }),
  );
  if (wanted.sort().join() !== there.sort().join()) {
    throw new Error(`conversations wanted: ${wanted}, there: ${there}`);
  }
  for (const legId of asterisk.legs.keys()) {
    const trouble = troubleOf(call, asterisk, legId);
    if (trouble !== null) throw new Error(`${legId} (call ${call.phase}): ${trouble}`);
  }
  for (const legId of Object.keys(call.legs)) {
    if (!asterisk.legs.has(legId)) throw new Error(`${legId} is part of the call and not in Asterisk`);
  }
}

/** Only an agent may: whoever put somebody on hold need not be entertained. */
function holdsAllLines(call: Call, legId: LegId): boolean {
  const isAgent = (call.legs[legId]?.agentId ?? null) !== null;
  return isAgent && linesWith(call, legId).length > 0 && activeLine(call, legId) === null;
}

/** Between what a script says and what it does next there may be silence, if that is how it was made. */
function listensToScript(call: Call, legId: LegId): boolean {
  const script = activeLine(call, legId)?.script;
  return script?.active === true && script.answered && script.music === null;
}

function troubleOf(call: Call, asterisk: SimulatedAsterisk, legId: LegId): string | null {
  const known = call.legs[legId];
  const leg = asterisk.legs.get(legId);
  if (known === undefined || known.phase === 'leaving') return 'should be gone from Asterisk';
  if (leg === undefined || leg.stage === 'dialled') return null;
  if (leg.stage === 'created') return 'was never dialled';
  const comfort = [leg.ringing, leg.music !== null, leg.announcementId !== null].filter(Boolean).length;
  if (leg.conversationId !== null) {
    if (comfort > 0) return 'hears something besides the conversation';
    if (leg.muted !== topology(call).legs.get(legId)?.muted) return `is ${leg.muted ? '' : 'not '}muted`;
    const coaching = coachingBy(call, legId);
    if (coaching !== null && coaching.mode !== 'barge') return troubleOfTrainer(asterisk, leg.conversationId);
    return asterisk.partners(legId).length > 0 ? null : 'is alone in a conversation';
  }
  if (comfort === 0) return holdsAllLines(call, legId) || listensToScript(call, legId) ? null : 'is left in silence';
  return comfort > 1 ? 'hears two things at once' : null;
}

/** In a place where only the agent hears, and what the agent hears now is heard there. */
function troubleOfTrainer(asterisk: SimulatedAsterisk, place: string): string | null {
  const snoop = asterisk.conversations.get(place)?.snoop;
  if (snoop === undefined) return 'a trainer is heard by all';
  const now = asterisk.legs.get(snoop?.legId ?? '')?.conversationId ?? null;
  if (snoop === null || now === null) return 'a trainer hears nobody';
  return snoop.conversationId === null || snoop.conversationId === now ? null : 'a trainer hears a former conversation';
}
