import { randomFrom, seedOfRun } from '../../support/random.ts'
import { expectEachMailOnce, settled } from './account.ts'
import { startCrashingDesk } from './crashing-desk.ts'
import { moment, whileArriving } from './disturbing.ts'
import { post } from './post.ts'

/** Kills backend and worker this often at random moments while mails arrive, then goes through the books. @returns mails posted */
export async function surviveKills(kills: number): Promise<number> {
  const seed = seedOfRun()
  console.log(`SEED=${seed} repeats this run`)
  const random = randomFrom(seed)
  const desk = await startCrashingDesk()
  try {
    const customers = post(desk, random)
    await whileArriving(customers.next, random, async () => {
      for (let kill = 0; kill < kills; kill++) {
        await moment(random)
        await (random() < 0.4 ? desk.api : desk.worker).killAndRestart()
      }
    })
    await settled(desk)
    await expectEachMailOnce(desk, customers.posted)
    return customers.posted.length
  } finally {
    await desk.stop()
  }
}
