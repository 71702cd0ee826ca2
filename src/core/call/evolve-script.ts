/** What an event makes of a line's script. */
import type { CallEventBody } from './event.js';
import { mapLine } from './line.js';
import type { Instant, Leg, LegId, LineId, LiveCall, Script } from './state.js';

type ScriptEvent = Extract<CallEventBody, { type: `script.${string}` }>;

export function scriptChanged(call: LiveCall, event: ScriptEvent, at: Instant): LiveCall {
  switch (event.type) {
    case 'script.started': {
      const { lineId, name, position, music } = event;
      // Whoever is sent there by an agent has been answered long ago.
      const answered = call.lines.some(
        ({ id, members }) => id === lineId && members.some(({ legId }) => call.legs[legId]?.phase === 'up'),
      );
      const script: Script = { name, position, music, answered, active: true, keep: 'no', talked: false };
      return mapLine(call, lineId, (line) => ({
        ...line,
        ...WAITS_FOR_NOTHING,
        script,
      }));
    }
    case 'script.answered':
      return change(membersUp(call, event.lineId, at), event.lineId, (script) => ({ ...script, answered: true }));
    case 'script.stepped': {
      const { position, music } = event;
      return change(call, event.lineId, (script) => ({ ...script, position, music }));
    }
    case 'script.suspended': {
      const { keep, position } = event;
      return change(call, event.lineId, (script) => ({ ...script, keep, position, active: false, talked: false }));
    }
    case 'script.resumed':
      return mapLine(call, event.lineId, (line) =>
        line.script === null ? line : { ...line, ...WAITS_FOR_NOTHING, script: { ...line.script, active: true } },
      );
    case 'script.over':
      return mapLine(call, event.lineId, (line) => ({ ...line, script: null }));
  }
}

const WAITS_FOR_NOTHING = { stay: null, announcement: null, orphan: null, next: null };

function change(call: LiveCall, lineId: LineId, changed: (script: Script) => Script): LiveCall {
  return mapLine(call, lineId, (line) => (line.script === null ? line : { ...line, script: changed(line.script) }));
}

/** Somebody has answered the party who was sent on. */
export function scriptAnswered(script: Script | null): Script | null {
  return script?.keep === 'after' ? { ...script, answered: true, talked: true } : null;
}

/** Whoever called in and is on the line is answered now. */
export function membersUp(call: LiveCall, lineId: LineId, at: Instant): LiveCall {
  const line = call.lines.find(({ id }) => id === lineId);
  const legs: Record<LegId, Leg> = { ...call.legs };
  for (const { legId } of line?.members ?? []) {
    const leg = legs[legId];
    if (leg?.phase === 'arrived') legs[legId] = { ...leg, phase: 'up', since: at };
  }
  return { ...call, legs };
}
