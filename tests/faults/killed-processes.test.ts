import { expect, test } from '@jest/globals'
import { expectEachMailOnce, settled } from './support/account.ts'
import { startCrashingDesk } from './support/crashing-desk.ts'
import { faultMet } from './support/meeting.ts'
import { post } from './support/post.ts'
import { surviveKills } from './support/surviving.ts'

const READ = 'gmail.users.messages.get'

test('backend and worker die at any moment while mails arrive, and every mail is there exactly once', async () => {
  expect(await surviveKills(16)).toBeGreaterThan(50)
})

test('the jobs of a killed worker are given back within seconds, not hours', async () => {
  const desk = await startCrashingDesk()
  try {
    await settled(desk)
    desk.google.faults.add({ method: READ, kind: 'timeout' })
    const customers = post(desk, () => 1)
    customers.next()
    await faultMet(desk, READ)
    await desk.worker.killAndRestart()
    await settled(desk, 20)
    await expectEachMailOnce(desk, customers.posted)
  } finally {
    await desk.stop()
  }
})
