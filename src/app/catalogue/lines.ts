/** Commands about an agent's lines: hold, consult, transfer, conference, recording, messages. */
import { z } from 'zod';
import { isRefusal } from '../../core/refusal.js';
import { tagProblem } from '../tag-definitions.js';
import { command } from './command.js';
import { callId, lineId, oneLine, pickUpTarget, pickUpTargetOf, target, targetOf } from './line-schema.js';
import { id, nothing, text } from './schema.js';
import { callView } from './view-schema.js';

const tag = 'Lines';
const post = (path: string) => ({ method: 'post', path: `/calls/{callId}${path}` }) as const;
const common = { tag, role: 'agent', output: callView } as const;
const toTarget = z.strictObject({ callId, to: target });
const lineToTarget = z.strictObject({ callId, lineId, to: target });
const party = z.strictObject({ callId, legId: id('Leg of the party, as the call shows it.') });

export const lineCommands = [
  command({
    ...common,
    name: 'call.hold',
    summary: 'Puts a line on hold: its parties hear music. In a conference the others go on.',
    rest: post('/hold'),
    input: oneLine,
    handler: ({ viewer, application }, input) => application.calls.hold(viewer.agentId, input.callId, input.lineId),
  }),
  command({
    ...common,
    name: 'call.resume',
    summary: 'Takes a line up again; the other lines of the agent, of this call and of others, go on hold.',
    rest: post('/resume'),
    input: oneLine,
    handler: ({ viewer, application }, input) => application.calls.resume(viewer.agentId, input.callId, input.lineId),
  }),
  command({
    ...common,
    name: 'call.swap',
    summary: 'Takes up the line that was put on hold last; the present one goes on hold.',
    rest: { method: 'post', path: '/lines/swap' },
    input: nothing,
    handler: ({ viewer, application }) => application.calls.swap(viewer.agentId),
  }),
  command({
    ...common,
    name: 'call.pickUp',
    summary:
      "Takes over a call that rings a colleague, the longest ringing first: the agent's phone rings for it too, and whoever answers first has it.",
    rest: { method: 'post', path: '/lines/pick-up' },
    input: z.strictObject({ from: pickUpTarget.optional() }),
    handler: ({ viewer, application }, { from }) =>
      application.calls.pickUp(viewer.agentId, pickUpTargetOf(from), null),
  }),
  command({
    ...common,
    name: 'call.consult',
    summary:
      'The present line goes on hold and the target is called on a new one. When that ends, the agent is back on the first.',
    rest: post('/consult'),
    input: toTarget,
    handler: ({ viewer, application }, { callId: of, to }) =>
      application.calls.consult(viewer.agentId, of, targetOf(to)),
  }),
  command({
    ...common,
    name: 'call.transfer',
    summary:
      'Sends the other party of a line to the target; the agent leaves at once. Where nobody answers, the party comes back to the agent.',
    rest: post('/transfer'),
    input: lineToTarget,
    handler: ({ viewer, application }, input) =>
      application.calls.transfer(viewer.agentId, input.callId, input.lineId, targetOf(input.to)),
  }),
  command({
    ...common,
    name: 'call.complete',
    summary:
      'Joins the parties of two lines, of this call or of another one; the agent leaves. Also before the target has answered.',
    rest: post('/complete'),
    input: z.strictObject({
      callId,
      lineId,
      withCallId: id('Another call of the agent; left out: this one.').optional(),
      withLineId: id(
        'The other line; left out: the one from which the consult was begun, or the only other one.',
      ).optional(),
    }),
    handler: ({ viewer, application }, input) =>
      application.calls.complete(viewer.agentId, input.callId, input.lineId, {
        callId: input.withCallId ?? null,
        lineId: input.withLineId ?? null,
      }),
  }),
  command({
    ...common,
    name: 'call.conference',
    summary: 'Makes one conference of all lines of the agent in the call, or of the present lines of two calls.',
    rest: post('/conference'),
    input: z.strictObject({ callId, withCallId: id('Another call of the agent.').optional() }),
    handler: ({ viewer, application }, input) =>
      application.calls.conference(viewer.agentId, input.callId, input.withCallId ?? null),
  }),
  command({
    ...common,
    name: 'call.invite',
    summary: 'Rings one more party for the line; who answers joins the conference.',
    rest: post('/invite'),
    input: lineToTarget,
    handler: ({ viewer, application }, input) =>
      application.calls.invite(viewer.agentId, input.callId, input.lineId, targetOf(input.to)),
  }),
  command({
    ...common,
    name: 'call.removeParty',
    summary: "Hangs up one party of the agent's lines, or stops ringing one who was asked.",
    rest: post('/parties/{legId}/remove'),
    input: party,
    handler: ({ viewer, application }, input) =>
      application.calls.removeParty(viewer.agentId, input.callId, input.legId),
  }),
  command({
    ...common,
    name: 'call.muteParty',
    summary: "Turns the microphone of a party of the agent's lines off: the others do not hear it.",
    rest: post('/parties/{legId}/mute'),
    input: party,
    handler: ({ viewer, application }, input) =>
      application.calls.muteParty(viewer.agentId, input.callId, input.legId, true),
  }),
  command({
    ...common,
    name: 'call.unmuteParty',
    summary: 'Turns the microphone of a party on again.',
    rest: post('/parties/{legId}/unmute'),
    input: party,
    handler: ({ viewer, application }, input) =>
      application.calls.muteParty(viewer.agentId, input.callId, input.legId, false),
  }),
  command({
    ...common,
    name: 'call.sendDigits',
    summary:
      "Sends digits to the other party, for its menu; in a conference to everybody outside. The agent's own phone presses nothing, so none of them is a command.",
    rest: post('/digits'),
    input: z.strictObject({
      callId,
      legId: id('Only this party of the conversation.').optional(),
      digits: z
        .string()
        .regex(/^[0-9*#A-D]{1,32}$/)
        .describe('Keys of a telephone: digits, `*`, `#` and `A` to `D`, 1 to 32.'),
    }),
    handler: ({ viewer, application }, { callId: of, legId, digits }) =>
      application.calls.sendDigits(viewer.agentId, of, legId ?? null, digits),
  }),
  command({
    ...common,
    name: 'call.tag',
    summary: 'Gives the call one of the tags that are defined; history shows tags and finds calls by them.',
    rest: post('/tags'),
    input: z.strictObject({ callId, tag: text(40, "A tag's word, as `tags.list` has it; it must be enabled.") }),
    async handler({ viewer, application }, input) {
      const problem = await tagProblem(application.addressBook.tags, input.tag);
      return problem ?? application.calls.tag(viewer.agentId, input.callId, input.tag);
    },
  }),
  command({
    ...common,
    name: 'call.untag',
    summary:
      'Takes a tag off the call, whoever gave it; the call is found by it no more. History tells that it was given and taken off.',
    rest: post('/tags/remove'),
    input: z.strictObject({ callId, tag: text(40, 'A word that the call has in `tags`; else nothing changes.') }),
    handler: ({ viewer, application }, input) => application.calls.untag(viewer.agentId, input.callId, input.tag),
  }),
  command({
    ...common,
    name: 'call.record',
    summary: 'Starts, pauses, resumes or stops recording a line; needs the permission to control recordings.',
    rest: post('/record'),
    input: z.strictObject({ callId, lineId, action: z.enum(['start', 'stop', 'pause', 'resume']) }),
    handler: ({ viewer, application }, input) =>
      application.calls.record(viewer.agentId, input.callId, input.lineId, input.action),
  }),
  command({
    ...common,
    name: 'call.leaveMessage',
    summary: 'Plays a prepared message to the other party, who is let go after it; the agent is free at once.',
    rest: post('/message'),
    input: z.strictObject({ callId, lineId, messageId: id('Prepared message.') }),
    async handler({ viewer, application, messages }, input) {
      const message = await messages.find(viewer, input.messageId);
      if (isRefusal(message)) return message;
      const { sound, durationMs } = message;
      return application.calls.leaveMessage(viewer.agentId, input.callId, input.lineId, {
        sound,
        durationMs: durationMs ?? 0,
      });
    },
  }),
];
