/** What a scenario refers to outside of itself, with the place of each, and which of it is not there. */
import { fieldsOf } from '../template.js';
import { error, type Fault, type FaultCode, warning } from './fault.js';
import { BUILT_IN_VARIABLES, type Prompt, type Scenario, type Step } from './scenario.js';

/** What there is, at the moment of looking. */
export interface Surroundings {
  readonly queues: ReadonlySet<string>;
  readonly agents: ReadonlySet<string>;
  /** Those that are published. */
  readonly scenarios: ReadonlySet<string>;
  /** Prepared messages for all. */
  readonly messages: ReadonlySet<string>;
  /** Of contacts. */
  readonly groups: ReadonlySet<string>;
  /** The words of those that calls may be given. */
  readonly tags: ReadonlySet<string>;
  /** Null while the PBX cannot be asked. */
  readonly sounds: ReadonlySet<string> | null;
  readonly isZone: (name: string) => boolean;
}

type Kind = 'queue' | 'agent' | 'scenario' | 'sound' | 'message' | 'group' | 'tag' | 'zone' | 'calendar';

export interface Reference {
  readonly path: string;
  readonly kind: Kind;
  readonly id: string;
}

const CODES: Readonly<Record<Kind, FaultCode>> = {
  queue: 'unknownQueue',
  agent: 'unknownAgent',
  scenario: 'unknownScenario',
  sound: 'unknownSound',
  message: 'unknownMessage',
  group: 'unknownGroup',
  tag: 'unknownTag',
  zone: 'unknownZone',
  calendar: 'unknownCalendar',
};

export function referencesOf(scenario: Scenario): readonly Reference[] {
  const own: Reference[] = [{ path: 'zone', kind: 'zone', id: scenario.zone }];
  if (scenario.fallbackQueueId !== null)
    own.push({ path: 'fallbackQueueId', kind: 'queue', id: scenario.fallbackQueueId });
  const ofSteps = Object.entries(scenario.steps).flatMap(([id, step]) =>
    ofStep(step).map((reference) => ({ ...reference, path: `steps.${id}.${reference.path}` })),
  );
  return [...own, ...ofSteps];
}

function ofStep(step: Step): readonly Reference[] {
  const found: Reference[] = [];
  const add = (path: string, kind: Kind, id: string | null) => {
    if (id !== null && id !== '') found.push({ path, kind, id });
  };
  if ('prompt' in step) found.push(...ofPrompt(step.type === 'say' ? 'say' : 'prompt', step.prompt));
  if ('invalidPrompt' in step) found.push(...ofPrompt('invalidPrompt', step.invalidPrompt));
  switch (step.type) {
    case 'queue':
    case 'callback':
      add('queueId', 'queue', step.queueId);
      break;
    case 'agent':
      add('agentId', 'agent', step.agentId);
      break;
    case 'scenario':
      add('scenarioId', 'scenario', step.scenarioId);
      break;
    case 'caller':
      add('groupId', 'group', step.groupId);
      break;
    case 'tag':
      // What is put together from variables is known when it is given.
      if (fieldsOf(step.tag).length === 0) add('tag', 'tag', step.tag.trim());
      break;
    case 'time':
      add('zone', 'zone', step.zone);
      add('calendar', 'calendar', step.calendar);
      break;
    case 'voicemail':
      found.push(...ofPrompt('greeting', step.greeting));
      if (step.to.kind === 'queue') add('to.queueId', 'queue', step.to.queueId);
      else add('to.agentId', 'agent', step.to.agentId);
      break;
  }
  return found;
}

function ofPrompt(field: string, prompt: Prompt): readonly Reference[] {
  return prompt.flatMap((item, index): readonly Reference[] => {
    const path = `${field}.${index}`;
    if (item.kind === 'sound') return [{ path, kind: 'sound', id: item.name }];
    return item.kind === 'message' ? [{ path, kind: 'message', id: item.id }] : [];
  });
}

/** What it refers to is there; variables that nothing sets are a warning. */
export function referenceFaults(scenario: Scenario, surroundings: Surroundings): readonly Fault[] {
  const references = referencesOf(scenario);
  const isThere = presenceIn(scenario, surroundings);
  const faults = references
    .filter(({ kind, id }) => !isThere(kind, id))
    .map(({ path, kind, id }) => error(path, CODES[kind], `There is no ${kind} "${id}".`));
  if (surroundings.sounds === null && references.some(({ kind }) => kind === 'sound'))
    faults.push(warning('steps', 'soundsNotChecked', 'The PBX does not say now which sounds it has.'));
  return [...faults, ...variableFaults(scenario)];
}

function presenceIn(scenario: Scenario, surroundings: Surroundings): (kind: Kind, id: string) => boolean {
  const { queues, agents, scenarios, messages, groups, tags, sounds, isZone } = surroundings;
  return (kind, id) => {
    switch (kind) {
      case 'queue':
        return queues.has(id);
      case 'agent':
        return agents.has(id);
      case 'scenario':
        return scenarios.has(id);
      case 'message':
        return messages.has(id);
      case 'group':
        return groups.has(id);
      case 'tag':
        return tags.has(id);
      case 'sound':
        return sounds === null || sounds.has(id);
      case 'zone':
        return isZone(id);
      case 'calendar':
        return Object.hasOwn(scenario.calendars, id);
    }
  };
}

function variableFaults(scenario: Scenario): readonly Fault[] {
  const known = new Set<string>(BUILT_IN_VARIABLES);
  // Another scenario may have set what this one reads: then it is only a warning too.
  for (const step of Object.values(scenario.steps)) for (const name of setBy(step)) known.add(name);
  return Object.entries(scenario.steps).flatMap(([id, step]) =>
    readBy(step)
      .filter(({ name }) => !known.has(name))
      .map(({ field, name }) =>
        warning(`steps.${id}.${field}`, 'unknownVariable', `No step of this scenario sets {${name}}.`),
      ),
  );
}

function setBy(step: Step): readonly string[] {
  if (step.type === 'collect' || step.type === 'set') return [step.variable];
  return step.type === 'http' ? Object.keys(step.answer) : [];
}

function readBy(step: Step): readonly { readonly field: string; readonly name: string }[] {
  const of = (field: string, text: string | null) => fieldsOf(text ?? '').map((name) => ({ field, name }));
  const ofItems = (field: string, prompt: Prompt) =>
    prompt.flatMap((item, index) => ('value' in item ? of(`${field}.${index}`, item.value) : []));
  switch (step.type) {
    case 'if':
      return [{ field: 'variable', name: step.variable }, ...of('value', step.value)];
    case 'set':
      return of('value', step.value);
    case 'tag':
      return of('tag', step.tag);
    case 'number':
    case 'callback':
      return of('number', step.number);
    case 'http': {
      const headers = Object.entries(step.headers).flatMap(([name, value]) => of(`headers.${name}`, value));
      return [...of('url', step.url), ...headers, ...of('body', step.body)];
    }
    case 'play':
    case 'menu':
    case 'collect':
    case 'rate':
      return ofItems('prompt', step.prompt);
    case 'say':
      return ofItems('say', step.prompt);
    default:
      return [];
  }
}
