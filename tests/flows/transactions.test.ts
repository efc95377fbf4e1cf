import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { createWorkspace } from '../../backend/features/settings/index.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { type Desk, startDesk } from '../support/desk.ts'

let desk: Desk
beforeAll(async () => {
  desk = await startDesk()
})
afterAll(() => desk.stop())

test('transactions that run at the same time keep their own workspace and their own instant', async () => {
  const rival = await createWorkspace(desk.ctx, 'Rival')
  const look = (workspaceId: string) =>
    inWorkspace(desk.ctx, workspaceId, async (tx) => {
      const before = { workspaceId: tx.workspaceId, now: tx.now }
      const [row] = await tx.$queryRaw<
        { id: string }[]
      >`select current_setting('app.workspace_id') as id from pg_sleep(0.05)`
      return { before, after: { workspaceId: tx.workspaceId, now: tx.now }, setting: row?.id }
    })
  const wanted = [desk.workspaceId, rival.workspaceId, desk.workspaceId, rival.workspaceId]
  const seen = await Promise.all(
    wanted.map(async (id, index) => {
      desk.clock.travel(index)
      return look(id)
    }),
  )
  for (const [index, { before, after, setting }] of seen.entries()) {
    expect(after).toEqual(before)
    expect([after.workspaceId, setting]).toEqual([wanted[index], wanted[index]])
  }
})

test('a failed transaction leaves nothing, and its pool connection sees no workspace afterwards', async () => {
  const failing = inWorkspace(desk.ctx, desk.workspaceId, async (tx) => {
    await tx.workspace.update({ where: { workspaceId: desk.workspaceId }, data: { name: 'Changed' } })
    throw new Error('no')
  })
  await expect(failing).rejects.toThrow('no')
  const name = await inWorkspace(
    desk.ctx,
    desk.workspaceId,
    (tx) => tx.workspace.findFirstOrThrow({ select: { name: true } }),
    { reads: true },
  )
  expect(name).toEqual({ name: 'Fern & Fig' })
  expect(await desk.ctx.db.workspace.count()).toBe(0)
})

test('a transaction that only reads cannot write', async () => {
  const writing = inWorkspace(
    desk.ctx,
    desk.workspaceId,
    (tx) => tx.workspace.update({ where: { workspaceId: desk.workspaceId }, data: { name: 'X' } }),
    { reads: true },
  )
  await expect(writing).rejects.toThrow(/read-only transaction/)
})

test('of two that wait for each other one begins anew, and both are done', async () => {
  const names = ['nora', 'sam'] as const
  const begun: string[] = []
  const [both, go] = [Promise.withResolvers<void>(), () => begun.length === 2 && both.resolve()]
  const renamed = (first: (typeof names)[number], second: (typeof names)[number]) =>
    inWorkspace(desk.ctx, desk.workspaceId, async (tx) => {
      const rename = (name: (typeof names)[number]) =>
        tx.staff.update({
          where: { workspaceId_id: { workspaceId: tx.workspaceId, id: desk.staff[name].id } },
          data: { name: `After ${first}` },
        })
      await rename(first)
      begun.push(first)
      go()
      await both.promise
      await rename(second)
    })
  await Promise.all([renamed('nora', 'sam'), renamed('sam', 'nora')])
  expect(begun).toHaveLength(3)
  const staff = await inWorkspace(desk.ctx, desk.workspaceId, (tx) => tx.staff.findMany(), { reads: true })
  const after = staff.filter(({ id }) => names.some((name) => desk.staff[name].id === id)).map(({ name }) => name)
  expect(new Set(after).size).toBe(1)
})

test('a transaction that goes by keys keeps one plan for each of its statements, and the next one on its connection does not', async () => {
  const planning = (byKeys: boolean) =>
    inWorkspace(desk.ctx, desk.workspaceId, (tx) => tx.$queryRaw<{ plan_cache_mode: string }[]>`show plan_cache_mode`, {
      reads: true,
      byKeys,
    })
  expect(await planning(true)).toEqual([{ plan_cache_mode: 'force_generic_plan' }])
  for (let n = 0; n < 30; n++) expect(await planning(false)).toEqual([{ plan_cache_mode: 'force_custom_plan' }])
})
