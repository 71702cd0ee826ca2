/** Which commands of the catalogue an in-call option is, in the situation in which its key is pressed. */
import { coachingsOf } from '../../core/call/coaching.js';
import { linesWith } from '../../core/call/line.js';
import type { AgentId, CallId } from '../../core/call/state.js';
import type { Option } from '../../core/option/option.js';
import { customerOf, type Situation } from './situation.js';

export interface OptionCommand {
  readonly name: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** Nothing is heard of these by themselves: a tone confirms them. */
const SILENT: ReadonlySet<Option['kind']> = new Set([
  ...(['record', 'tag', 'manager', 'contactGroup', 'blacklist', 'sms', 'device', 'callback'] as const),
]);

export function isSilent({ kind }: Option): boolean {
  return SILENT.has(kind);
}

/** To be done one after the other. `number`: as typed, for an option that asks for one. `callIds`: all calls of the agent. */
export function commandsOf(
  option: Option,
  situation: Situation,
  number: string | null,
  callIds: readonly CallId[],
): readonly OptionCommand[] {
  const { call, line, isAway } = situation;
  const one = { callId: call.id };
  const oneLine = line === null ? one : { ...one, lineId: line.id };
  const command = (name: string, input: OptionCommand['input']) => [{ name, input }];
  switch (option.kind) {
    case 'none':
      return [];
    case 'hold':
      return command(isAway ? 'call.resume' : 'call.hold', oneLine);
    case 'swap':
      return command('call.swap', {});
    case 'hangUp':
      return command('call.hangUp', oneLine);
    case 'complete':
    case 'conference':
      return command(`call.${option.kind}`, { ...one, ...otherCall(situation, callIds) });
    case 'consult':
      return command('call.consult', { ...one, to: { kind: 'number', number: option.number ?? number } });
    case 'transfer':
      return command('call.transfer', { ...oneLine, to: { kind: 'number', number: option.number ?? number } });
    case 'scenario':
      return command('call.transfer', { ...oneLine, to: { kind: 'scenario', scenarioId: option.scenarioId } });
    case 'record':
      return command('call.record', { ...oneLine, action: actionOf(option.action, situation) });
    case 'leaveMessage':
      return command('call.leaveMessage', { ...oneLine, messageId: option.messageId });
    case 'tag':
      return command('call.tag', { ...one, tag: option.tag });
    case 'coach':
      return command(...coaching(option.trainerId, situation));
    case 'device':
      return command('call.moveToDevice', one);
    case 'sms':
      return command('sms.send', { ...one, templateId: option.templateId });
    case 'manager':
      return command('contacts.assignManager', partyOf(situation));
    case 'contactGroup':
      return command('contacts.addToGroup', { ...partyOf(situation), groupId: option.groupId });
    case 'blacklist':
      return blocking(option.when, situation);
    case 'callback':
      return command('callback.schedule', agreedOn(option, situation));
  }
}

function agreedOn({ kind: _callback, ...agreed }: Extract<Option, { kind: 'callback' }>, situation: Situation) {
  return { ...partyOf(situation), ...agreed };
}

/** The rest of a conference goes on without whoever is blocked. */
function blocking(when: 'now' | 'after', situation: Situation): readonly OptionCommand[] {
  const block = { name: 'blacklist.add', input: { number: partyOf(situation).number } };
  const party = { callId: situation.call.id, legId: customerOf(situation)?.id };
  return when === 'now' ? [block, { name: 'call.removeParty', input: party }] : [block];
}

/** Whom the agent has called already is let go. */
function coaching(trainerId: AgentId | null, { call, agentId }: Situation): [string, OptionCommand['input']] {
  const called = coachingsOf(call).find((each) => each.byAgentId === agentId && each.stage !== 'failed');
  if (called !== undefined) return ['call.stopCoaching', { callId: call.id, coachId: called.coachId }];
  return ['call.coach', { callId: call.id, ...(trainerId === null ? {} : { trainerId }) }];
}

function actionOf(action: Extract<Option, { kind: 'record' }>['action'], { line }: Situation): string {
  if (action !== 'toggle') return action;
  if (line?.recorded === 'paused') return 'resume';
  return line?.recorded === 'yes' ? 'stop' : 'start';
}

/** With but one line in this call the agent means the other call, where that is clear. */
function otherCall({ call, leg }: Situation, callIds: readonly CallId[]): Readonly<Record<string, string>> {
  const [other, ...more] = callIds.filter((id) => id !== call.id);
  return linesWith(call, leg.id).length > 1 || other === undefined || more.length > 0 ? {} : { withCallId: other };
}

/** Whom the agent talks with from outside. Without a number the command is refused; a number is no name. */
function partyOf(situation: Situation): { readonly number: string; readonly name?: string } {
  const { number, name } = customerOf(situation)?.party ?? { number: '', name: '' };
  return name === '' || name === number ? { number } : { number, name };
}
