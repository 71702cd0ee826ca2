/**
 * Every statement of the journal, by name, with `?` for each value. One fixed list: each is prepared once, and SQLite compiles
 * all of them into one entry point (see sqlite-batch.ts), so none may return rows or begin with anything but what is here.
 */
export const SQL = {
  insertEvent: 'INSERT INTO events (stream, stream_id, seq, type, v, at, data) VALUES (?, ?, ?, ?, ?, ?, ?)',

  insertCall: `INSERT INTO calls (id, direction, from_number, from_name, dialled, agent_id, started_at, live, queue_id,
 queued_at) VALUES (?, ?, ?, ?, ?, ?, ?, 1, ?, ?)`,
  queueCall: 'UPDATE calls SET queue_id = ?, queued_at = COALESCE(queued_at, ?) WHERE id = ?',
  // The first conversation counts: later ones (after a consult, a hold) change nothing.
  connectCall: `UPDATE calls SET connected_at = ?, waited_ms = ?, agent_id = COALESCE(agent_id, ?),
 queue_id = COALESCE(?, queue_id) WHERE id = ? AND connected_at IS NULL`,
  endCall: 'UPDATE calls SET ended_at = ?, outcome = ?, waited_ms = ?, talked_ms = ? WHERE id = ?',
  rateCall: 'UPDATE calls SET rating = ? WHERE id = ?',
  closeCall: 'UPDATE calls SET live = 0 WHERE id = ?',
  // A leg that went to another call and came back is one row: when it was here last counts.
  insertLeg: `INSERT INTO call_legs (call_id, leg_id, role, agent_id, number, name, started_at, answered_at, left_at, cause,
 call_started_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
 ON CONFLICT (call_id, leg_id) DO UPDATE SET left_at = excluded.left_at, cause = excluded.cause`,
  // The start as the call's row has it: tagged calls are listed by it.
  insertTag: `INSERT INTO call_tags (call_id, tag, agent_id, at, call_started_at)
 VALUES (?, ?, ?, ?, COALESCE((SELECT started_at FROM calls WHERE id = ?), ?)) ON CONFLICT DO NOTHING`,
  removeTag: 'DELETE FROM call_tags WHERE call_id = ? AND tag = ?',
  insertOutcome:
    'INSERT INTO call_agents (call_id, agent_id, queue_id, at, outcome) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',

  // The queue as the call's row has it by now. The same file twice would be the same recording.
  openRecording: `INSERT INTO recordings (id, name, call_id, conversation_id, started_at, outcome, queue_id)
 VALUES (?, ?, ?, ?, ?, 'recording', (SELECT queue_id FROM calls WHERE id = ?)) ON CONFLICT DO NOTHING`,
  insertParty: `INSERT INTO recording_parties (recording_id, position, started_at, agent_id, number, name)
 VALUES (?, ?, ?, ?, ?, ?)`,
  closeRecording: `UPDATE recordings SET ended_at = ?, outcome = ?, duration_ms = ?
 WHERE id = ? AND outcome IN ('recording', 'lost')`,
  // Whether there is a file is looked at later: see app/recordings/upkeep.ts.
  loseRecording: "UPDATE recordings SET ended_at = ? WHERE id = ? AND outcome = 'recording'",

  // A delivery's name says which event it is of: the same event is told once.
  insertDelivery: `INSERT INTO webhook_deliveries (delivery_id, webhook_id, lane, type, at, body, due_at, state, attempts)
 VALUES (?, ?, ?, ?, ?, ?, ?, 'waiting', 0) ON CONFLICT DO NOTHING`,

  closeStatus: 'UPDATE status_history SET until = ? WHERE agent_id = ? AND until IS NULL',
  openStatus: 'INSERT INTO status_history (agent_id, status_id, since, set_by, by_agent_id) VALUES (?, ?, ?, ?, ?)',
  openSession: 'INSERT INTO agent_sessions (id, agent_id, since) VALUES (?, ?, ?)',
  closeSession: 'UPDATE agent_sessions SET until = ? WHERE id = ?',
  keepState: `INSERT INTO agent_states (agent_id, seq, status_id, state) VALUES (?, ?, ?, ?)
 ON CONFLICT (agent_id) DO UPDATE SET seq = excluded.seq, status_id = excluded.status_id, state = excluded.state`,

  // Values: agent, call, expiry, now. One statement, so two rivals cannot both win.
  takeClaim: `INSERT INTO claims (agent_id, call_id, expires_at) VALUES (?, ?, ?)
 ON CONFLICT (agent_id) DO UPDATE SET call_id = excluded.call_id, expires_at = excluded.expires_at
 WHERE claims.expires_at <= ? OR claims.call_id = excluded.call_id`,
  lengthenClaim: 'UPDATE claims SET expires_at = ? WHERE agent_id = ? AND call_id = ?',
  giveBackClaim: 'DELETE FROM claims WHERE agent_id = ? AND call_id = ?',
  giveBackClaims: 'DELETE FROM claims WHERE call_id = ?',
} as const;

/** Fails the transaction unless the epoch is still open (see tenure.ts). Values: application, epoch. */
export const HOLD_LEASE = {
  // The one who writes has the database to itself.
  sqlite: `SELECT RAISE(ABORT, 'takenOver') WHERE NOT EXISTS
 (SELECT 1 FROM controllers WHERE app = ? AND released_epoch < ?)`,
  // The row stays locked to the end of the transaction: who closes the epoch waits for it. Nothing found is a division by zero.
  postgres: `SELECT 1 / count(*) FROM
 (SELECT 1 FROM controllers WHERE app = ? AND released_epoch < ? FOR SHARE) AS held`,
} as const;

export type StatementName = keyof typeof SQL | 'holdLease';
