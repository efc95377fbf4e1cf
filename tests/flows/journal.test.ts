import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { z } from 'zod'
import type { Ctx } from '../../backend/context.ts'
import type { DeskError } from '../../backend/platform/errors.ts'
import { newId } from '../../backend/platform/ids.ts'
import {
  type Effect,
  type Entry,
  leftToPerson,
  lookAgain,
  lookUpAgain,
  type NotYet,
  perform,
  plan,
  stillWorking,
  turnedDown,
  withdraw,
} from '../../backend/platform/journal.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { type Desk, startDesk } from '../support/desk.ts'

let desk: Desk
beforeAll(async () => {
  desk = await startDesk()
})
afterAll(() => desk.stop())

type Answer = string | NotYet | Error | (() => Promise<string>)

/** A thing done outside whose answers a test writes, and what was asked of it. */
function effectOf(answers: { run?: Answer[]; find?: (Answer | null)[] }) {
  const asked: string[] = []
  const settled: string[] = []
  const entries: Entry<string>[] = []
  const answer = async <T>(what: string, from: T[] | undefined, entry: Entry<string>) => {
    asked.push(what)
    entries.push(entry)
    const next = from?.shift()
    if (next instanceof Error) throw next
    if (next === undefined) throw new Error(`Nobody thought of one more ${what}`)
    return typeof next === 'function' ? next() : next
  }
  const effect: Effect<string, string, Ctx> = {
    kind: 'test.effect',
    request: z.string(),
    result: z.string(),
    leaseMs: 60_000,
    run: (_ctx, entry) => answer('run', answers.run, entry) as Promise<string | NotYet>,
    find: (_ctx, entry) => answer('find', answers.find, entry) as Promise<string | NotYet | null>,
    refusal: (error) => (error instanceof Error && error.message === 'no' ? 'It said no' : null),
    nothingDone: (error) => error instanceof Error && error.message === 'busy',
    refused: async (_tx, _entry, words) => void settled.push(`refused: ${words}`),
    leftOpen: async (_ctx, _tx, _entry, { state }) => void settled.push(`open: ${state}`),
    settle: async (_ctx, _tx, _entry, result) => void settled.push(`done: ${result}`),
  }
  return { effect, asked, settled, entries }
}

async function planned(): Promise<string> {
  const id = newId()
  await inWorkspace(desk.ctx, desk.workspaceId, async (tx) =>
    plan(
      tx,
      await desk.ctx.keyring.box(tx),
      { kind: 'test.effect' },
      {
        id,
        ticketId: null,
        by: { kind: 'system', id: null },
        request: 'please',
      },
    ),
  )
  return id
}

const doing = (effect: Effect<string, string, Ctx>, entryId: string, allowed = true) =>
  perform(desk.ctx, effect, { workspaceId: desk.workspaceId, entryId }, async () => allowed)

const row = (id: string) =>
  inWorkspace(
    desk.ctx,
    desk.workspaceId,
    (tx) => tx.journalEntry.findUniqueOrThrow({ where: { workspaceId_id: { workspaceId: desk.workspaceId, id } } }),
    { reads: true },
  )

test('what is done is done once, however often it is asked for', async () => {
  const id = await planned()
  const { effect, asked, settled } = effectOf({ run: ['made'] })
  expect(await doing(effect, id)).toMatchObject({ state: 'done' })
  expect(await doing(effect, id)).toMatchObject({ state: 'done' })
  expect([asked, settled]).toEqual([['run'], ['done: made']])
})

test('an end that nobody saw is looked up, and sent again only when it is not there', async () => {
  const id = await planned()
  const { effect, asked, settled } = effectOf({ run: [new Error('lost'), 'made'], find: [null] })
  await expect(doing(effect, id)).rejects.toThrow('lost')
  expect(await doing(effect, id)).toMatchObject({ state: 'done' })
  expect([asked, settled]).toEqual([
    ['run', 'find', 'run'],
    ['open: unknown', 'done: made'],
  ])
})

test('a failure that is sure to have done nothing leaves nothing to look up, and its time does not count', async () => {
  const id = await planned()
  const { effect, asked, entries } = effectOf({ run: [new Error('busy'), 'made'] })
  await expect(doing(effect, id)).rejects.toThrow('busy')
  expect(await row(id)).toMatchObject({ state: 'planned', sentAt: null })
  await desk.travel('2 h')
  await doing(effect, id)
  expect(asked).toEqual(['run', 'run'])
  expect(entries.map(({ attempt }) => attempt)).toEqual([1, 2])
  expect((entries[1]?.sentAt.getTime() ?? 0) - (entries[0]?.sentAt.getTime() ?? 0)).toBeGreaterThan(7_000_000)
})

test('the first time that something left stays its time', async () => {
  const id = await planned()
  const { effect, entries } = effectOf({ run: [new Error('lost'), new Error('lost')], find: [null] })
  await expect(doing(effect, id)).rejects.toThrow('lost')
  await desk.travel('2 h')
  await expect(doing(effect, id)).rejects.toThrow('lost')
  expect(entries.at(-1)?.sentAt).toEqual(entries[0]?.sentAt)
})

