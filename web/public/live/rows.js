/** How a queue, an agent and a call look. Everything from the server goes in as text, never as markup. */
import { language, word } from './words.js';

function element(name, className, ...children) {
  const made = document.createElement(name);
  if (className !== '') made.className = className;
  made.append(...children);
  return made;
}

/** `1:05`, `1:02:05` */
export function duration(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (value) => String(value).padStart(2, '0');
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** A time that `tick` keeps current. */
function since(instant) {
  const time = element('time', '');
  if (instant === null) time.textContent = word('none');
  else time.dataset.since = String(instant);
  return time;
}

/** Brings every running time up to date. */
export function tick(now) {
  for (const time of document.querySelectorAll('time[data-since]')) {
    const text = duration(now - Number(time.dataset.since));
    if (time.textContent !== text) time.textContent = text;
  }
}

function facts(className, pairs) {
  const grouped = className === 'figures';
  const items = pairs.map(([name, value]) => [element('dt', '', word(name)), element('dd', '', value)]);
  return element('dl', className, ...(grouped ? items.map((item) => element('div', '', ...item)) : items.flat()));
}

export function summary(agents, queues, calls) {
  const list = [...queues.values()];
  const waiting = list.reduce((sum, queue) => sum + queue.waiting, 0);
  const longest = list.map((queue) => queue.longestWaitSince).filter((each) => each !== null);
  const people = [...agents.values()].filter((agent) => agent.loggedIn);
  const figure = (name, value, tone = '') =>
    element('div', tone, element('dt', '', word(name)), element('dd', '', value));
  const count = (test) => String(people.filter(test).length);
  return [
    figure('waiting', String(waiting), waiting > 0 ? 'warn' : ''),
    figure('longest', since(longest.length === 0 ? null : Math.min(...longest))),
    figure('talking', String([...calls.values()].filter((call) => call.phase === 'talking').length)),
    figure(
      'receiving',
      count((agent) => agent.status?.receiving && agent.activity === 'idle'),
      'good',
    ),
    figure('loggedIn', String(people.length)),
  ];
}

export function queueCard(queue) {
  const { today } = queue;
  const tone = queue.waiting === 0 ? 'good' : queue.agentsReceiving === 0 ? 'bad' : 'warn';
  const level = today.serviceLevel === null ? null : Math.round(today.serviceLevel * 100);
  const card = element(
    'li',
    tone,
    element('h3', '', queue.name),
    facts('figures', [
      ['waiting', String(queue.waiting)],
      ['longest', since(queue.longestWaitSince)],
    ]),
    facts('facts', [
      ['estimated', queue.estimatedWaitMs === null ? word('none') : `≈ ${duration(queue.estimatedWaitMs)}`],
      ['team', `${queue.agentsReceiving} / ${queue.agentsTalking} / ${queue.agentsLoggedIn}`],
      ['today', `${today.answered} / ${today.abandoned}`],
      ['average', today.averageWaitMs === null ? word('none') : duration(today.averageWaitMs)],
      ['level', level === null ? word('none') : `${level} %`],
    ]),
  );
  if (level !== null) card.append(levelBar(level));
  return card;
}

function levelBar(level) {
  const bar = element('meter', '');
  Object.assign(bar, { min: 0, max: 100, low: 60, high: 80, optimum: 100, value: level });
  bar.setAttribute('aria-label', word('level'));
  return bar;
}

function agentTone(agent) {
  if (!agent.loggedIn) return 'none';
  if (agent.activity === 'talking') return 'busy';
  if (agent.activity === 'ringing') return 'warn ringing';
  if (agent.status?.blocking) return 'bad';
  return agent.status?.receiving ? 'good' : 'none';
}

/** The time beside "Talking" is the conversation's, not the status's. */
function talkingSince(agent, calls) {
  if (agent.activity !== 'talking') return null;
  return agent.callIds.map((id) => calls.get(id)?.connectedAt ?? null).find((each) => each !== null) ?? null;
}

/** The status and, while there is one, the call: both matter to a supervisor. */
export function agentRow(agent, statuses, calls) {
  const { status } = agent;
  const name = status === null ? word('loggedOut') : (statuses.get(status.id)?.[language()] ?? status.id);
  const doing = agent.activity === 'idle' ? name : word(`activity.${agent.activity}`);
  const about = [agent.number, ...(agent.activity === 'idle' ? [] : [name])];
  if (status?.blocking && status.setBy === 'supervisor') about.push(word('blocking'));
  return element(
    'li',
    agentTone(agent),
    element('span', 'dot'),
    element('span', 'who', agent.name),
    element('span', 'state', agent.loggedIn ? doing : word('loggedOut')),
    element('span', 'what', about.join(' · ')),
    agent.loggedIn ? since(talkingSince(agent, calls) ?? status?.since ?? agent.sessionSince) : element('span', ''),
  );
}

const CALL_TONE = {
  queued: 'warn',
  preparing: 'warn ringing',
  connecting: 'warn ringing',
  talking: 'good',
  ended: 'none',
};

function partyText({ name, number }) {
  if (name !== '' && number !== '' && name !== number) return `${name} (${number})`;
  return name || number || word('unknownNumber');
}

export function callRow(call, agents, queues) {
  const people = [...new Set(call.legs.map((leg) => leg.agentId).filter((id) => id !== null))];
  const about = [word(`direction.${call.direction}`)];
  if (call.queueId !== null) about.push(queues.get(call.queueId)?.name ?? call.queueId);
  if (call.position !== null) about.push(word('place', String(call.position)));
  if (people.length > 0) about.push(people.map((id) => agents.get(id)?.name ?? id).join(', '));
  return element(
    'li',
    CALL_TONE[call.phase] ?? 'none',
    element('span', 'dot'),
    element('span', 'who', `${partyText(call.from)} → ${call.dialled}`),
    element('span', 'state', word(`phase.${call.phase}`)),
    element('span', 'what', about.join(' · ')),
    since(call.connectedAt ?? call.startedAt),
  );
}
