import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { Prisma } from '../../backend/generated/prisma/client.ts'
import { isDeadlock, sqlStateOf } from '../../backend/platform/database-errors.ts'
import { inWorkspace, type Tx } from '../../backend/platform/tenancy.ts'
import { type Desk, startDesk } from '../support/desk.ts'

let desk: Desk
beforeAll(async () => {
  desk = await startDesk()
})
afterAll(() => desk.stop())

const within = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => inWorkspace(desk.ctx, desk.workspaceId, work)

const ID = '01890000-0000-7000-8000-000000000abc'
const insert = (workspaceId: string, content: Buffer, at: Date) =>
  Prisma.sql`insert into desk.raw_mail (workspace_id, stored_at, id, size, content) values (${workspaceId}::uuid, ${at}::timestamptz, ${ID}::uuid, ${content.length}::int, ${content}::bytea)`
const kept = () => within((tx) => tx.rawMail.findMany({ where: { workspaceId: tx.workspaceId, id: ID } }))

test('what is sent past Prisma belongs to the transaction: bytes and instants arrive as they are', async () => {
  const bytes = Buffer.from(Array.from({ length: 256 }, (_, n) => n))
  const at = new Date(desk.clock.now().getTime() - 1_234)
  expect(await within((tx) => tx.send(insert(tx.workspaceId, bytes, at)))).toBe(1)
  expect(await kept()).toMatchObject([{ size: 256, content: new Uint8Array(bytes), storedAt: at }])
  await within((tx) => tx.send(Prisma.sql`delete from desk.raw_mail where workspace_id = ${tx.workspaceId}::uuid`))
  expect(await kept()).toEqual([])
})

test('it is taken back with the transaction', async () => {
  const broken = within(async (tx) => {
    await tx.send(insert(tx.workspaceId, Buffer.from('x'), tx.now))
    throw new Error('something else failed')
  })
  await expect(broken).rejects.toThrow('something else failed')
  expect(await kept()).toEqual([])
})

test('it sees one workspace and no other', async () => {
  const other = '01890000-0000-7000-9000-000000000001'
  const error = await within((tx) => tx.send(insert(other, Buffer.from('x'), tx.now))).catch(
    (thrown: unknown) => thrown,
  )
  expect(sqlStateOf(error)).toBe('42501')
})

test('transactions at once keep to their own connections', async () => {
  const backends = await Promise.all(
    Array.from({ length: 4 }, () =>
      within(async (tx) => {
        await tx.send(Prisma.sql`select set_config('application_name', pg_backend_pid()::text, true)`)
        const [row] = await tx.$queryRaw<{ same: boolean; pid: number }[]>`
          select current_setting('application_name') = pg_backend_pid()::text as same, pg_backend_pid() as pid, pg_sleep(0.05)::text as slept`
        return row
      }),
    ),
  )
  expect(backends.map((row) => row?.same)).toEqual([true, true, true, true])
  expect(new Set(backends.map((row) => row?.pid)).size).toBe(4)
})

test('nothing can be sent behind the end of a transaction, whether it was kept or taken back', async () => {
  const left: Tx[] = []
  await within(async (tx) => void left.push(tx))
  await within(async (tx) => {
    left.push(tx)
    throw new Error('taken back')
  }).catch(() => undefined)
  for (const tx of left)
    await expect(tx.send(insert(tx.workspaceId, Buffer.from('x'), tx.now))).rejects.toThrow(/after the end/)
  expect(await kept()).toEqual([])
})

test('two that wait for each other are told apart, and the one that is ended begins anew', async () => {
  const both = Promise.withResolvers<void>()
  let begun = 0
  const lock = (key: number) => Prisma.sql`select pg_advisory_xact_lock(${key}::int)`
  let tries = 0
  const crossing = (first: number, second: number) =>
    within(async (tx) => {
      tries++
      await tx.send(lock(first))
      if (++begun === 2) both.resolve()
      await both.promise
      await tx.send(lock(second)).catch((error: unknown) => {
        expect(isDeadlock(error)).toBe(true)
        throw error
      })
    })
  await Promise.all([crossing(7001, 7002), crossing(7002, 7001)])
  expect(tries).toBe(3)
})

test('rows that are asked past Prisma are those of the workspace: bytes and instants as they are, large numbers as text', async () => {
  const at = new Date(desk.clock.now().getTime() - 9)
  const [row, ...others] = await within(async (tx) => {
    await tx.send(insert(tx.workspaceId, Buffer.from([0, 255]), at))
    return tx.ask<{ content: Uint8Array; at: Date; size: number; large: string; words: string[] }>(Prisma.sql`
      select content, stored_at as at, size, (${1n} + 9007199254740992::int8) as large, ${['a', 'b,"c']}::text[] as words from desk.raw_mail`)
  })
  expect(others).toEqual([])
  expect(row).toEqual({
    content: Buffer.from([0, 255]),
    at,
    size: 2,
    large: '9007199254740993',
    words: ['a', 'b,"c'],
  })
})
