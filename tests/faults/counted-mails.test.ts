import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type ObjectStorage, startObjects } from '../../workbench/emulators/objects/objects.ts'
import { type Random, randomFrom, seedOfRun } from '../support/random.ts'
import { correspondenceAt } from './support/correspondence.ts'
import { AGE, calmed, expectCounted, expectMissedFound } from './support/counting.ts'
import { ARCHIVE, type CrashingDesk, startCrashingDesk } from './support/crashing-desk.ts'
import { bucketStore, folderStore } from './support/stores.ts'
import { type Trouble, troublesOf } from './support/troubles.ts'

const MAILS = Number(process.env['MAILS'] ?? 1_000)
/** How often each kind of trouble comes. */
const ROUNDS = Number(process.env['ROUNDS'] ?? 2)
/** Milliseconds between troubles: enough for a new process to work before the next one comes. BREATH=0 leaves none at all. */
const BREATH_MS = Number(process.env['BREATH'] ?? 4_000)
const ANSWERS = 0.08
/** Milliseconds between two mails at most, and for all of them together about: many come faster, so that a run of ten thousand ends. */
const APART_MS = 60
const ARRIVING_MS = 150_000

let storage: ObjectStorage
beforeAll(async () => {
  storage = await startObjects()
})
afterAll(() => storage.close())

/** All troubles with the objects in a folder; as many mails again, though fewer, with object storage. */
const STORES = [
  ['a folder', () => folderStore, MAILS, ROUNDS],
  ['object storage', () => bucketStore(storage), Math.ceil(MAILS / 3), 1],
] as const

test.each(STORES)(
  'with objects in %s mails come through every kind of trouble: each Gmail id has one outcome, each mail one message, no answer left twice',
  async (place, open, mails, rounds) => {
    const seed = seedOfRun()
    console.log(`SEED=${seed} MAILS=${MAILS} repeats this run`)
    const random = randomFrom(seed)
    const store = open()
    const desk = await startCrashingDesk((folder) => store.env(folder))
    try {
      const people = correspondenceAt(desk, random)
      const troubles = troublesOf(desk, store, random, () => people.write({ large: true, file: true }))
      const order = Array.from({ length: rounds }, () => shuffled(troubles, random)).flat()
      const met = await disturbed(desk, random, people, { troubles: order, mails })
      const amid = await filed(desk)
      desk.google.faults.clear()
      desk.google.users.leaveOut(ARCHIVE, 0)
      const over = performance.now()
      await desk.travel(AGE)
      await calmed(desk, 240 + mails / 5)
      await expectMissedFound(desk, () => people.write())
      const calm = Math.round((performance.now() - over) / 1_000)
      const objects = await expectCounted(desk, people.sent, people.answered)
      const ends = store.ends(desk.folder)
      console.log(
        `${place}: ${people.sent.length} mails, ${amid} messages amid the troubles, ${people.answered.length} answers, ${objects} objects; ${[...met].map(([name, times]) => `${name} ${times}x`).join(', ')}; the store was full at ${JSON.stringify(ends)}; all was in ${calm} s after the last of them`,
      )
      expect([...met.keys()].sort()).toEqual(troubles.map(({ name }) => name).sort())
      expect(Object.keys(ends)).not.toEqual([])
      expect(objects).toBeGreaterThan(0)
      expect(amid).toBeGreaterThan(0)
      expect(people.answered.length).toBeGreaterThan(0)
    } finally {
      await desk.stop()
    }
  },
  600_000 + MAILS * 300,
)

const filed = async (desk: CrashingDesk): Promise<number> =>
  (await desk.rows<{ count: number }>('select count(*)::int as count from desk.message'))[0]?.count ?? 0

/** Mails go on arriving while troubles follow each other. @returns how often each happened */
async function disturbed(
  desk: CrashingDesk,
  random: Random,
  people: ReturnType<typeof correspondenceAt>,
  { troubles, mails }: { troubles: readonly Trouble[]; mails: number },
): Promise<Map<string, number>> {
  const met = new Map<string, number>()
  const answers: Promise<void>[] = []
  for (const [at, { name, happen }] of troubles.entries()) {
    met.set(name, (met.get(name) ?? 0) + 1)
    const happening = happen()
    happening.catch(() => undefined) // told below, when the mails beside it have come
    while (people.sent.length < (mails * (at + 1)) / troubles.length) {
      people.write()
      if (random() < ANSWERS) answers.push(people.answer())
      await pause(random() * Math.min(APART_MS, (2 * ARRIVING_MS) / mails))
    }
    await happening
    await desk.travel(2) // so that what waits for its next attempt meets the next trouble
    await pause(BREATH_MS)
  }
  await Promise.all(answers)
  return met
}

function shuffled(troubles: readonly Trouble[], random: Random): Trouble[] {
  const left = [...troubles]
  return troubles.flatMap(() => left.splice(Math.floor(random() * left.length), 1))
}
