import { expect, test } from '@jest/globals'
import { surviveKilledActions } from '../support/killed-actions/surviving.ts'

/** 200 actions in all. Only the worker dies here, so the database may be an ordinary one of the tests: what it has said yes to it keeps. */
test.each(Array.from({ length: 10 }, (_, run) => run + 1))(
  'a worker dies at the boundaries of 20 actions, and each thing happens once: run %d',
  async () => {
    expect(await surviveKilledActions(20)).toBeGreaterThan(1)
  },
)
