/** In-call options that a supervisor has given to keys, as the commands of a button. Pure. */
import type { Key, Option } from '../../../src/core/option/option.js';
import { customerOf, outsiderOf, type Panel } from './lines.js';
import { type Reason, whyNot, whyNotCoach } from './possible.js';

export interface Asked {
  readonly name: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** Those whose parameters a supervisor has set; what has none is a button of every call anyway. */
type Preset = Extract<
  Option,
  {
    kind:
      | 'scenario'
      | 'tag'
      | 'contactGroup'
      | 'sms'
      | 'leaveMessage'
      | 'transfer'
      | 'consult'
      | 'blacklist'
      | 'manager'
      | 'coach'
      | 'callback';
  }
>;

/** A key in force, and how that is called which its option refers to; null: nothing, or what is not there any more. */
export interface NamedKey extends Key {
  readonly name: string | null;
}

export interface OptionButton {
  readonly key: string;
  readonly sequence: string;
  readonly option: Preset;
  readonly name: string | null;
}

/** One button for each different option. */
export function optionButtons(keys: readonly NamedKey[]): readonly OptionButton[] {
  const found = new Map<string, OptionButton>();
  for (const { sequence, option, name } of keys) {
    const preset = presetOf(option);
    const key = JSON.stringify(option);
    if (preset !== null && !found.has(key)) found.set(key, { key, sequence, option: preset, name });
  }
  return [...found.values()];
}

function presetOf(option: Option): Preset | null {
  switch (option.kind) {
    case 'scenario':
    case 'tag':
    case 'contactGroup':
    case 'sms':
    case 'leaveMessage':
    case 'blacklist':
    case 'manager':
    case 'callback':
      return option;
    case 'transfer':
    case 'consult':
      return option.number === null ? null : option;
    case 'coach':
      return option.trainerId === null ? null : option;
    default:
      return null;
  }
}

/** One after the other. A reason where it cannot be done now. */
export function optionCommands(
  { option, name }: Pick<OptionButton, 'option' | 'name'>,
  panel: Panel,
  all: readonly Panel[],
): readonly Asked[] | Reason {
  const why = refersToSomething(option) && name === null ? 'optionGone' : whyNotOption(option, panel, all);
  if (why !== null) return why;
  const line = { callId: panel.callId, lineId: panel.lineId };
  const call = { callId: panel.callId };
  switch (option.kind) {
    case 'scenario':
      return [{ name: 'call.transfer', input: { ...line, to: { kind: 'scenario', scenarioId: option.scenarioId } } }];
    case 'transfer':
      return [{ name: 'call.transfer', input: { ...line, to: { kind: 'number', number: option.number } } }];
    case 'consult':
      return [{ name: 'call.consult', input: { ...call, to: { kind: 'number', number: option.number } } }];
    case 'tag':
      return [{ name: 'call.tag', input: { ...call, tag: option.tag } }];
    case 'leaveMessage':
      return [{ name: 'call.leaveMessage', input: { ...line, messageId: option.messageId } }];
    case 'coach':
      return [{ name: 'call.coach', input: { ...call, trainerId: option.trainerId } }];
    case 'sms':
      return [{ name: 'sms.send', input: { ...call, templateId: option.templateId } }];
    default:
      return aboutCustomer(option, panel);
  }
}

function refersToSomething(option: Preset): boolean {
  switch (option.kind) {
    case 'callback':
      return option.queueId !== null;
    case 'scenario':
    case 'contactGroup':
    case 'sms':
    case 'leaveMessage':
    case 'coach':
      return true;
    default:
      return false;
  }
}

function whyNotOption(option: Preset, panel: Panel, all: readonly Panel[]): Reason | null {
  switch (option.kind) {
    case 'scenario':
      return whyNot('transfer', panel, all);
    case 'transfer':
    case 'consult':
    case 'leaveMessage':
    case 'tag':
      return whyNot(option.kind, panel, all);
    case 'coach':
      return whyNotCoach(panel, all, option.trainerId);
    case 'sms':
      return customerWithNumber(panel) === null ? 'noNumber' : null;
    default:
      return null;
  }
}

function aboutCustomer(
  option: Extract<Preset, { kind: 'contactGroup' | 'manager' | 'blacklist' | 'callback' }>,
  panel: Panel,
): readonly Asked[] | Reason {
  const customer = customerWithNumber(panel);
  if (customer === null) return 'noNumber';
  const { number } = customer;
  switch (option.kind) {
    case 'manager':
      return [{ name: 'contacts.assignManager', input: customer }];
    case 'contactGroup':
      return [{ name: 'contacts.addToGroup', input: { ...customer, groupId: option.groupId } }];
    case 'callback': {
      const { kind: _callback, ...agreed } = option;
      return [{ name: 'callback.schedule', input: { ...customer, ...agreed } }];
    }
    case 'blacklist': {
      const blocked = { name: 'blacklist.add', input: { number } };
      return option.when === 'now' ? [blocked, withoutCustomer(panel)] : [blocked];
    }
  }
}

/** The rest of a conference goes on without whoever is blocked. */
function withoutCustomer(panel: Panel): Asked {
  const { callId, lineId, parties } = panel;
  const legId = outsiderOf(panel)?.legId ?? null;
  return parties.length > 1 && legId !== null
    ? { name: 'call.removeParty', input: { callId, legId } }
    : { name: 'call.hangUp', input: { callId, lineId } };
}

/** A number is no name. */
export function customerWithNumber(panel: Panel): { readonly number: string; readonly name?: string } | null {
  const customer = customerOf(panel);
  if (customer === null || !/[0-9]/.test(customer.number)) return null;
  const { number, name } = customer;
  return name === '' || name === number ? { number } : { number, name };
}
