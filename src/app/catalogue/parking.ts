/** Commands about parked calls. */
import { z } from 'zod';
import { command } from './command.js';
import { oneLine } from './line-schema.js';
import { dialable, nothing } from './schema.js';
import { callView, parkedView } from './view-schema.js';

const common = { tag: 'Lines', role: 'agent' } as const;

export const parkingCommands = [
  command({
    ...common,
    name: 'call.park',
    summary:
      'Puts a line into a parking slot, where its parties hear music; the agent leaves them. Answers the number of the slot.',
    rest: { method: 'post', path: '/calls/{callId}/park' },
    input: oneLine,
    output: parkedView,
    handler: ({ viewer, application }, { callId, lineId }) => application.calls.park(viewer.agentId, callId, lineId),
  }),
  command({
    ...common,
    name: 'call.retrieve',
    summary: "Takes the call that waits in a parking slot: the agent's phone rings for it.",
    rest: { method: 'post', path: '/parked/{slot}/retrieve' },
    input: z.strictObject({ slot: dialable('Number of the slot.') }),
    output: callView,
    handler: ({ viewer, application }, { slot }) => application.calls.retrieve(viewer.agentId, slot, null),
  }),
  command({
    ...common,
    name: 'call.parked',
    summary: 'Parked calls: all for a supervisor, for an agent those that the agent may retrieve.',
    rest: { method: 'get', path: '/parked' },
    input: nothing,
    output: z.array(parkedView).readonly(),
    handler: ({ viewer, application }) => application.views.snapshot(viewer).parked,
  }),
];
