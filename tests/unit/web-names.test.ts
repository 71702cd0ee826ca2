/** Who there is in a centre, while statuses change all the time. */
import { expect, test } from '@jest/globals';
import { namesIn } from '../../web/src/parts/names.js';

const agents = (...rows: readonly (readonly [id: string, name: string, number: string])[]) =>
  new Map(rows.map(([id, name, number]) => [id, { id, name, number, at: Math.random() }]));

test('the list is the very same until somebody is named anew, has another number, comes or goes', () => {
  const first = namesIn(agents(['a', 'Anna', '101'], ['b', 'Boris', '102']));
  expect(first).toEqual([
    { id: 'a', name: 'Anna', number: '101' },
    { id: 'b', name: 'Boris', number: '102' },
  ]);
  expect(namesIn(agents(['b', 'Boris', '102'], ['a', 'Anna', '101']))).toBe(first);
  const renamed = namesIn(agents(['a', 'Anna B', '101'], ['b', 'Boris', '102']));
  expect(renamed).toMatchObject([{ name: 'Anna B' }, { name: 'Boris' }]);
  expect(namesIn(agents(['a', 'Anna B', '109'], ['b', 'Boris', '102']))).toMatchObject([{ number: '109' }, {}]);
  expect(namesIn(agents(['a', 'Anna B', '109'], ['c', 'Clara', '102']))).toMatchObject([{}, { id: 'c' }]);
  expect(namesIn(agents(['c', 'Clara', '102']))).toHaveLength(1);
});
