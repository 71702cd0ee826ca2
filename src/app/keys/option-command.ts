/** Which command of the catalogue an in-call option is, in the situation in which its key is pressed. */
import { linesWith } from '../../core/call/line.js';
import type { CallId } from '../../core/call/state.js';
import type { Option } from '../../core/option/option.js';
import type { Situation } from './situation.js';

export interface OptionCommand {
  readonly name: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** Nothing is heard of it by itself: a tone confirms it. */
  readonly isSilent: boolean;
}

/** `number`: as typed, for an option that asks for one. `callIds`: all calls of the agent. Null: the key does nothing. */
export function commandOf(
  option: Option,
  situation: Situation,
  number: string | null,
  callIds: readonly CallId[],
): OptionCommand | null {
  const { call, line, isAway } = situation;
  const one = { callId: call.id };
  const oneLine = line === null ? one : { ...one, lineId: line.id };
  switch (option.kind) {
    case 'none':
      return null;
    case 'hold':
      return heard(isAway ? 'call.resume' : 'call.hold', oneLine);
    case 'swap':
      return heard('call.swap', {});
    case 'hangUp':
      return heard('call.hangUp', oneLine);
    case 'complete':
    case 'conference':
      return heard(`call.${option.kind}`, { ...one, ...otherCall(situation, callIds) });
    case 'consult':
      return heard('call.consult', { ...one, to: { kind: 'number', number: option.number ?? number } });
    case 'transfer':
      return heard('call.transfer', { ...oneLine, to: { kind: 'number', number: option.number ?? number } });
    case 'record':
      return silent('call.record', { ...oneLine, action: actionOf(option.action, situation) });
    case 'leaveMessage':
      return heard('call.leaveMessage', { ...oneLine, messageId: option.messageId });
    case 'tag':
      return silent('call.tag', { ...one, tag: option.tag });
  }
}

function heard(name: string, input: OptionCommand['input']): OptionCommand {
  return { name, input, isSilent: false };
}

function silent(name: string, input: OptionCommand['input']): OptionCommand {
  return { name, input, isSilent: true };
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
