/** The agent's lines as the desktop shows them, and a connection that a test can cut. */
import type { Workplace } from './workplace.js';

/** The panel of the line with them, in this state where it is said. */
export function line({ page }: Workplace, name: string, state = '') {
  return page.getByRole('region', { name: new RegExp(`^${name}, ${state}`) });
}

/** What rings the own phone. */
export function incoming({ page }: Workplace, what: RegExp) {
  return page.getByRole('region', { name: what });
}

export function newCall({ page }: Workplace) {
  return page.getByRole('combobox', { name: 'New call' });
}

export async function press(window: Workplace, name: string, button: string | RegExp): Promise<void> {
  await line(window, name)
    .getByRole('button', { name: button, exact: typeof button === 'string' })
    .click();
}

/** Opens the dialog of a line's button and types into it. */
export async function ask(
  window: Workplace,
  name: string,
  button: 'Transfer' | 'Consult',
  typed: string,
): Promise<void> {
  await press(window, name, button);
  await field(window).fill(typed);
}

export function field({ page }: Workplace) {
  return page.getByRole('dialog').getByRole('combobox');
}

/** What is found; chosen by a click. */
export function choice({ page }: Workplace, name: RegExp) {
  return page.getByRole('option', { name });
}

export interface Cable {
  cut(): Promise<void>;
  mend(): void;
}

/** To be called before the agent logs in: the page's connection to the service, which can be cut and mended. */
export async function cable({ page }: Workplace): Promise<Cable> {
  const open = new Set<{ close(): Promise<void> }>();
  let isCut = false;
  await page.routeWebSocket(/\/socket\.io\//, (socket) => {
    if (isCut) return void socket.close();
    const server = socket.connectToServer();
    open.add(socket);
    server.onClose(() => open.delete(socket));
  });
  // A page takes the route up when it is loaded.
  await page.reload();
  return {
    async cut() {
      isCut = true;
      await Promise.all([...open].map((socket) => socket.close()));
      open.clear();
    },
    mend() {
      isCut = false;
    },
  };
}
