import type * as Jest from '@jest/globals'
import { patience } from './patience.ts'

const PATIENCE = patience()

type Story = (...given: unknown[]) => unknown
type Telling = (name: string, story: Story, limit?: number) => void
type Hook = (work: Story, limit?: number) => void

const runner = globalThis as unknown as {
  test: Telling & { each: (...rows: unknown[]) => Telling }
} & Record<'beforeAll' | 'beforeEach' | 'afterAll' | 'afterEach', Hook>

/** The runner waits for ever. It must not see arguments that a story does not take: it hands a callback to those that take one. */
function within(story: Story, limit = PATIENCE): Story {
  return async () => hurried(story(), limit)
}

async function hurried(work: unknown, limit: number): Promise<void> {
  const over = Promise.withResolvers<never>()
  const timer = setTimeout(() => over.reject(new Error(`Not done after ${limit / 1_000} s`)), limit)
  try {
    await Promise.race([work, over.promise])
  } finally {
    clearTimeout(timer)
  }
}

const tell: Telling = (name, story, limit) => runner.test(name, within(story, limit))
const hook =
  (when: 'beforeAll' | 'beforeEach' | 'afterAll' | 'afterEach'): Hook =>
  (work, limit) =>
    runner[when](within(work, limit))

const each =
  (...rows: unknown[]): Telling =>
  (name, story, limit = PATIENCE) =>
    runner.test.each(...rows)(name, async (...given) => hurried(story(...given), limit))

export const test = Object.assign(tell, { each }) as unknown as typeof Jest.test
export const beforeAll = hook('beforeAll') as typeof Jest.beforeAll
export const beforeEach = hook('beforeEach') as typeof Jest.beforeEach
export const afterAll = hook('afterAll') as typeof Jest.afterAll
export const afterEach = hook('afterEach') as typeof Jest.afterEach
export const { describe, expect, jest } = globalThis as unknown as typeof Jest
