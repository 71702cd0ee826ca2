/** In-call options that a supervisor has given to keys, as the commands of a button. Pure. */
import type { Key, Option } from '../../../src/core/option/option.js';
import { customerOf, type Panel } from './lines.js';
import { type Action, type Reason, whyNot } from './possible.js';

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

export interface OptionButton {
  readonly key: string;
  readonly sequence: string;
  readonly option: Preset;
}

/** One button for each different option. */
export function optionButtons(keys: readonly Key[]): readonly OptionButton[] {
  const found = new Map<string, OptionButton>();
  for (const { sequence, option } of keys) {
    const preset = presetOf(option);
    const key = JSON.stringify(option);
    if (preset !== null && !found.has(key)) found.set(key, { key, sequence, option: preset });
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
export function optionCommands(option: Preset, panel: Panel, all: readonly Panel[]): readonly Asked[] | Reason {
  const action = ACTION[option.kind];
  const why = action === null ? null : whyNot(action, panel, all);
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

const ACTION: Readonly<Record<Preset['kind'], Action | null>> = {
  ...{ scenario: 'transfer', transfer: 'transfer', consult: 'consult', leaveMessage: 'leaveMessage', coach: 'coach' },
  ...{ tag: 'tag', sms: null, contactGroup: null, manager: null, blacklist: null, callback: null },
};

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
      const hangUp = { name: 'call.hangUp', input: { callId: panel.callId, lineId: panel.lineId } };
      return option.when === 'now' ? [blocked, hangUp] : [blocked];
    }
  }
}

/** A number is no name. */
export function customerWithNumber(panel: Panel): { readonly number: string; readonly name?: string } | null {
  const customer = customerOf(panel);
  if (customer === null || !/[0-9]/.test(customer.number)) return null;
  const { number, name } = customer;
  return name === '' || name === number ? { number } : { number, name };
}
