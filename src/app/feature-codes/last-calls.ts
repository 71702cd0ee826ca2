/** The agent's last calls: made again, called back at once, or called back later. */
import { isRefusal } from '../../core/refusal.js';
import { routeDialled } from '../routing.js';
import type { Asking } from './asking.js';
import { counted, sound } from './sounds.js';

/** Calls looked at for the one that is called again; feature codes are calls, too. */
const LOOKED_AT = 50;
const OUTSIDE_OR_INSIDE = /^\+?\d+$/;

export async function callAgain(asking: Asking, which: 'made' | 'received'): Promise<boolean> {
  const { ports, dialogue, viewer, call } = asking;
  const state = ports.routing();
  const account = state.settings.agents.get(viewer.agentId);
  const number = await lastNumber(asking, which);
  const onward = number === null || account === undefined ? null : routeDialled(state, call.id, account, number);
  if (onward === null || isRefusal(onward)) {
    await dialogue.tell([sound('beeperr'), sound('im-sorry')]);
    return false;
  }
  dialogue.go(onward);
  return true;
}

async function lastNumber({ ports, viewer }: Asking, which: 'made' | 'received'): Promise<string | null> {
  const { application } = ports;
  const { agentId } = viewer;
  const own = ports.routing().settings.agents.get(agentId)?.number;
  const calls = await application.history.calls({ agentId, since: 0, until: application.now() + 1, limit: LOOKED_AT });
  for (const { fromNumber, dialled } of calls) {
    const number = which === 'made' ? dialled : fromNumber;
    if ((fromNumber === own) === (which === 'made') && OUTSIDE_OR_INSIDE.test(number)) return number;
  }
  return null;
}

/** A day and a night are 1440 minutes. */
const MOST_DIGITS = 4;

/** Whoever called last is to be called back, by this agent, in so many minutes: they are keyed in after the tone, with #. */
export async function callLater(asking: Asking): Promise<void> {
  const { ports, dialogue, viewer } = asking;
  const number = await lastNumber(asking, 'received');
  const minutes = number === null ? 0 : Number(await dialogue.ask({ items: [sound('beep')], most: MOST_DIGITS }));
  const agreed = minutes > 0 ? await ports.execute(viewer, 'callback.schedule', { number, inMinutes: minutes }) : null;
  await dialogue.tell(
    agreed?.ok === true
      ? [counted(minutes), sound('minutes'), sound('activated')]
      : [sound('beeperr'), sound('im-sorry')],
  );
}
