/** What an agent sees less often: nothing at all, too much, several lines, a trainer, parked calls, what was refused. */
import { DID, type TestCentre } from '../../support/centre.js';
import { nextClockChange } from './clock-change.js';
import { LONG_CALLER, MAILBOX_NUMBER } from './crowd.js';
import { PASSWORD } from './desk.js';
import { asAgent, CLIENT } from './furnished.js';
import type { Viewer } from './viewer.js';

const WAITING = 20;

export async function rareScreens(viewer: Viewer, centre: TestCentre): Promise<void> {
  const leaves = await centre.lab.bank.trunk.call(MAILBOX_NUMBER, LONG_CALLER);
  await leaves.untilAnswered();
  await leaves.playTone(650);
  await logIn(viewer, '105');
  await nothingThere(viewer);
  await logOut(viewer);
  await logIn(viewer, '101');
  await leaves.untilEnded(20_000);
  await lists(viewer);
  await forms(viewer);
  await removals(viewer, centre);
  await fullLine(viewer, centre);
  await severalLines(viewer, centre);
  await centre.lab.bank.trunk.hangupAll();
  await centre.lab.bank.reset();
  await centre.untilClean();
  await parkedAndTrained(viewer, centre);
  await notices(viewer);
}

async function logIn({ window, words: { session } }: Viewer, number: string): Promise<void> {
  const { page } = window;
  await page.getByLabel(session.login).fill(`agent${number}`);
  await page.getByRole('textbox', { name: session.password }).fill(PASSWORD);
  await page.getByRole('button', { name: session.logIn }).click();
  await page.getByRole('tab').first().waitFor();
}

async function settings({ window, words: { common } }: Viewer, item: string): Promise<void> {
  await window.page.getByRole('button', { name: common.settings, exact: true }).click();
  await window.page.getByRole('menuitem', { name: item }).click();
}

async function logOut(viewer: Viewer): Promise<void> {
  await settings(viewer, viewer.words.session.logOut);
  await viewer.window.page.getByLabel(viewer.words.session.login).waitFor();
}

async function closed({ window: { page } }: Viewer): Promise<void> {
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

/** Somebody who is in no queue and begins today. */
async function nothingThere(viewer: Viewer): Promise<void> {
  const { page } = viewer.window;
  await viewer.tab('contacts');
  await page.getByRole('searchbox').fill('щщщщ');
  await page.getByText('щщщщ').waitFor();
  await viewer.screen('contacts-not-found');
  await viewer.tab('callbacks');
  await viewer.screen('callbacks-empty');
  await viewer.tab('queues');
  await viewer.screen('queues-empty');
  await viewer.tab('history');
  await viewer.screen('history-empty');
  await deniedMicrophone(viewer);
}

async function deniedMicrophone(viewer: Viewer): Promise<void> {
  const { window, words } = viewer;
  const { page } = window;
  // The browser of the tests asks nobody: it answers as one that does not allow it.
  await page.evaluate(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotAllowedError'));
  });
  await page.locator('header button[aria-haspopup="dialog"]').click();
  await page.getByRole('button', { name: words.phone.allow }).click();
  await page.getByText(words.phone.noMicrophone.denied).waitFor();
  await page.getByRole('switch', { name: words.phone.use }).check();
  await page.getByText(words.phone.failure.noDevice).waitFor();
  await viewer.screen('phone-denied');
  await page.getByRole('switch', { name: words.phone.use }).uncheck();
  await closed(viewer);
}

async function lists(viewer: Viewer): Promise<void> {
  const { window, words } = viewer;
  const { page } = window;
  await settings(viewer, words.common.messages);
  await page.getByRole('dialog').getByRole('listitem').nth(2).waitFor();
  await viewer.screen('messages');
  await page.getByRole('dialog').getByRole('button', { name: words.messages.listen }).first().click();
  await page.getByRole('dialog').getByRole('button', { name: words.messages.record, exact: true }).click();
  await page.getByText(words.messages.nameMissing).waitFor();
  await viewer.screen('messages-opened');
  await closed(viewer);
  await viewer.tab('history');
  await page.getByText(words.history.voicemail, { exact: true }).click();
  await page.getByText(words.history.isNew, { exact: true }).first().waitFor({ timeout: 40_000 });
  await viewer.screen('voicemail-there');
}

