/** What the options of keys refer to: is it there, may the owner of the keys use it, and how is it called? */

import type { AgentId } from '../../core/call/state.js';
import type { KeyReference } from '../../core/option/check.js';
import type { Key, KeySet, Option } from '../../core/option/option.js';
import { isRefusal } from '../../core/refusal.js';
import type { CommandContext } from './command.js';

export async function referencesOf(context: CommandContext, set: KeySet): Promise<ReadonlyMap<Key, KeyReference>> {
  const references = new Map<Key, KeyReference>();
  for (const key of set.keys) {
    const reference = await referenceOf(context, set, key.option);
    if (reference !== null) references.set(key, reference);
  }
  return references;
}

async function referenceOf(context: CommandContext, set: KeySet, option: Option): Promise<KeyReference | null> {
  const { application } = context;
  const { addressBook, outside } = application;
  switch (option.kind) {
    case 'leaveMessage':
      return { field: 'messageId', state: await messageState(context, set, option.messageId) };
    case 'tag':
      return { field: 'tag', state: await tagState(context, option.tag) };
    case 'scenario':
      return known('scenarioId', application.configuration().scenarios, option.scenarioId);
    case 'coach':
      return option.trainerId === null
        ? null
        : known('trainerId', application.configuration().agents, option.trainerId);
    case 'contactGroup':
      return known('groupId', await addressBook.contacts.groups(), option.groupId);
    case 'callback':
      return option.queueId === null ? null : known('queueId', application.configuration().queues, option.queueId);
    case 'sms':
      return known('templateId', await outside.sms.templates(), option.templateId);
    default:
      return null;
  }
}

function known(field: string, all: readonly { readonly id: string }[], id: string): KeyReference {
  return { field, state: all.some((each) => each.id === id) ? 'known' : 'unknown' };
}

async function tagState({ application }: CommandContext, tag: string): Promise<KeyReference['state']> {
  const found = await application.addressBook.tags.named(tag);
  if (found === null) return 'unknown';
  return found.enabled ? 'known' : 'disabled';
}

/** An agent's keys may leave the agent's own messages; all others only those that belong to everybody. */
async function messageState({ viewer, messages }: CommandContext, set: KeySet, messageId: string) {
  const owner = set.scope === 'agent' ? set.ownerId : '';
  if (!isRefusal(await messages.find({ agentId: owner, role: 'agent' }, messageId))) return 'known';
  return isRefusal(await messages.find(viewer, messageId)) ? 'unknown' : 'foreign';
}

interface Named {
  readonly id: string;
  readonly name: string;
}

/**
 * How that is called which the options of an agent's keys refer to, in the order of the keys: whoever has a key may know what it does. Null
 * where there is nothing, or nothing any more.
 */
export async function namesFor(
  context: CommandContext,
  agentId: AgentId,
  keys: readonly Key[],
): Promise<readonly (string | null)[]> {
  const { addressBook, outside } = context.application;
  const uses = (kind: Option['kind']) => keys.some(({ option }) => option.kind === kind);
  const [groups, templates, messages] = await Promise.all([
    uses('contactGroup') ? addressBook.contacts.groups() : [],
    uses('sms') ? outside.sms.templates() : [],
    uses('leaveMessage') ? context.messages.list({ agentId, role: 'agent' }) : [],
  ]);
  return keys.map(({ option }) => nameOf(context, option, { groups, templates, messages }));
}

function nameOf(
  { application }: CommandContext,
  option: Option,
  { groups, templates, messages }: Readonly<Record<'groups' | 'templates' | 'messages', readonly Named[]>>,
): string | null {
  const { agents, queues, scenarios } = application.configuration();
  switch (option.kind) {
    case 'scenario':
      return scenarios.find(({ id }) => id === option.scenarioId)?.scenario.name ?? null;
    case 'coach':
      return named(agents, option.trainerId);
    case 'callback':
      return named(queues, option.queueId);
    case 'contactGroup':
      return named(groups, option.groupId);
    case 'sms':
      return named(templates, option.templateId);
    case 'leaveMessage':
      return named(messages, option.messageId);
    case 'consult':
    case 'transfer':
      return [...agents, ...queues].find(({ number }) => number === option.number)?.name ?? null;
    default:
      return null;
  }
}

function named(all: readonly Named[], id: string | null): string | null {
  return all.find((each) => each.id === id)?.name ?? null;
}
