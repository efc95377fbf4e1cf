import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from '@jest/globals'
import { type Random, randomFrom, seedOfRun } from '../support/random.ts'
import { correspondenceAt } from './support/correspondence.ts'
import { calmed, expectCounted } from './support/counting.ts'
import { type CrashingDesk, startCrashingDesk } from './support/crashing-desk.ts'
import { endsOfDisk, type Trouble, troublesOf } from './support/troubles.ts'

const MAILS = Number(process.env['MAILS'] ?? 1_000)
/** How often each kind of trouble comes. */
const ROUNDS = Number(process.env['ROUNDS'] ?? 2)
/** Milliseconds between troubles: enough for a new process to work before the next one comes. BREATH=0 leaves none at all. */
const BREATH_MS = Number(process.env['BREATH'] ?? 4_000)
const ANSWERS = 0.08

test(
  `${MAILS} mails come through every kind of trouble: each Gmail id has one outcome, each mail one message, no answer left twice`,
  async () => {
    const seed = seedOfRun()
    console.log(`SEED=${seed} MAILS=${MAILS} repeats this run`)
    const random = randomFrom(seed)
    const desk = await startDurable()
    try {
      const people = correspondenceAt(desk, random)
      const troubles = troublesOf(desk, random, () => people.write({ large: true, file: true }))
      const met = await disturbed(desk, random, people, troubles)
      const amid = await filed(desk)
      desk.google.faults.clear()
      const over = performance.now()
      await calmed(desk, 240 + MAILS / 5)
      const calm = Math.round((performance.now() - over) / 1_000)
      const objects = await expectCounted(desk, people.sent, people.answered)
      const ends = endsOfDisk(desk.folder)
      console.log(
        `${people.sent.length} mails, ${amid} messages amid the troubles, ${people.answered.length} answers, ${objects} objects; ${[...met].map(([name, times]) => `${name} ${times}x`).join(', ')}; the disk was full at ${JSON.stringify(ends)}; all was in ${calm} s after the last of them`,
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

const startDurable = () =>
  startCrashingDesk((folder) => ({
    NODE_OPTIONS: `--import ${new URL('support/full-disk.ts', import.meta.url).href}`,
    DISK_FULL: `${folder}/disk-is-full`,
  }))

/** Mails go on arriving while troubles follow each other, each kind once before any comes again. @returns how often each happened */
async function disturbed(
  desk: CrashingDesk,
  random: Random,
  people: ReturnType<typeof correspondenceAt>,
  kinds: readonly Trouble[],
): Promise<Map<string, number>> {
  const met = new Map<string, number>()
  const answers: Promise<void>[] = []
  const troubles = Array.from({ length: ROUNDS }, () => shuffled(kinds, random)).flat()
  for (const [at, { name, happen }] of troubles.entries()) {
    met.set(name, (met.get(name) ?? 0) + 1)
    const happening = happen()
    happening.catch(() => undefined) // told below, when the mails beside it have come
    while (people.sent.length < (MAILS * (at + 1)) / troubles.length) {
      people.write()
      if (random() < ANSWERS) answers.push(people.answer())
      await pause(random() * 60)
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
