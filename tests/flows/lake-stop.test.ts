import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type pg from 'pg'
import { keepLake } from '../../backend/features/analytics/index.ts'
import { PULSE, Pulse } from '../../backend/features/analytics/lake/places/layout.ts'
import { lakeToRead } from '../../backend/features/analytics/lake/places/opening.ts'
import { createTicket } from '../../shared/tickets.ts'
import { ownerOf } from '../support/database.ts'
import { type Desk, startDesk } from '../support/desk.ts'
import { until } from '../support/until.ts'

let desk: Desk
let owner: pg.Client
beforeAll(async () => {
  desk = await startDesk()
  owner = await ownerOf(desk.database)
})
afterAll(async () => {
  await owner.end()
  await desk.stop()
})

const isWaiting = async () =>
  (await owner.query(`select from pg_locks where not granted and relation = 'desk.customer'::regclass`)).rows.length > 0

const pulse = async () => Pulse.parse(JSON.parse(await readFile(join(desk.ctx.config.lake.dir, PULSE), 'utf8')))

test('a stop does not wait for a pull that takes long: it is broken off, has changed nothing, and the next one does all of it', async () => {
  const sentAt = desk.clock.now().toISOString()
  const mail = { messageId: '<s1@ada.example>', subject: 'Jar', from: 'ada@ada.example', sentAt, text: 'Broken.' }
  await desk.as('nora').call(createTicket, { body: mail })
  await desk.settle()
  const place = lakeToRead(desk.ctx.config.lake, null)
  await owner.query('begin; lock table desk.customer in access exclusive mode')
  const first = await keepLake(desk.ctx, { patienceMs: 10 })
  await until('the lake to wait for customers', isWaiting)
  const begun = await pulse()
  expect(begun).toMatchObject({ state: 'rebuilding' })
  await until('the lake to say again that it is at work', async () => (await pulse()).told !== begun.told)
  await first.stop()
  expect(await place.root()).toBeNull()
  expect(await place.freshness(desk.clock.now())).toMatchObject({
    state: 'missing',
    words: expect.not.stringMatching(/terminated/),
  })
  await owner.query('rollback')

  const second = await keepLake(desk.ctx)
  await until('the lake to be there', async () => (await place.root()) !== null)
  await second.stop()
  const counted = await desk.ctx.figures.read(desk.workspaceId, (ask) => ask('select count(*)::int as n from ticket'))
  expect(counted).toEqual([{ n: 1 }])
})
