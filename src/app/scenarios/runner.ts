/** Leads parties through their scenarios: one run for each line that is in one, also while its party is with somebody else. */
import type { CallEvent } from '../../core/call/event.js';
import type { Call } from '../../core/call/state.js';
import type { ScriptedLine, ScriptLeader } from '../scripts.js';
import { Run } from './run.js';
import type { RunPorts } from './run-ports.js';

export class ScenarioRunner implements ScriptLeader {
  readonly #ports: RunPorts;
  readonly #runs = new Map<string, Run>();

  constructor(ports: RunPorts) {
    this.#ports = ports;
  }

  changed(call: Call, lineId: string, line: ScriptedLine | null, events: readonly CallEvent[]): void {
    const key = `${call.id} ${lineId}`;
    const run = this.#runs.get(key);
    if (line === null) {
      this.#runs.delete(key);
      run?.end();
      return;
    }
    // Sent into another scenario, or into the same once more.
    const begins = events.some((event) => event.type === 'script.started' && event.lineId === lineId);
    if (run !== undefined && !begins) {
      run.heard(call, line, events);
      return;
    }
    run?.end();
    this.#begin(key, call, line);
  }

  resume(call: Call, line: ScriptedLine): void {
    this.#begin(`${call.id} ${line.id}`, call, line);
  }

  /** Nothing more is said or asked; whoever takes the calls up goes on. */
  stop(): void {
    for (const run of this.#runs.values()) run.stop();
    this.#runs.clear();
  }

  #begin(key: string, call: Call, line: ScriptedLine): void {
    const run = new Run(this.#ports, call, line);
    this.#runs.set(key, run);
    run.begin();
  }
}
