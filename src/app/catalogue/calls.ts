/** Commands about live calls. A call that is not the agent's own answers "not found", as if it did not exist. */
import { z } from 'zod';
import { refuse } from '../../core/refusal.js';
import { command, seesAll } from './command.js';
import { oneCall, oneLine } from './line-schema.js';
import { dialable, nothing } from './schema.js';
import { callView } from './view-schema.js';

const tag = 'Calls';

export const callCommands = [
  command({
    name: 'call.dial',
    summary: "Rings the agent's own phone, then dials the number.",
    tag,
    rest: { method: 'post', path: '/calls' },
    role: 'agent',
    input: z.strictObject({ number: dialable('Number to call, inside or outside.') }),
    output: callView,
    handler: ({ viewer, application }, { number }) => application.calls.dial(viewer.agentId, { number }),
  }),
  command({
    name: 'call.hangUp',
    summary:
      'Hangs up one line: the agent returns to another one; the last line ends the part of the agent in the call.',
    tag,
    rest: { method: 'post', path: '/calls/{callId}/hang-up' },
    role: 'agent',
    input: oneLine,
    output: callView,
    handler: ({ viewer, application }, { callId, lineId }) => application.calls.hangUp(viewer.agentId, callId, lineId),
  }),
  command({
    name: 'call.mute',
    summary: "Turns the agent's microphone off: the others do not hear the agent.",
    tag,
    rest: { method: 'post', path: '/calls/{callId}/mute' },
    role: 'agent',
    input: oneCall,
    output: callView,
    handler: ({ viewer, application }, { callId }) => application.calls.setMuted(viewer.agentId, callId, true),
  }),
  command({
    name: 'call.unmute',
    summary: "Turns the agent's microphone on again.",
    tag,
    rest: { method: 'post', path: '/calls/{callId}/unmute' },
    role: 'agent',
    input: oneCall,
    output: callView,
    handler: ({ viewer, application }, { callId }) => application.calls.setMuted(viewer.agentId, callId, false),
  }),
  command({
    name: 'call.moveToDevice',
    summary:
      'Rings the other phones of the agent: the one that answers first has the conversation, with all lines. Asked again, they ring no longer.',
    tag,
    rest: { method: 'post', path: '/calls/{callId}/move' },
    role: 'agent',
    input: oneCall,
    output: callView,
    handler: ({ viewer, application }, { callId }) => application.calls.moveToDevice(viewer.agentId, callId),
  }),
  command({
    name: 'call.cancelMove',
    summary: 'The other phones of the agent ring no longer; the conversation stays where it is.',
    tag,
    rest: { method: 'post', path: '/calls/{callId}/cancel-move' },
    role: 'agent',
    input: oneCall,
    output: callView,
    handler: ({ viewer, application }, { callId }) => application.calls.cancelMove(viewer.agentId, callId),
  }),
  command({
    name: 'call.end',
    summary: 'Ends a whole call, for everyone in it.',
    tag,
    rest: { method: 'delete', path: '/calls/{callId}' },
    role: 'supervisor',
    input: oneCall,
    output: callView,
    handler: ({ application }, { callId }) => application.calls.end(callId),
  }),
  command({
    name: 'call.list',
    summary: 'Live calls: all for a supervisor, the own ones for an agent.',
    tag,
    rest: { method: 'get', path: '/calls' },
    role: 'agent',
    input: nothing,
    output: z.array(callView).readonly(),
    handler: ({ viewer, application }) => application.views.snapshot(viewer).calls,
  }),
  command({
    name: 'call.get',
    summary: 'One live call.',
    tag,
    rest: { method: 'get', path: '/calls/{callId}' },
    role: 'agent',
    input: oneCall,
    output: callView,
    handler({ viewer, application }, { callId }) {
      const call = application.views.call(callId);
      const visible = call !== null && (seesAll(viewer) || call.legs.some((leg) => leg.agentId === viewer.agentId));
      return visible ? call : refuse('notFound', 'There is no such call.');
    },
  }),
];
