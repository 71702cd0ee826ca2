/** What each feature code does, told to the phone with Asterisk's own sounds, in the agent's language. */
import type { AgentId, Call, SoundItem } from '../../core/call/state.js';
import { isRefusal } from '../../core/refusal.js';
import type { Viewer } from '../application.js';
import type { Outcome } from '../catalogue/execute.js';
import type { Asking, FeaturePorts } from './asking.js';
import type { Dialogue } from './dialogue.js';
import type { FeatureAsked } from './features.js';
import { callAgain, callLater } from './last-calls.js';
import { logIn } from './log-in.js';
import { hearMessages, recordMessage } from './messages.js';
import { parkHeld, retrieveParked } from './parking.js';
import { sound, spelled } from './sounds.js';

/** The dialogue, to its end: the phone is let go, or sent on to somebody. */
export async function leadThrough(
  ports: FeaturePorts,
  dialogue: Dialogue,
  feature: string,
  asked: FeatureAsked,
  call: Call,
): Promise<void> {
  if (feature === 'logIn') {
    await logIn(ports, dialogue, asked);
  } else {
    const viewer = viewerOf(ports, asked.agentId);
    if (viewer === null || ports.application.views.agent(viewer.agentId)?.loggedIn !== true) {
      await dialogue.tell([sound('agent-loggedoff')]);
    } else if (await forAgent({ ports, dialogue, viewer, call }, feature, asked)) return;
  }
  dialogue.go({ kind: 'nowhere', reason: 'normal' });
}

function viewerOf(ports: FeaturePorts, agentId: AgentId | null): Viewer | null {
  const account = agentId === null ? undefined : ports.routing().settings.agents.get(agentId);
  return account === undefined ? null : { agentId: account.id, role: account.role };
}

/** True when the phone was sent on to somebody. */
async function forAgent(asking: Asking, feature: string, { statusId, number }: FeatureAsked): Promise<boolean> {
  switch (feature) {
    case 'logOut':
      await done(asking, 'agent.logOut', {}, 'agent-loggedoff');
      return false;
    case 'setStatus':
      await done(asking, 'agent.setStatus', { statusId }, 'activated');
      return false;
    case 'endWrapUp':
      await done(asking, 'agent.endWrapUp', {}, 'activated');
      return false;
    case 'status':
      await sayStatus(asking);
      return false;
    case 'messages':
      await hearMessages(asking);
      return false;
    case 'recordMessage':
      await recordMessage(asking);
      return false;
    case 'lastRecording':
      await playLastRecording(asking);
      return false;
    case 'redial':
      return callAgain(asking, 'made');
    case 'returnCall':
      return callAgain(asking, 'received');
    case 'callback':
      await callLater(asking);
      return false;
    case 'pickUp':
      return pickUp(asking, number);
    case 'park':
      await parkHeld(asking);
      return false;
    case 'retrieve':
      return retrieveParked(asking, number);
    default:
      return false;
  }
}

/** Runs a command of the catalogue as the agent. */
function command({ ports, viewer }: Asking, name: string, input: object): Promise<Outcome> {
  return ports.execute(viewer, name, input);
}

async function done(asking: Asking, name: string, input: object, confirmation: string): Promise<void> {
  const outcome = await command(asking, name, input);
  await asking.dialogue.tell(outcome.ok ? [sound(confirmation)] : refused(outcome.error.code));
}

/** Only a few reasons have a sound of their own in every language. */
function refused(code: string): readonly SoundItem[] {
  const why = code === 'notLoggedIn' ? 'agent-loggedoff' : 'im-sorry';
  return [sound('beeperr'), sound(why)];
}

/** By the code that chooses it: the names are the centre's own, and no sound says them. */
async function sayStatus({ ports, dialogue, viewer }: Asking): Promise<void> {
  const agent = ports.application.views.agent(viewer.agentId);
  const { featureCodes } = ports.routing().settings.centre;
  const code = featureCodes.find(({ statusId }) => statusId !== null && statusId === agent?.status?.id)?.code;
  const digits = code?.replaceAll(/\D/g, '') ?? '';
  await dialogue.tell(
    digits === '' ? [sound('is-set-to'), sound('feature-not-avail-line')] : [sound('is-set-to'), spelled(digits)],
  );
}

async function playLastRecording({ ports, dialogue, viewer }: Asking): Promise<void> {
  const { application } = ports;
  const { agentsMayListen } = ports.routing().settings.centre;
  const until = application.now() + 1;
  const [last] =
    agentsMayListen || viewer.role !== 'agent'
      ? await application.recordings.list({ since: 0, until, agentId: viewer.agentId, limit: 1 })
      : [];
  const found = last === undefined ? null : await application.recordings.playable(viewer, last.id);
  if (found === null || isRefusal(found)) await dialogue.tell([sound('beeperr'), sound('im-sorry')]);
  else await dialogue.say([{ kind: 'recording', name: found.name }, sound('beep')], LONGEST_RECORDING_MS);
}

/** The phone's own leg goes over into the call. */
async function pickUp({ ports, dialogue, viewer, call }: Asking, number: string): Promise<boolean> {
  const target = number === '' ? null : { number };
  const taken = await ports.application.calls.pickUp(viewer.agentId, target, call.id);
  if (!isRefusal(taken)) return true;
  await dialogue.tell([sound('beeperr'), sound('im-sorry')]);
  return false;
}

const LONGEST_RECORDING_MS = 3_600_000;
