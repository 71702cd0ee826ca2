/** What is dialled on a phone: a feature code of the centre, or a number. */
import { describe, expect, test } from '@jest/globals';
import { DEFAULT_FEATURE_CODES, type FeatureCode, featureDialled } from '../../src/app/feature-codes/features.js';

const dialled = (number: string, codes: readonly FeatureCode[] = DEFAULT_FEATURE_CODES) =>
  featureDialled(codes, number);

describe('with the codes of a new centre', () => {
  test('each is what it says, and nothing like it is', () => {
    for (const { code, feature, statusId } of DEFAULT_FEATURE_CODES)
      expect(dialled(code)).toMatchObject({ feature, statusId, number: '' });
    expect(['*1', '*111', '11', '*99', '#', ''].map((number) => dialled(number))).toEqual(Array(6).fill(null));
  });

  test('a number behind the code is for those that take one: picking up and retrieving', () => {
    expect(dialled('*5102')).toMatchObject({ feature: 'pickUp', number: '102' });
    expect(dialled('*7701')).toMatchObject({ feature: 'retrieve', number: '701' });
    expect([dialled('*11102'), dialled('*5*1'), dialled('*51234567890123')]).toEqual([null, null, null]);
  });
});

test('the centre’s own codes take the place of all others', () => {
  const lunch: FeatureCode = { code: '#55', feature: 'setStatus', statusId: 'lunch' };
  const home: FeatureCode = { code: '*99', feature: 'logOut', statusId: null };
  expect(dialled('#55', [lunch, home])).toMatchObject({ feature: 'setStatus', statusId: 'lunch' });
  expect(dialled('*99', [lunch, home])).toMatchObject({ feature: 'logOut' });
  expect([dialled('*12', [lunch, home]), dialled('*21', [lunch, home])]).toEqual([null, null]);
});

test('a code that is the beginning of another is not taken for it', () => {
  const codes: readonly FeatureCode[] = [
    { code: '*5', feature: 'pickUp', statusId: null },
    { code: '*51', feature: 'status', statusId: null },
  ];
  expect(dialled('*51', codes)).toMatchObject({ feature: 'status' });
  expect(dialled('*512', codes)).toMatchObject({ feature: 'pickUp', number: '12' });
});
