/** Waits for the connection to the service. */
import { useLink } from './link.js';

export function untilLive(): Promise<void> {
  return new Promise((resolve) => {
    if (useLink.getState().state === 'live') {
      resolve();
      return;
    }
    const stop = useLink.subscribe(({ state }) => {
      if (state !== 'live') return;
      stop();
      resolve();
    });
  });
}
