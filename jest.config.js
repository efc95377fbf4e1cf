export default {
  testEnvironment: '<rootDir>/tests/support/runner/environment.ts',
  runtime: '<rootDir>/tests/support/runner/runtime.ts',
  injectGlobals: false,
  transform: {},
  cacheDirectory: '<rootDir>/node_modules/.cache/jest',
  extensionsToTreatAsEsm: ['.ts'],
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/', '/.sidedesk/', '\\.long\\.test\\.ts$', '/tests/faults/'],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.sidedesk/'],
  globalSetup: '<rootDir>/tests/support/global-setup.ts',
  globalTeardown: '<rootDir>/tests/support/global-teardown.ts',
  reporters: ['default', '<rootDir>/toolchain/reporter.ts'],
  maxWorkers: 3, // on two cores: much of a story is waiting for PostgreSQL
  workerIdleMemoryLimit: 1_200_000_000, // bytes; modules of finished files stay in a worker's memory until it is replaced
  testTimeout: 600_000, // how slow a shared machine may be; what a test waits for in vain is told after 120 s
}
