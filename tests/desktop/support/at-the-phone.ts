/** An agent whose only phone is the page. */
import { ariHttp } from '../../../lab/ari.js';
import type { Desk } from './desk.js';
import { logIn, statusButton } from './desktop.js';
import type { Workplace } from './workplace.js';

/** The agent is logged in, and the page is registered as the phone. `before` runs in the page before its own scripts. */
export async function atThePhone({ centre, open }: Desk, number: string, before?: () => void): Promise<Workplace> {
  const devices = [{ id: 'browser', address: `PJSIP/browser-${number}`, autoAnswer: false }];
  await centre.saveAgent(number, { devices });
  const window = await open();
  if (before !== undefined) await window.page.addInitScript(before);
  // What the agent has chosen in this browser before.
  await window.page.evaluate(() => localStorage.setItem('ringmaster.phone', JSON.stringify({ wanted: true })));
  await window.page.reload();
  await logIn(window, number);
  await statusButton(window).waitFor();
  const online = async () => {
    const { body } = await ariHttp(centre.lab.pbx, 'GET', `endpoints/PJSIP/browser-${number}`);
    return (body as { state?: string }).state === 'online';
  };
  await window.until('the page is registered', online);
  return window;
}
