/**
 * Who leads parties through their scripts, found by the beginning of the script's name. A script that nobody leads (a scenario removed
 * with a newer version, say) sends its party to the PBX's fallback: nobody waits in silence.
 */
import type { CallEvent } from '../core/call/event.js';
import { type Call, type Line, linesOf, type Script } from '../core/call/state.js';
import type { Switchboard } from './switchboard.js';

/** A line that is led through a script, or was sent on by one. */
export type ScriptedLine = Line & { readonly script: Script };

export interface ScriptLeader {
  /**
   * A call with one of its scripts has changed: called at once, after every change, with what happened. `line` is null when the script is
   * over, or the call is; then whatever was kept for it is let go. `lineId` names the line before and after.
   */
  changed(call: Call, lineId: string, line: ScriptedLine | null, events: readonly CallEvent[]): void;
  /** A call taken up from an earlier run has a line in one of its scripts: goes on from the position kept. */
  resume(call: Call, line: ScriptedLine): void;
}

export class Scripts {
  readonly #switchboard: () => Switchboard;
  readonly #leaders = new Map<string, ScriptLeader>();

  constructor(switchboard: () => Switchboard) {
    this.#switchboard = switchboard;
  }

  /** `kind` is what comes before the colon of the names: `scenario`, `feature`. */
  register(kind: string, leader: ScriptLeader): void {
    this.#leaders.set(kind, leader);
  }

  callDecided(before: Call | null, after: Call, events: readonly CallEvent[]): void {
    const were = before === null ? [] : scriptedLines(before);
    const are = scriptedLines(after);
    for (const line of are) this.#leaderOf(after, line)?.changed(after, line.id, line, events);
    for (const line of were) {
      const now = are.find(({ id }) => id === line.id);
      const same = now !== undefined && kindOf(now) === kindOf(line);
      if (!same) this.#leaders.get(kindOf(line))?.changed(after, line.id, null, events);
    }
  }

  resume(call: Call): void {
    for (const line of scriptedLines(call)) this.#leaderOf(call, line)?.resume(call, line);
  }

  #leaderOf(call: Call, line: ScriptedLine): ScriptLeader | undefined {
    const leader = this.#leaders.get(kindOf(line));
    if (leader === undefined && line.script.active) this.#letGo(call, line);
    return leader;
  }

  #letGo(call: Call, { id: lineId, script }: ScriptedLine): void {
    const reason = call.direction === 'inbound' ? 'fallback' : 'unavailable';
    const onward = { kind: 'nowhere', reason } as const;
    const { position } = script;
    this.#switchboard().mailbox(call.id)?.decideNow({ type: 'scriptGo', lineId, onward, keep: 'no', position });
  }
}

function kindOf({ script }: ScriptedLine): string {
  return script.name.slice(0, script.name.indexOf(':'));
}

function scriptedLines(call: Call): readonly ScriptedLine[] {
  return linesOf(call).flatMap((line) => (line.script === null ? [] : [{ ...line, script: line.script }]));
}
