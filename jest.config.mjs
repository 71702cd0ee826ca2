// Four projects: unit (pure, random order), integration (real SQLite and PostgreSQL), acceptance (real Asterisk, real SIP), desktop
// (all that, and a real browser).
const common = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  // Not `x.json.js`: a package's way round importing JSON.
  moduleNameMapper: { '^(\\.{1,2}/.*(?<!\\.json))\\.js$': '$1' },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2023', parser: { syntax: 'typescript' } }, module: { type: 'es6' } },
    ],
  },
};
// The service serves what was built.
const BUILT_PAGES = '<rootDir>/tests/support/built-pages.mjs';
const project = (name, extra = {}) => ({
  ...common,
  displayName: name,
  testMatch: [`<rootDir>/tests/${name}/**/*.test.ts`],
  ...extra,
});

export default {
  // Two cores that something else keeps busy are no fault: what hangs is found all the same.
  testTimeout: 20_000,
  // What is random in the tests follows from it, see tests/support/properties.ts.
  showSeed: true,
  projects: [
    project('unit'),
    project('integration', { globalSetup: BUILT_PAGES }),
    project('acceptance'),
    project('desktop', { globalSetup: BUILT_PAGES }),
  ],
};
