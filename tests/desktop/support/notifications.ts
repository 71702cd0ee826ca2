/** What a page shows outside its window while another one is in front. */
import type { Workplace } from './workplace.js';

interface Shown {
  readonly title: string;
  readonly body: string;
  readonly closed: boolean;
}

/** Runs in the page, so it may name nothing from outside: another window is in front, and what is shown outside this one is kept. */
export function looksElsewhere(): void {
  const kept: Notification[] = [];
  let permission: NotificationPermission = 'default';
  const Original = window.Notification;
  class Kept extends Original {
    closed = false;
    constructor(title: string, options?: NotificationOptions) {
      super(title, options);
      kept.push(this);
    }
    override close(): void {
      this.closed = true;
      super.close();
    }
    static override get permission(): NotificationPermission {
      return permission;
    }
    static override async requestPermission(): Promise<NotificationPermission> {
      permission = await Original.requestPermission();
      return permission;
    }
  }
  Object.defineProperty(window, 'Notification', { value: Kept });
  Object.defineProperty(window, 'notificationsForTests', { value: kept });
  Object.defineProperty(document, 'hasFocus', { value: () => false });
  Object.defineProperty(window, 'focus', { value: () => Object.assign(window, { broughtToFront: true }) });
}

export function notifications({ page }: Workplace): Promise<readonly Shown[]> {
  return page.evaluate(() =>
    Reflect.get(window, 'notificationsForTests').map(({ title, body, closed }: Shown) => ({ title, body, closed })),
  );
}
