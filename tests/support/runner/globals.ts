import type * as Jest from '@jest/globals'

/**
 * What a test file finds under '@jest/globals'. The exports change with each file that begins, also for the support files, which stay
 * loaded: an import is a view of the export, not a copy of it.
 */
export let test: typeof Jest.test
export let describe: typeof Jest.describe
export let expect: typeof Jest.expect
export let beforeAll: typeof Jest.beforeAll
export let beforeEach: typeof Jest.beforeEach
export let afterAll: typeof Jest.afterAll
export let afterEach: typeof Jest.afterEach

type Hook = typeof Jest.beforeAll

/** Hands out what the runner made for the file that begins. There is no `jest`: tests mock nothing of ours and wait for real. */
export function offer(made: Omit<typeof Jest, 'jest'>): void {
  ;({ test, describe, expect } = made)
  beforeAll = ofTestFile(made.beforeAll)
  beforeEach = ofTestFile(made.beforeEach)
  afterAll = ofTestFile(made.afterAll)
  afterEach = ofTestFile(made.afterEach)
}

/** A support file is loaded once, for many test files: a hook that it registered then would serve the first of them alone. */
function ofTestFile(hook: Hook): Hook {
  return (work, limit) => {
    if (!new Error().stack?.includes('.test.ts'))
      throw new Error('Hooks are registered by test files, not by what they load.')
    hook(work, limit)
  }
}
