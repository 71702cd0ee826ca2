/** Turns what was handed in meanwhile into the statements of one transaction. Tables are independent; order is kept in each. */
import type { JournalEntry } from '../../app/ports.js';
import { AgentRows } from './agent-rows.js';
import { CallRows } from './call-rows.js';
import { ClaimRows } from './claim-rows.js';
import type { Operation } from './operation.js';
import type { Statement } from './statement.js';

/** The rows of `events` for an entry. */
export function eventStatements({ stream, id, events }: JournalEntry): Statement[] {
  return events.map((event) => ({
    name: 'insertEvent',
    values: [stream, id, event.seq, event.type, event.v, event.at, JSON.stringify(event)],
  }));
}

/** Its `takeClaim` statements are in the order of the claims among the operations. */
export function transactionOf(operations: readonly Operation[]): readonly Statement[] {
  const events: Statement[] = [];
  const calls = new CallRows();
  const legs: Statement[] = [];
  const deliveries: Statement[] = [];
  const agents = new AgentRows();
  const claims = new ClaimRows();
  for (const operation of operations) {
    if (operation.kind === 'claim') claims.take(operation);
    if (operation.kind === 'release') claims.giveBack(operation.agentId, operation.callId);
    if (operation.kind !== 'append') continue;
    const { entry } = operation;
    events.push(...eventStatements(entry));
    legs.push(...operation.legs);
    deliveries.push(...operation.deliveries);
    if (entry.stream === 'call') {
      for (const event of entry.events) {
        calls.add(event);
        claims.addCallEvent(event);
      }
      if (entry.over) calls.close(entry.id);
    } else {
      agents.keep(entry.state);
      for (const event of entry.events) {
        agents.add(event);
        claims.addAgentEvent(event);
      }
    }
  }
  return [...events, ...calls.statements(), ...legs, ...agents.statements(), ...claims.statements(), ...deliveries];
}
