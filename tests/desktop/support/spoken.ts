/** What is recorded and played: voicemail and prepared messages. */
import { ariHttp } from '../../../lab/ari.js';
import type { Desk } from './desk.js';
import type { Workplace } from './workplace.js';

/** The prompt is over, and Asterisk writes what is said. */
export async function untilRecorded({ centre }: Desk, window: Workplace): Promise<void> {
  const said = () => centre.events('announcement.started').flatMap(({ items }) => items);
  const name = await centre.until('something is recorded', () =>
    said()
      .flatMap((item) => ('name' in item ? item.name : []))
      .find((each) => each.startsWith('ringmaster/')),
  );
  const live = `recordings/live/${encodeURIComponent(name)}`;
  await window.until('Asterisk writes', async () => (await ariHttp(centre.lab.pbx, 'GET', live)).status === 200);
}

/** Played in place; what is heard of it. */
export async function plays(window: Workplace, label: string, hz: number): Promise<void> {
  const player = window.page.getByRole('group', { name: label });
  await player.getByRole('button', { name: 'Play' }).click();
  await window.until(`${hz} Hz is heard`, async () => {
    // A short one may be over before it was listened to.
    const again = player.getByRole('button', { name: 'Play' });
    if ((await again.count()) > 0) await again.click();
    return (await window.player(400)).hears(hz);
  });
}

/** The window of prepared messages. */
export async function openMessages({ page }: Workplace): Promise<void> {
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Prepared messages' }).click();
}
