/**
 * fast-check, with the seed of the whole run, which jest shows at the end: `jest --seed=N` plays the same properties again, also those
 * that were over time before they could tell theirs. A property that fails tells the path to its counterexample besides.
 */
import { jest } from '@jest/globals';
import fc from 'fast-check';

fc.configureGlobal({ seed: jest.getSeed() });

/** For a property that waits: its cases are many, and are all tried also where the machine is busy with something else. */
export const PROPERTY_LIMIT_MS = 120_000;

export default fc;
