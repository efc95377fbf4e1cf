import { afterEach, expect, test } from '@jest/globals'
import { randomFrom, seedOfRun } from '../support/random.ts'
import { expectEachMailOnce, settled } from './support/account.ts'
import { type CrashingDesk, startCrashingDesk } from './support/crashing-desk.ts'
import { moment, whileArriving } from './support/disturbing.ts'
import { type Posted, post } from './support/post.ts'

const CUTS = 4

let desk: CrashingDesk
afterEach(() => desk.stop())

async function cutPower(times: number, seed: number): Promise<readonly Posted[]> {
  console.log(`SEED=${seed} repeats this run`)
  const random = randomFrom(seed)
  desk = await startCrashingDesk()
  const customers = post(desk, random)
  await whileArriving(customers.next, random, async () => {
    for (let cut = 0; cut < times; cut++) {
      await moment(random, 2_000)
      await desk.power.cut()
      await moment(random)
      await desk.power.restore()
    }
  })
  return customers.posted
}

test('PostgreSQL dies at any moment while mails arrive: api and worker go on by themselves, nothing is lost or doubled', async () => {
  const posted = await cutPower(CUTS, seedOfRun())
  await settled(desk)
  expect([desk.api.isRunning(), desk.worker.isRunning()]).toEqual([true, true])
  await expectEachMailOnce(desk, posted)
})
