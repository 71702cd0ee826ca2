/** The tags that agents may give calls. */
import { z } from 'zod';
import { refuse } from '../../core/refusal.js';
import type { TagInUse } from '../tag-definitions.js';
import { command } from './command.js';
import { removedResult } from './destination-schema.js';
import { id, nothing, text } from './schema.js';

const tag = 'Tags';

const tagDefinition = z
  .strictObject({
    id: id('Tag.'),
    name: text(40, 'The word that calls get, unique.'),
    colour: z
      .string()
      .regex(/^#[0-9a-f]{6}$/)
      .default('#808080')
      .describe('How it is shown, `#` and six hexadecimal digits in lower case.'),
    enabled: z.boolean().default(true).describe('False: calls are given it no more; those that have it keep it.'),
  })
  .meta({ id: 'TagDefinition', description: 'A tag that agents may give calls.' });

const inUse = ({ scenarioId }: TagInUse) =>
  refuse('stillInUse', 'A scenario gives calls this tag.', { field: 'scenario', usedBy: scenarioId });

export const tagCommands = [
  command({
    name: 'tags.list',
    summary: 'The tags, by name. Calls may be given those that are enabled.',
    tag,
    rest: { method: 'get', path: '/tags' },
    role: 'agent',
    input: nothing,
    output: z.array(tagDefinition).readonly(),
    handler: ({ application }) => application.addressBook.tags.list(),
  }),
  command({
    name: 'tags.save',
    summary:
      'Creates or changes a tag. Calls keep the word they were given; one that a published scenario gives keeps its name and stays enabled.',
    tag,
    rest: { method: 'put', path: '/tags/{id}' },
    role: 'supervisor',
    input: tagDefinition,
    output: tagDefinition,
    async handler({ viewer, application }, saved) {
      const result = await application.addressBook.tags.save(saved, { by: viewer.agentId, at: application.now() });
      if (result === 'saved') return saved;
      if (result === 'alreadyExists') return refuse(result, 'Another tag has this name.', { field: 'name' });
      return inUse(result);
    },
  }),
  command({
    name: 'tags.remove',
    summary: 'Removes a tag that no published scenario gives; calls that have it keep it.',
    tag,
    rest: { method: 'delete', path: '/tags/{id}' },
    role: 'supervisor',
    input: z.strictObject({ id: id('Tag.') }),
    output: removedResult,
    async handler({ viewer, application }, input) {
      const removed = await application.addressBook.tags.remove(input.id, {
        by: viewer.agentId,
        at: application.now(),
      });
      if (typeof removed === 'object') return inUse(removed);
      return removed ? ({ removed: true } as const) : refuse('notFound', 'There is no such tag.');
    },
  }),
];