test('what the other side works on is asked about with what it was called', async () => {
  const id = await planned()
  const { effect, entries } = effectOf({ run: [stillWorking('job 7', 3)], find: [lookAgain('job 8', 60), 'made'] })
  expect(await doing(effect, id)).toEqual({ state: 'waiting', seconds: 3, words: null })
  expect(await doing(effect, id)).toEqual({ state: 'unknown', seconds: 60, words: null })
  expect(await doing(effect, id)).toMatchObject({ state: 'done' })
  expect(entries.map(({ progress }) => progress)).toEqual([null, 'job 7', 'job 8'])
})

test('a look that failed forgets nothing', async () => {
  const id = await planned()
  const { effect, entries } = effectOf({ run: [stillWorking('job 7', 3)], find: [new Error('no'), 'made'] })
  await doing(effect, id)
  await expect(doing(effect, id)).rejects.toThrow('no') // refusing to show is no refusal of the thing
  expect(await row(id)).toMatchObject({ state: 'waiting', progress: 'job 7' })
  await doing(effect, id)
  expect(entries.at(-1)?.progress).toBe('job 7')
})

test('a refusal, at once or later, is the end', async () => {
  const [atOnce, later] = [await planned(), await planned()]
  const first = effectOf({ run: [new Error('no')] })
  expect(await doing(first.effect, atOnce)).toEqual({ state: 'refused', seconds: null, words: 'It said no' })
  const second = effectOf({ run: [stillWorking('job 7', 3)], find: [turnedDown('It would not')] })
  await doing(second.effect, later)
  expect(await doing(second.effect, later)).toMatchObject({ state: 'refused', words: 'It would not' })
  expect([first.settled, second.settled.at(-1)]).toEqual([['refused: It said no'], 'refused: It would not'])
})

test('what is left to a person rests until somebody has it looked up once more', async () => {
  const id = await planned()
  const { effect, asked } = effectOf({ run: [new Error('lost')], find: [leftToPerson('Look yourself'), 'made'] })
  await expect(doing(effect, id)).rejects.toThrow('lost')
  expect(await doing(effect, id)).toEqual({ state: 'needs_person', seconds: null, words: 'Look yourself' })
  expect(await doing(effect, id)).toMatchObject({ state: 'needs_person' })
  expect(asked).toEqual(['run', 'find'])
  await inWorkspace(desk.ctx, desk.workspaceId, (tx) => lookUpAgain(tx, id))
  expect(await doing(effect, id)).toMatchObject({ state: 'done' })
})

test('nobody else comes in while an attempt runs, and says when it makes sense to come', async () => {
  const id = await planned()
  const { effect } = effectOf({ run: [() => second()] })
  const second = async () => {
    const { leaseUntil, updatedAt } = await row(id)
    expect(leaseUntil).toEqual(new Date(updatedAt.getTime() + 60_000))
    const left = () => Math.ceil(((leaseUntil?.getTime() ?? 0) - desk.clock.now().getTime()) / 1_000)
    const most = left()
    const refusal: unknown = await doing(effect, id).catch((error: unknown) => error)
    expect(refusal).toMatchObject({ code: 'in_progress', retryAfter: expect.any(Number) })
    const { retryAfter = 0 } = refusal as DeskError
    expect(retryAfter).toBeLessThanOrEqual(most)
    expect(retryAfter).toBeGreaterThanOrEqual(left())
    return 'made'
  }
  expect(await doing(effect, id)).toMatchObject({ state: 'done' })
})

test('an attempt that was overtaken writes nothing, whatever it ends with', async () => {
  for (const end of [
    async () => 'late',
    () => Promise.reject(new Error('late')),
    () => Promise.reject(new Error('no')),
  ]) {
    const id = await planned()
    const { effect, settled } = effectOf({
      run: [
        async () => {
          await desk.travel('61 s')
          expect(await doing(effect, id)).toMatchObject({ state: 'done' })
          return end()
        },
      ],
      find: ['found'],
    })
    await expect(doing(effect, id)).rejects.toMatchObject({ code: 'in_progress' })
    expect([settled, (await row(id)).state]).toEqual([['done: found'], 'done'])
  }
})

test('an attempt that was overtaken while it looked sends nothing', async () => {
  const id = await planned()
  const { effect, asked } = effectOf({
    run: [new Error('lost'), 'made by the other'],
    find: [
      async () => {
        await desk.travel('61 s')
        await doing(effect, id)
        return null as unknown as string
      },
      null,
    ],
  })
  await expect(doing(effect, id)).rejects.toThrow('lost')
  await expect(doing(effect, id)).rejects.toMatchObject({ code: 'in_progress' })
  expect(asked).toEqual(['run', 'find', 'find', 'run'])
})

test('while nothing may leave, nothing is even looked up', async () => {
  const id = await planned()
  const { effect, asked } = effectOf({ run: ['made'] })
  await expect(doing(effect, id, false)).rejects.toMatchObject({ code: 'effects_paused' })
  expect([asked, (await row(id)).state]).toEqual([[], 'planned'])
})

test('what was withdrawn is never sent; what is under way is not touched', async () => {
  const [id, underWay] = [await planned(), await planned()]
  const withdrawn = (ids: string[]) =>
    inWorkspace(desk.ctx, desk.workspaceId, (tx) => withdraw(tx, ids, 'Not any more'))
  const { effect, asked } = effectOf({ run: [new Error('lost')] })
  await expect(doing(effect, underWay)).rejects.toThrow('lost')
  await withdrawn([id, underWay])
  expect(await doing(effect, id)).toEqual({ state: 'refused', seconds: null, words: 'Not any more' })
  expect([asked, (await row(underWay)).state]).toEqual([['run'], 'unknown'])
})
