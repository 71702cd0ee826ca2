/** Callbacks: a customer is called at an agreed time. */
import { z } from 'zod';
import { isRefusal } from '../../core/refusal.js';
import { callbackRequest } from './callback-request.js';
import { agreed, agreedFields, callback, callbackState, toSchedule } from './callback-schema.js';
import { command } from './command.js';
import { dialable, id, instantInput, text } from './schema.js';

const tag = 'Callbacks';

export const callbackCommands = [
  command({
    name: 'callback.schedule',
    summary: 'Agrees on a callback: at that time the system dials the number and connects it with an agent.',
    tag,
    rest: { method: 'post', path: '/callbacks' },
    role: 'agent',
    input: toSchedule,
    output: agreed,
    async handler({ application, viewer }, input) {
      const request = await callbackRequest(application, viewer, input);
      return isRefusal(request) ? request : application.callbacks.schedule(viewer, request);
    },
  }),
  command({
    name: 'callback.list',
    summary: 'Callbacks by the time they are due; for an agent the own ones and those of the own queues.',
    tag,
    rest: { method: 'get', path: '/callbacks' },
    role: 'agent',
    input: z.strictObject({
      state: callbackState.optional(),
      queueId: id('Queue.').optional(),
      number: dialable('Number.').optional(),
      since: instantInput.default(0).describe('Due from this moment on.'),
      until: instantInput.optional().describe('Due before this moment.'),
      limit: z.coerce.number().int().min(1).max(500).default(100).describe('1 to 500.'),
    }),
    output: z.array(callback).readonly(),
    handler: ({ application, viewer }, { state: inState, queueId, number, since, until, limit }) =>
      application.callbacks.list(viewer, {
        ...{ state: inState ?? null, queueId: queueId ?? null, number: number ?? null },
        ...{ since, until: until ?? Number.MAX_SAFE_INTEGER, limit },
      }),
  }),
  command({
    name: 'callback.get',
    summary: 'One callback with all its attempts.',
    tag,
    rest: { method: 'get', path: '/callbacks/{id}' },
    role: 'agent',
    input: z.strictObject({ id: id('Callback.') }),
    output: callback,
    handler: ({ application, viewer }, input) => application.callbacks.get(viewer, input.id),
  }),
  command({
    name: 'callback.change',
    summary: 'Replaces what was agreed, while the callback is scheduled.',
    tag,
    rest: { method: 'put', path: '/callbacks/{id}' },
    role: 'agent',
    input: z.strictObject({
      id: id('Callback.'),
      number: dialable('Number to call.'),
      name: text(120, "The client's name.").optional(),
      ...agreedFields,
    }),
    output: agreed,
    handler: ({ application, viewer }, { id: callbackId, name, ...rest }) =>
      application.callbacks.change(viewer, callbackId, { ...rest, name: name ?? '' }),
  }),
  command({
    name: 'callback.cancel',
    summary: 'Calls it off, while it is scheduled.',
    tag,
    rest: { method: 'post', path: '/callbacks/{id}/cancel' },
    role: 'agent',
    input: z.strictObject({ id: id('Callback.') }),
    output: callback,
    handler: ({ application, viewer }, input) => application.callbacks.cancel(viewer, input.id),
  }),
  command({
    name: 'callback.callNow',
    summary: 'Its time is now.',
    tag,
    rest: { method: 'post', path: '/callbacks/{id}/now' },
    role: 'agent',
    input: z.strictObject({ id: id('Callback.') }),
    output: callback,
    handler: ({ application, viewer }, input) => application.callbacks.callNow(viewer, input.id),
  }),
  command({
    name: 'callback.takeOver',
    summary: 'Makes it personal, yours.',
    tag,
    rest: { method: 'post', path: '/callbacks/{id}/take-over' },
    role: 'agent',
    input: z.strictObject({ id: id('Callback.') }),
    output: callback,
    handler: ({ application, viewer }, input) => application.callbacks.takeOver(viewer, input.id),
  }),
];
