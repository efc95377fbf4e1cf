import { expect, test } from '@jest/globals'
import { surviveKilledActions } from '../support/killed-actions/surviving.ts'

test('a worker dies at the boundaries of 20 actions, and each thing happens once', async () => {
  expect(await surviveKilledActions(20)).toBeGreaterThan(1)
})
