/** Turns what was handed in meanwhile into the statements of one transaction. Tables are independent; order is kept in each. */
import { AgentRows } from './agent-rows.js';
import { CallRows } from './call-rows.js';
import { ClaimRows } from './claim-rows.js';
import type { Operation } from './operation.js';
import { insertRows, type Statement, type Value } from './statement.js';

const INSERT_EVENTS = 'INSERT INTO events (stream, stream_id, seq, type, v, at, data)';

export interface Transaction {
  readonly statements: readonly Statement[];
  /** For each operation, the statement that returns a row if it succeeded; null: it succeeds with the transaction. */
  readonly verdicts: readonly (number | null)[];
}

/** The rows of `events` for an entry. */
export function eventRows(entry: (Operation & { kind: 'append' })['entry']): Value[][] {
  return entry.events.map((event) => [
    entry.stream,
    entry.id,
    event.seq,
    event.type,
    event.v,
    event.at,
    JSON.stringify(event),
  ]);
}

export function transactionOf(operations: readonly Operation[]): Transaction {
  const events: Value[][] = [];
  const calls = new CallRows();
  const agents = new AgentRows();
  const claims = new ClaimRows();
  const claimed: (number | null)[] = [];
  for (const operation of operations) {
    claimed.push(operation.kind === 'claim' ? claims.take(operation) : null);
    if (operation.kind === 'release') claims.giveBack(operation.agentId, operation.callId);
    if (operation.kind !== 'append') continue;
    const { entry } = operation;
    events.push(...eventRows(entry));
    if (entry.stream === 'call') {
      for (const event of entry.events) {
        calls.add(event);
        claims.addCallEvent(event);
      }
    } else {
      agents.keep(entry.state);
      for (const event of entry.events) {
        agents.add(event);
        claims.addAgentEvent(event);
      }
    }
  }
  const claimStatements = claims.statements();
  return {
    statements: [
      ...claimStatements,
      ...insertRows(INSERT_EVENTS, events, ''),
      ...calls.statements(),
      ...agents.statements(),
    ],
    verdicts: claimed,
  };
}
