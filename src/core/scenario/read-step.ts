/** One step as it is written: one function for each type says which fields it has, and which values they may take. */
import { error, type Fault } from './fault.js';
import { FieldReader, isObject, VARIABLE } from './field-reader.js';
import { readHours } from './read-hours.js';
import { readPrompt, readSpoken } from './read-prompt.js';
import type { Step, StepOf, StepType, VoicemailBox } from './scenario.js';

const MOST_TEXT = 200;
const MOST_URL = 1_000;
const MOST_BODY = 10_000;
const MOST_FIELDS = 20;
const KEYS = /^[0-9*#]$/;
const HEADER = /^[A-Za-z][A-Za-z0-9-]{0,60}$/;
/** Headers that say how the request itself is carried. */
const NOT_OURS = /^(host|content-length|connection|transfer-encoding|upgrade|te|trailer|expect)$/i;
const JSON_PATH = /^[^.]{1,60}(\.[^.]{1,60}){0,9}$/;
const WEB = /^https?:\/\/[^\s{}/]+(\/\S*)?$/;
const NUMBER = /^[0-9*#+{}A-Za-z.]{1,60}$/;

type Read<T extends StepType> = (reader: FieldReader, faults: Fault[]) => StepOf<T>;

const asked = (reader: FieldReader) => ({
  prompt: readSpoken(reader, 'prompt'),
  invalidPrompt: readPrompt(reader, 'invalidPrompt'),
  timeoutMs: reader.number('timeoutMs', { least: 500, most: 60_000, otherwise: 5_000 }),
  repeats: reader.number('repeats', { least: 0, most: 10, otherwise: 2 }),
});
const seeking = (reader: FieldReader) => ({ next: reader.step('next'), after: reader.stepOrNull('after') });
const branches = (reader: FieldReader) => ({ next: reader.step('next'), otherwise: reader.step('otherwise') });
const ringMs = (reader: FieldReader) => reader.numberOrNull('ringMs', { least: 1_000, most: 300_000 });

const READERS: { readonly [T in StepType]: Read<T> } = {
  answer: (reader) => ({ type: 'answer', next: reader.step('next') }),
  play: (reader) => ({
    type: 'play',
    prompt: readSpoken(reader, 'prompt'),
    interruptible: reader.flag('interruptible', false),
    next: reader.step('next'),
  }),
  say: (reader) => ({ type: 'say', prompt: readSaid(reader), next: reader.step('next') }),
  menu: (reader) => ({
    type: 'menu',
    ...asked(reader),
    choices: readChoices(reader),
    noInput: reader.step('noInput'),
    invalid: reader.step('invalid'),
  }),
  collect: readCollect,
  time: (reader, faults) => ({
    type: 'time',
    zone: reader.textOrNull('zone', 60),
    hours: readHours(reader, 'hours', faults),
    calendar: reader.textOrNull('calendar', 60),
    ...branches(reader),
  }),
  caller: (reader) => {
    const is = reader.one('is', ['contact', 'inGroup', 'blacklisted', 'hasManager']);
    return { type: 'caller', is, groupId: is === 'inGroup' ? reader.id('groupId') : null, ...branches(reader) };
  },
  if: (reader) => ({
    type: 'if',
    variable: reader.text('variable', 60),
    comparison: reader.one('comparison', ['equals', 'differs', 'contains', 'startsWith', 'atLeast', 'atMost']),
    value: reader.textOrNull('value', MOST_TEXT) ?? '',
    ...branches(reader),
  }),
  queue: (reader) => ({
    type: 'queue',
    queueId: reader.id('queueId'),
    priority: reader.number('priority', { least: -1000, most: 1000, otherwise: 0 }),
    maxWaitMs: reader.numberOrNull('maxWaitMs', { least: 1_000, most: 86_400_000 }),
    keys: readKeys(reader, 'keys'),
    ...seeking(reader),
  }),
  agent: (reader) => ({ type: 'agent', agentId: reader.id('agentId'), ringMs: ringMs(reader), ...seeking(reader) }),
  number: (reader) => ({
    type: 'number',
    number: readNumber(reader),
    ringMs: ringMs(reader),
    ...seeking(reader),
  }),
  http: readHttp,
  set: (reader) => ({
    type: 'set',
    variable: reader.variable('variable'),
    value: reader.textOrNull('value', MOST_TEXT) ?? '',
    next: reader.step('next'),
  }),
  tag: (reader) => ({ type: 'tag', tag: reader.text('tag', 40), next: reader.step('next') }),
  voicemail: (reader, faults) => ({
    type: 'voicemail',
    greeting: readPrompt(reader, 'greeting'),
    maxMs: reader.number('maxMs', { least: 1_000, most: 300_000, otherwise: 120_000 }),
    to: readBox(new FieldReader(reader.at('to'), reader.raw('to'), faults)),
    next: reader.step('next'),
  }),
  callback: (reader) => ({
    type: 'callback',
    queueId: reader.id('queueId'),
    number: reader.raw('number') === undefined ? '{caller.number}' : readNumber(reader),
    priority: reader.one('priority', ['high', 'medium', 'low'], 'medium'),
    next: reader.step('next'),
    failed: reader.step('failed'),
  }),
  rate: (reader) => ({ type: 'rate', ...asked(reader), next: reader.step('next') }),
  scenario: (reader) => ({ type: 'scenario', scenarioId: reader.id('scenarioId') }),
  fallback: () => ({ type: 'fallback' }),
  hangUp: (reader) => ({ type: 'hangUp', reason: reader.one('reason', ['normal', 'busy', 'rejected'], 'normal') }),
};

const TYPES = Object.keys(READERS);

/** Null when its type is not known. */
export function readStep(path: string, written: unknown, faults: Fault[]): Step | null {
  const reader = new FieldReader(path, written, faults);
  if (!isObject(written)) return null;
  const type = reader.raw('type');
  if (typeof type !== 'string' || !isStepType(type)) {
    faults.push(error(`${path}.type`, 'unknownType', `One of ${TYPES.join(', ')}.`));
    return null;
  }
  const step: Step = READERS[type](reader, faults);
  reader.end();
  return step;
}

function isStepType(type: string): type is StepType {
  return Object.hasOwn(READERS, type);
}

/** Said without sounds of one's own: `{"number": …}`, `{"digits": …}`, `{"date": true}`, `{"time": true}`. */
function readSaid(reader: FieldReader): Extract<Step, { type: 'say' }>['prompt'] {
  const prompt = readSpoken(reader, 'say');
  const wrong = prompt.find(({ kind }) => kind === 'sound' || kind === 'message');
  if (wrong !== undefined) reader.fault('say', 'invalidValue', 'Sounds and messages are for the step play.');
  return prompt;
}

function readNumber(reader: FieldReader): string {
  return reader.formed('number', NUMBER, 'A number to dial, or variables in braces.');
}

function readChoices(reader: FieldReader): Readonly<Record<string, string>> {
  const choices = readKeys(reader, 'choices');
  if (Object.keys(choices).length === 0) reader.fault('choices', 'missingField', 'At least one key must be given.');
  return choices;
}

function readKeys(reader: FieldReader, field: string): Readonly<Record<string, string>> {
  const keys = reader.inside(field);
  return Object.fromEntries(
    keys.entries().map(([key]) => {
      if (!KEYS.test(key)) keys.fault(key, 'invalidValue', 'A key: a digit, * or #.');
      return [key, keys.step(key)] as const;
    }),
  );
}

function readCollect(reader: FieldReader): StepOf<'collect'> {
  const endKey = reader.textOrNull('endKey', 1) ?? '#';
  if (endKey !== '' && !KEYS.test(endKey)) reader.fault('endKey', 'invalidValue', 'A key, or "" for none.');
  const min = reader.number('min', { least: 1, most: 32, otherwise: 1 });
  return {
    type: 'collect',
    ...asked(reader),
    variable: reader.variable('variable'),
    min,
    max: reader.number('max', { least: min, most: 32 }),
    endKey: endKey === '' ? null : endKey,
    next: reader.step('next'),
    noInput: reader.step('noInput'),
    invalid: reader.step('invalid'),
  };
}

function readHttp(reader: FieldReader): StepOf<'http'> {
  const headers = reader.inside('headers');
  for (const [name] of headers.entries()) {
    if (!HEADER.test(name) || NOT_OURS.test(name)) headers.fault(name, 'invalidValue', 'This is no header to be set.');
  }
  const answer = reader.inside('answer');
  for (const [name] of answer.entries()) {
    if (!VARIABLE.test(name)) answer.fault(name, 'invalidValue', 'This is no name of a variable.');
  }
  return {
    type: 'http',
    method: reader.one('method', ['GET', 'POST', 'PUT'], 'GET'),
    url: readUrl(reader),
    headers: textsOf(headers, (name) => headers.text(name, MOST_TEXT)),
    body: reader.textOrNull('body', MOST_BODY),
    timeoutMs: reader.number('timeoutMs', { least: 200, most: 30_000, otherwise: 5_000 }),
    answer: textsOf(answer, (name) => answer.formed(name, JSON_PATH, 'Keys joined by dots: data.client.name.')),
    next: reader.step('next'),
    failed: reader.step('failed'),
  };
}

/** Variables may stand in the path and in the query, never in the host: a caller must not choose whom the service speaks to. */
function readUrl(reader: FieldReader): string {
  const url = reader.text('url', MOST_URL);
  if (url !== '' && !WEB.test(url))
    reader.fault(
      'url',
      'invalidValue',
      'An address that begins with http:// or https://; no variable before its path.',
    );
  return url;
}

function textsOf(reader: FieldReader, read: (name: string) => string): Readonly<Record<string, string>> {
  const entries = reader.entries();
  if (entries.length > MOST_FIELDS) reader.fault(null, 'tooMany', `At most ${MOST_FIELDS}.`);
  return Object.fromEntries(entries.slice(0, MOST_FIELDS).map(([name]) => [name, read(name)] as const));
}

function readBox(reader: FieldReader): VoicemailBox {
  const agentId = reader.idOrNull('agentId');
  const queueId = reader.idOrNull('queueId');
  if ((agentId === null) === (queueId === null))
    reader.fault(null, 'invalidValue', 'Either a queueId or an agentId must be given.');
  reader.end();
  return agentId === null ? { kind: 'queue', queueId: queueId ?? '' } : { kind: 'agent', agentId };
}