/** A callback that cannot be. */
async function forms(viewer: Viewer): Promise<void> {
  const { window, words } = viewer;
  const { page } = window;
  await viewer.tab('callbacks');
  await page.getByRole('button', { name: words.callbacks.newOne, exact: true }).first().click();
  const form = page.getByRole('dialog');
  const field = (name: string) => form.getByRole('textbox', { name });
  await field(words.callbacks.date).fill('1.2.2020');
  await field(words.callbacks.number).fill('позже');
  await form.getByRole('button', { name: words.callbacks.schedule }).click();
  await viewer.screen('callback-errors');
  const { zone, date } = nextClockChange('skipped');
  await form.getByRole('combobox', { name: words.callbacks.zone }).fill(zone);
  await page.getByRole('option', { name: new RegExp(zone) }).click();
  await field(words.callbacks.number).fill('79161234567');
  await field(words.callbacks.date).fill(date);
  await field(words.callbacks.time).fill('02:30');
  await form.getByText(/03:30$/).waitFor();
  await viewer.screen('callback-no-such-hour');
  await closed(viewer);
}

/** One contact is removed in the page, the others beside it; all come back. */
async function removals(viewer: Viewer, centre: TestCentre): Promise<void> {
  const { window, words } = viewer;
  const { page } = window;
  await viewer.tab('contacts');
  await page.locator('[data-row]').first().click();
  await page.getByRole('button', { name: new RegExp(`^${words.common.remove}: `) }).click();
  await page.getByRole('button', { name: words.common.undo }).waitFor();
  await viewer.screen('undo-notice');
  await asAgent(centre, '101', async (run) => {
    const { contacts } = (await run('contacts.search', { text: '', limit: 50 })) as {
      contacts: readonly { id: string }[];
    };
    for (const { id } of contacts) await run('contacts.remove', { contactId: id });
    await viewer.tab('history');
    await viewer.tab('contacts');
    await page.getByText(words.contacts.none, { exact: true }).waitFor();
    await viewer.screen('contacts-empty');
    await page.getByRole('button', { name: words.contacts.recentlyRemoved }).click();
    await page.getByRole('listitem').nth(3).waitFor();
    await viewer.screen('contacts-removed');
    await page.getByRole('button', { name: words.common.close }).click();
    const removed = (await run('contacts.removed', { limit: 50 })) as readonly { id: string }[];
    for (const { id } of removed) await run('contacts.restore', { contactId: id });
  });
}

/** More callers wait than fit on the screen. */
async function fullLine(viewer: Viewer, centre: TestCentre): Promise<void> {
  const { window, words } = viewer;
  const { page } = window;
  const { trunk } = centre.lab.bank;
  await centre.accepted(centre.centre.agents.setStatus('a101', 'notReady'));
  await trunk.call(DID, LONG_CALLER);
  await centre.until('one waits', () => centre.queueView()?.waiting === 1);
  const others = await Promise.all(
    Array.from({ length: WAITING - 1 }, (_, index) => trunk.call(DID, { from: `+7916000${1000 + index}` })),
  );
  await centre.until('all wait', () => centre.queueView()?.waiting === WAITING);
  await viewer.tab('queues');
  await viewer.screen('queues-full');
  await page.getByRole('region', { name: words.queues.callers }).getByRole('listitem').last().scrollIntoViewIfNeeded();
  await viewer.screen('queues-waiting');
  await Promise.all(others.map((each) => each.hangup()));
  await centre.until('one waits', () => centre.queueView()?.waiting === 1);
}

/** A customer, whom somebody is asked about, and a call of one's own. */
async function severalLines(viewer: Viewer, centre: TestCentre): Promise<void> {
  const { window, words, look } = viewer;
  const { page } = window;
  const { calls } = centre.centre;
  const wide = look.width > 900;
  await centre.accepted(centre.centre.agents.setStatus('a101', 'ready'));
  const offered = await centre.rung('101', 'the queue rings');
  await page.getByRole('region', { name: LONG_CALLER.name }).waitFor();
  // Over the queues in a narrow window.
  await viewer.screen('incoming-elsewhere');
  await offered.answer();
  const { id } = await centre.until('they talk', () => centre.calls().find(({ phase }) => phase === 'talking'));
  if (!wide) await page.getByRole('button', { name: words.calls.bar.back }).waitFor();
  await viewer.screen('call-bar');
  if (!wide) await page.locator('.call-bar').click();
  const first = page.getByRole('region', { name: `${LONG_CALLER.name}, ` });
  await first.getByText(words.calls.state.active, { exact: true }).waitFor();
  await first.getByRole('button', { name: words.calls.do.more }).click();
  await page.getByRole('menuitem', { name: words.calls.do.contactGroup }).press('ArrowRight');
  await page.getByRole('menuitem', { name: 'VIP' }).waitFor();
  await viewer.screen('more-groups');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await page.getByRole('menuitem').first().waitFor({ state: 'detached' });
  await targets(viewer, first);
  await centre.accepted(calls.consult('a101', id, { number: '102' }));
  await (await centre.rung('102', 'a colleague is asked')).answer();
  await centre.until('102 is asked', () => centre.activity('102') === 'talking');
  await centre.accepted(calls.dial('a101', { number: '103' }));
  await (await centre.rung('101', 'the own phone, for the third line')).answer();
  await (await centre.rung('103', 'the third line')).answer();
  await centre.until('103 is on the line', () => centre.activity('103') === 'talking');
  await viewer.screen('three-lines');
  const last = page.locator('.line').last();
  await last.scrollIntoViewIfNeeded();
  await last.getByRole('button', { name: words.calls.do.more }).click();
  await page.getByRole('menuitem').first().waitFor();
  await viewer.screen('more-three-lines');
  await page.keyboard.press('Escape');
}

