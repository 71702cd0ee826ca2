/** Microphones that are not there: not allowed by the browser, or unplugged. */
import type { Workplace } from './workplace.js';

/** As beside the page's address. What the page has open ends where it may not any more. */
export async function mayUseMicrophone({ page }: Workplace, may: boolean): Promise<void> {
  const browser = page.context().browser();
  if (browser === null) throw new Error('the window has no browser of its own');
  const [own, whole] = await Promise.all([page.context().newCDPSession(page), browser.newBrowserCDPSession()]);
  const { targetInfo } = await own.send('Target.getTargetInfo');
  const { browserContextId } = targetInfo;
  const setting = may ? 'granted' : 'denied';
  await whole.send('Browser.setPermission', {
    ...{ permission: { name: 'microphone' }, setting },
    ...(browserContextId !== undefined && { browserContextId }),
  });
  await own.detach();
  // The other one stays: what it has set ends with it.
}

/** Runs in the page, so it may name nothing from outside: from now on a test can unplug what the page has opened. */
export function breakMicrophones(): void {
  const opened: MediaStreamTrack[] = [];
  const { mediaDevices } = navigator;
  const getUserMedia = mediaDevices.getUserMedia.bind(mediaDevices);
  let there = true;
  mediaDevices.getUserMedia = async (asked) => {
    if (!there) throw new DOMException('Requested device not found', 'NotFoundError');
    const stream = await getUserMedia(asked);
    opened.push(...stream.getAudioTracks());
    return stream;
  };
  const plug = (now: boolean) => {
    there = now;
    for (const track of there ? [] : opened.splice(0)) {
      const live = track.readyState === 'live';
      track.stop();
      if (live) track.dispatchEvent(new Event('ended'));
    }
    mediaDevices.dispatchEvent(new Event('devicechange'));
  };
  Object.defineProperty(window, 'plugForTests', { value: plug });
}

/** What is open ends, and there is no other. */
export function microphonesBreak({ page }: Workplace): Promise<void> {
  return page.evaluate(() => Reflect.get(window, 'plugForTests')(false));
}

/** One is plugged in again. */
export function microphonesWork({ page }: Workplace): Promise<void> {
  return page.evaluate(() => Reflect.get(window, 'plugForTests')(true));
}
