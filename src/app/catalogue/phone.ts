/** The phone in the agent's browser: what a page needs to be it. */
import { z } from 'zod';
import { command } from './command.js';
import { nothing } from './schema.js';

const tag = 'Phone';

const iceServer = z.object({
  urls: z.array(z.string()).readonly(),
  username: z.string().optional(),
  credential: z.string().optional(),
});

const credentials = z.object({
  url: z
    .string()
    .describe('Of the SIP WebSocket: whole, or a path on this server; such a path is good once, and for 30 seconds.'),
  uri: z.string().describe("The phone's SIP address."),
  username: z.string(),
  password: z.string().describe('Good until the session or this login ends, or these are asked for again.'),
  displayName: z.string(),
  iceServers: z.array(iceServer).readonly().describe('For `RTCPeerConnection`.'),
});

export const phoneCommands = [
  command({
    name: 'phone.credentials',
    summary:
      'A password for the phone in the browser. The page that asks last is the phone; one before it no longer is.',
    tag,
    rest: { method: 'post', path: '/me/phone' },
    role: 'agent',
    input: nothing,
    output: credentials,
    handler: ({ viewer, application }) => application.browserPhone.credentials(viewer),
  }),
  command({
    name: 'phone.resume',
    summary:
      'Asked by a page that was loaded again and is registered: it is called for each conversation of the page before.',
    tag,
    rest: { method: 'post', path: '/me/phone/resume' },
    role: 'agent',
    input: nothing,
    output: z.object({ callIds: z.array(z.string()).readonly() }),
    handler: ({ viewer, application }) => ({ callIds: application.browserPhone.resume(viewer.agentId) }),
  }),
];
