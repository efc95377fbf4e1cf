import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { noteWords } from '../../backend/features/tickets/sorting-words.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { type Desk, SUPPORT, startDesk } from '../support/desk.ts'

let desk: Desk
beforeAll(async () => {
  desk = await startDesk({ clockStands: true })
})
afterAll(() => desk.stop())

const write = async (text: string): Promise<void> => {
  await desk.google.customers.write({ from: 'kim@kim.example', to: SUPPORT, subject: 'Jar', text })
  await desk.settle()
}

/** How many pages waited to be sorted into the index of words; none does any more. */
async function waiting(): Promise<number> {
  const [row] = await desk.ctx.db.$queryRaw<{ pages: bigint }[]>`select app.sort_words() as pages`
  return Number(row?.pages)
}

const note = (characters: number) =>
  inWorkspace(desk.ctx, desk.workspaceId, (tx) => noteWords(tx, [{ text: 'x'.repeat(characters) }]))

test('words wait for their index until there are many, and are sorted in beside the mails that bring them', async () => {
  await write('Honeysuckle')
  expect(await waiting()).toBeGreaterThan(0)
  await write('Marmalade')
  await note(600_000)
  await desk.settle()
  expect(await waiting()).toBe(0)
})

test('in a stream of mails they are sorted in now and then, and what came last does not wait for more', async () => {
  await desk.travel('1 min')
  await note(600_000)
  await desk.settle()
  await write('Elderberry')
  await note(600_000)
  await desk.settle()
  expect(await waiting()).toBeGreaterThan(0)
  await write('Gooseberry')
  await desk.travel('16 s')
  await desk.settle()
  expect(await waiting()).toBe(0)
})

test('a list that grows very long is sorted in at once', async () => {
  await desk.travel('1 min')
  await note(600_000)
  await note(600_000)
  await desk.settle()
  await write('Lingonberry')
  await note(4_000_000)
  await desk.settle()
  expect(await waiting()).toBe(0)
})

test('few of them plan nothing', async () => {
  await write('Quince')
  await note(1_000)
  await desk.settle()
  expect(await waiting()).toBeGreaterThan(0)
})
