/** The live page: logs in to look on, then shows queues, calls and agents as the server tells of them over Socket.IO. */
import { createPicture } from './picture.js';
import { agentRow, callRow, queueCard, summary, tick } from './rows.js';
import { language, speak, word } from './words.js';

const TOKEN = 'ringmaster.token';
const byId = (id) => document.getElementById(id);
const picture = createPicture();
const statuses = new Map();
let socket = null;
let drawing = false;

/** At most one drawing for each frame, however many changes come. */
function draw() {
  if (drawing) return;
  drawing = true;
  requestAnimationFrame(() => {
    drawing = false;
    drawNow();
  });
}

function drawNow() {
  const { agents, queues, calls } = picture;
  byId('summary').replaceChildren(...summary(agents, queues, calls));
  const named = (one, other) => one.name.localeCompare(other.name, language());
  list('queues', [...queues.values()].sort(named), queueCard);
  const order = { queued: 1, preparing: 2, connecting: 2, talking: 3 };
  const older = (one, other) => (order[one.phase] ?? 9) - (order[other.phase] ?? 9) || one.startedAt - other.startedAt;
  list('calls', [...calls.values()].sort(older), (call) => callRow(call, agents, queues));
  const all = [...agents.values()];
  const present = (one, other) => Number(other.loggedIn) - Number(one.loggedIn) || named(one, other);
  const shown = byId('everyone').checked ? all : all.filter((agent) => agent.loggedIn);
  list('agents', shown.sort(present), (agent) => agentRow(agent, statuses, calls));
  tick(picture.now());
}

const drawn = { queues: new Map(), calls: new Map(), agents: new Map() };

/** Only what changed is made anew: thousands of agents stand still while one of them moves. */
function list(name, views, make) {
  const before = drawn[name];
  const after = new Map();
  for (const view of views) {
    const known = before.get(view.id);
    after.set(view.id, known?.view === view ? known : { view, element: make(view) });
  }
  drawn[name] = after;
  const parent = byId(name);
  let place = parent.firstElementChild;
  for (const { element } of after.values()) {
    if (element === place) place = place.nextElementSibling;
    else parent.insertBefore(element, place);
  }
  while (place !== null) {
    const next = place.nextElementSibling;
    place.remove();
    place = next;
  }
  byId(`${name}-count`).textContent = String(views.length);
  byId(`${name}-empty`).hidden = views.length > 0;
}

/** Rows keep their words until they are made again: after a change of language or of names, all are. */
function drawAfresh() {
  for (const name of Object.keys(drawn)) drawn[name] = new Map();
  draw();
}

function show(loggedIn, message = '') {
  byId('login').hidden = loggedIn;
  byId('live').hidden = !loggedIn;
  byId('leave').hidden = !loggedIn;
  byId('connection').hidden = !loggedIn;
  byId('login-error').textContent = message;
  if (!loggedIn) byId('name').focus();
}

/** The server cannot hear the PBX: what it tells may be old, though the connection to it stands. */
let stale = false;

function showConnection(connected) {
  byId('connection').textContent = connected ? word('connected') : '';
  byId('connection').classList.toggle('lost', !connected);
  document.body.classList.toggle('stale', !connected || stale);
  byId('banner').hidden = connected && !stale;
  byId('banner').textContent = connected ? (stale ? word('stale') : '') : word('lost');
}

function showStale(now) {
  stale = now;
  showConnection(socket === null || socket.connected);
}

function forget(message) {
  sessionStorage.removeItem(TOKEN);
  socket?.disconnect();
  socket = null;
  stale = false;
  picture.clear();
  drawAfresh();
  showConnection(true);
  show(false, message);
}

function follow(token) {
  socket = globalThis.io({ auth: { token } });
  socket.on('connect', () => {
    showConnection(true);
    socket.emit('command', { name: 'configuration.statuses.list', input: {} }, (answer) => {
      if (!answer.ok) return;
      for (const status of answer.result) statuses.set(status.id, status.name);
      drawAfresh();
    });
  });
  socket.on('stale', () => showStale(true));
  socket.on('fresh', () => showStale(false));
  socket.on('snapshot', (message) => {
    picture.take(message);
    showStale(message.staleSince !== null);
    drawAfresh();
  });
  socket.on('change', (message) => {
    if (!picture.apply(message)) askSnapshot();
    draw();
  });
  // A connection the server ends means that the login has ended; all others are tried again.
  socket.on('disconnect', (reason) => {
    if (reason === 'io server disconnect') forget(word('ended'));
    else if (reason !== 'io client disconnect') showConnection(false);
  });
  socket.on('connect_error', (error) => {
    if (error.data?.error?.code === 'unauthenticated') forget(word('ended'));
    else showConnection(false);
  });
  show(true);
}

let asking = false;
function askSnapshot() {
  if (asking) return;
  asking = true;
  socket.timeout(5000).emit('snapshot.get', (late, answer) => {
    asking = false;
    if (late === null && answer.ok) picture.take(answer.result);
    // Refused or lost: connecting again brings a snapshot too.
    else socket?.disconnect().connect();
    drawAfresh();
  });
}

async function post(path, body, token) {
  const headers = { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) };
  const response = await fetch(`../api/v1${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  return { ok: response.ok, answer: await response.json() };
}

byId('login').addEventListener('submit', async (event) => {
  event.preventDefault();
  const form = event.currentTarget;
  const button = form.querySelector('button');
  button.disabled = true;
  byId('login-error').textContent = '';
  try {
    const { login, password } = Object.fromEntries(new FormData(form));
    const { ok, answer } = await post('/login', { login, password, session: false });
    if (ok) {
      sessionStorage.setItem(TOKEN, answer.token);
      form.reset();
      follow(answer.token);
      byId('main').focus();
    } else {
      const { code, message } = answer.error;
      byId('login-error').textContent = word(code) === code ? message : word(code);
      byId('password').select();
    }
  } catch {
    byId('login-error').textContent = word('unreachable');
  } finally {
    button.disabled = false;
  }
});

byId('leave').addEventListener('click', () => {
  const token = sessionStorage.getItem(TOKEN);
  forget('');
  // The token ends here in any case; if the server cannot be told, it ends by itself.
  post('/logout', { session: false }, token).catch(() => undefined);
});

byId('everyone').addEventListener('change', draw);
for (const button of document.querySelectorAll('[data-language]')) {
  button.addEventListener('click', () => {
    speak(button.dataset.language);
    showConnection(socket === null || socket.connected);
    drawAfresh();
  });
}

speak(language());
setInterval(() => tick(picture.now()), 1000);
const kept = sessionStorage.getItem(TOKEN);
if (kept === null) show(false);
else follow(kept);
