/** A page that stays open while the service is upgraded: which build it is, and when it may load itself again. */
import { describe, expect, test } from '@jest/globals';
import { entryOf, mayRenewItself } from '../../web/src/version/build.js';

describe('the build of a page', () => {
  test('is the script that it begins with', () => {
    const page = `<!doctype html><script type="module" crossorigin src="./assets/index-Ab1.js"></script>
      <link rel="modulepreload" crossorigin href="./assets/react-x.js">`;
    expect(entryOf(page)).toBe('./assets/index-Ab1.js');
    expect(entryOf('<script src="./old.js"></script><script type="module" src="./src/main.tsx"></script>')).toBe(
      './src/main.tsx',
    );
  });

  test('is not known of a page that is something else', () => {
    expect(entryOf('<!doctype html><title>Bad gateway</title>')).toBeNull();
  });
});

describe('a page loads itself again', () => {
  const now = 1_800_000_000_000;
  const free = { build: 'next.js', last: null, now, inUse: false };

  test('once for each build', () => {
    expect(mayRenewItself(free)).toBe(true);
    expect(mayRenewItself({ ...free, last: { build: 'next.js', at: now - 86_400_000 } })).toBe(false);
    expect(mayRenewItself({ ...free, last: { build: 'before.js', at: now - 86_400_000 } })).toBe(true);
  });

  test('not while it is in use, nor to and fro between two builds', () => {
    expect(mayRenewItself({ ...free, inUse: true })).toBe(false);
    expect(mayRenewItself({ ...free, last: { build: 'before.js', at: now - 60_000 } })).toBe(false);
  });
});
