/** What keys do during a call: a supervisor's matter. An agent may see the own ones. */
import { z } from 'zod';
import { ambiguities, checkKeys, type KeyProblem } from '../../core/option/check.js';
import { CENTRE_OWNER, type KeySet } from '../../core/option/option.js';
import { isRefusal, refuse } from '../../core/refusal.js';
import { keySet, option, ownerId, scope } from '../keys/key-schema.js';
import { indexKeySets, keysOfAgent } from '../keys/keys-in-force.js';
import { type CommandContext, command, seesAll } from './command.js';
import { removedResult } from './destination-schema.js';
import { namesFor, referencesOf } from './key-references.js';
import { id, nothing } from './schema.js';

const tag = 'Configuration';

const problem = z.object({
  severity: z.enum(['error', 'warning']),
  code: z.string(),
  place: z.string(),
  message: z.string(),
});
const warnings = z.array(problem).readonly().describe('What is allowed and has a consequence that one should know.');
const effectiveKey = z.object({
  sequence: z.string(),
  option,
  reserved: z.boolean(),
  from: scope.describe('The set that it comes from.'),
  name: z
    .string()
    .nullable()
    .describe(
      'Of what the option refers to: scenario, trainer, contact group, template, message, queue, or who has the number inside; null: none.',
    ),
});

async function problemsOf(context: CommandContext, set: KeySet) {
  const centre = context.application.configuration().keySets.find((other) => other.scope === 'centre');
  const reserved = new Set((centre?.keys ?? []).flatMap((key) => (key.reserved ? [key.sequence] : [])));
  const references = await referencesOf(context, set);
  return checkKeys(set, { reserved, referred: (key) => references.get(key) ?? null });
}

function invalid(problems: readonly KeyProblem[]) {
  const [first] = problems;
  return refuse('keysInvalid', `These keys cannot be used (${first?.place}: ${first?.message})`, { problems });
}

export const keyConfigurationCommands = [
  command({
    name: 'configuration.keys.list',
    summary: 'What keys do during a call: all sets.',
    tag,
    rest: { method: 'get', path: '/configuration/keys' },
    role: 'supervisor',
    input: nothing,
    output: z.array(keySet).readonly(),
    handler: ({ application }) => application.configuration().keySets,
  }),
  command({
    name: 'configuration.keys.save',
    summary:
      'Creates or replaces the keys of the centre, a queue, a team, an agent, or the customers of a queue. Checked as a whole.',
    tag,
    rest: { method: 'put', path: '/configuration/keys/{scope}/{ownerId}' },
    role: 'supervisor',
    input: keySet,
    output: z.object({ set: keySet, warnings }),
    async handler(context, set) {
      if ((set.scope === 'centre') !== (set.ownerId === CENTRE_OWNER)) {
        return refuse('unknownReference', 'The owner does not fit the scope.', { field: 'ownerId' });
      }
      const problems = await problemsOf(context, set);
      if (problems.some(({ severity }) => severity === 'error')) return invalid(problems);
      const result = await context.application.configure((store) => store.saveKeySet(set));
      return isRefusal(result) ? result : { set, warnings: problems };
    },
  }),
  command({
    name: 'configuration.keys.remove',
    summary: 'Removes a set of keys.',
    tag,
    rest: { method: 'delete', path: '/configuration/keys/{scope}/{ownerId}' },
    role: 'supervisor',
    input: z.strictObject({ scope, ownerId }),
    output: removedResult,
    async handler({ application }, set) {
      const removed = await application.configure((store) => store.removeKeySet(set.scope, set.ownerId));
      if (isRefusal(removed)) return removed;
      return removed ? ({ removed: true } as const) : refuse('notFound', 'There is no such set of keys.');
    },
  }),
  command({
    name: 'configuration.keys.effective',
    summary:
      "What an agent's keys do: the own, else the team's, else those of the queue that the call came through, else the centre's.",
    tag,
    rest: { method: 'get', path: '/configuration/agents/{agentId}/keys' },
    role: 'agent',
    input: z.strictObject({ agentId: id('Agent.'), queueId: id('Queue; left out: a call of none.').optional() }),
    output: z.object({ betweenDigitsMs: z.number(), keys: z.array(effectiveKey).readonly(), warnings }),
    async handler(context, { agentId, queueId }) {
      const { viewer, application } = context;
      const isOwn = agentId === viewer.agentId;
      if (!isOwn && !seesAll(viewer)) return refuse('forbidden', 'You may only see your own keys.');
      const { keySets, agents } = application.configuration();
      const agent = agents.find(({ id: each }) => each === agentId);
      if (agent === undefined) return refuse('notFound', 'There is no such agent.');
      const effective = keysOfAgent(indexKeySets(keySets), agent, queueId ?? null);
      const names = await namesFor(context, agentId, effective.keys);
      const keys = effective.keys.map((key, index) => ({ ...key, name: names[index] ?? null }));
      return { ...effective, keys, warnings: ambiguities(keys) };
    },
  }),
];