async function targets(viewer: Viewer, line: ReturnType<Viewer['window']['page']['locator']>): Promise<void> {
  const { window, words } = viewer;
  const { page } = window;
  await line.getByRole('button', { name: words.calls.do.transfer }).click();
  const field = page.getByRole('dialog').getByRole('combobox');
  await field.fill('10');
  await page.getByRole('dialog').getByRole('option').nth(2).waitFor();
  await viewer.screen('transfer-found');
  await field.fill('щщщщ');
  await page.getByRole('dialog').getByText(words.common.nothingFound).waitFor();
  await viewer.screen('transfer-nothing');
  await closed(viewer);
}

/** One call is parked, and rings again; a trainer comes, and one is a trainer. */
async function parkedAndTrained(viewer: Viewer, centre: TestCentre): Promise<void> {
  const { window, words } = viewer;
  const { page } = window;
  const { calls, agents } = centre.centre;
  const { trunk } = centre.lab.bank;
  await centre.accepted(agents.setStatus('a101', 'ready'));
  await trunk.call(DID, CLIENT);
  await (await centre.rung('101', 'the queue rings')).answer();
  const { id } = await centre.until('they talk', () => centre.calls().find(({ phase }) => phase === 'talking'));
  await centre.accepted(calls.coach('a101', id, null));
  await (await centre.rung('104', 'the trainer')).answer();
  await page.getByText(words.calls.trainerThere.whisper).waitFor();
  await viewer.screen('trainer-there');
  await centre.accepted(agents.setStatus('a101', 'notReady'));
  await centre.accepted(calls.park('a101', id, null));
  await page.getByText(words.calls.noCalls, { exact: true }).waitFor();
  await viewer.screen('parked');
  await viewer.tab('queues');
  await viewer.screen('queues-parked');
  if (viewer.look.width < 900) await viewer.tab('calls');
  await page.locator('.parked').getByRole('button', { name: words.calls.do.retrieve }).click();
  const again = await centre.rung('101', 'the parked call');
  await page.getByText(words.calls.incoming.retrieve, { exact: true }).waitFor();
  await viewer.screen('retrieving');
  await again.answer();
  await centre.until('they talk again', () => centre.activity('101') === 'talking');
  await trunk.hangupAll();
  await centre.untilClean();
  await trains(viewer, centre);
}

async function trains(viewer: Viewer, centre: TestCentre): Promise<void> {
  const { window, words } = viewer;
  await centre.ready('102');
  await centre.lab.bank.trunk.call(DID, CLIENT);
  await (await centre.rung('102', 'the queue rings')).answer();
  const { id } = await centre.until('102 talks', () => centre.calls().find(({ phase }) => phase === 'talking'));
  await centre.accepted(centre.centre.calls.listen('a101', id, 'a102', 'listen'));
  await (await centre.rung('101', 'the own phone, to listen')).answer();
  await window.page.getByRole('radiogroup', { name: words.calls.modeOf }).waitFor();
  await viewer.screen('training');
}

/** What cannot be dialled, and a page that is older than the service. */
async function notices(viewer: Viewer): Promise<void> {
  const { window, words } = viewer;
  const { page } = window;
  window.tolerate(/dynamically imported module/);
  await page.route(/assets\/history-tab/, (route) => route.fulfill({ status: 404 }));
  await page.reload();
  await viewer.tab('history');
  await page.getByText(words.common.partMissing).first().waitFor();
  if (viewer.look.width < 900) await viewer.tab('calls');
  const field = page.getByRole('combobox', { name: words.calls.newCall });
  await field.fill('+99');
  await field.press('Enter');
  await page.locator('[aria-live=assertive] .mantine-Paper-root').first().waitFor();
  await viewer.screen('notices');
}
