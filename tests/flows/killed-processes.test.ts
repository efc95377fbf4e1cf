import { expect, test } from '@jest/globals'
import { surviveKills } from '../faults/support/surviving.ts'

test('backend and worker are killed a few times while mails arrive, and every mail is there exactly once', async () => {
  expect(await surviveKills(3)).toBeGreaterThan(5)
})
