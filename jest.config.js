/**
 * Tests run in Node's own modules, in two processes that keep what they have loaded: loading the desk anew for each file, as jest's own
 * runner does, was nearly half of the time. So a test leaves nothing behind in a module or in the environment.
 */
export default {
  runner: 'jest-light-runner/child-process',
  setupFiles: ['<rootDir>/tests/support/runner/resolving.ts'],
  transform: {},
  testEnvironment: 'node',
  cacheDirectory: '<rootDir>/node_modules/.cache/jest',
  extensionsToTreatAsEsm: ['.ts'],
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/', '/.sidedesk/', '\\.long\\.test\\.ts$', '/tests/faults/'],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.sidedesk/'],
  globalSetup: '<rootDir>/tests/support/global-setup.ts',
  globalTeardown: '<rootDir>/tests/support/global-teardown.ts',
  reporters: ['default', '<rootDir>/toolchain/reporter.ts'],
  maxWorkers: 2,
  testTimeout: 120_000, // how slow a shared machine may be; what a test waits for in vain is told after 60 s
}
