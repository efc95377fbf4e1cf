import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { mergeTickets, undoRegrouping } from '../../shared/merging.ts'
import { getSlaRules, writeSlaRules } from '../../shared/sla.ts'
import {
  assignTicket,
  categoriseTicket,
  getTicket,
  moveTicket,
  noteTicket,
  prioritiseTicket,
  tagTicket,
  unvoidTicket,
  voidTicket,
} from '../../shared/tickets.ts'
import { beginBreak, endBreak, logIn, logOut } from '../../shared/workforce.ts'
import { Refused } from '../support/caller.ts'
import { type Desk, type StaffName, startDesk } from '../support/desk.ts'
import { createHandFacts } from '../support/hand-facts.ts'
import type { HandRow } from '../support/hand-lake.ts'
import { type LakeOfDesk, lakeOf } from '../support/lake-desk.ts'
import { type LakeRows, lakeRows } from '../support/lake-rows.ts'
import { type Random, randomFrom, seedOfRun } from '../support/random.ts'
import { type Mailed, slaDesk } from '../support/sla-desk.ts'

const STEPS = 160

let desk: Desk
let lake: LakeOfDesk
beforeAll(async () => {
  desk = await startDesk()
  lake = lakeOf(desk)
})
afterAll(async () => {
  await lake.stop()
  await desk.stop()
})

/** Things that people and customers do; the desk may refuse any of them. */
function life(random: Random) {
  const world = slaDesk(desk)
  const tickets: Mailed[] = []
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
  const who = (): StaffName => pick(['nora', 'sam', 'vera'])
  const one = () => pick(tickets)
  const at = async (ticketId: string) => (await desk.as('nora').call(getTicket, { params: { ticketId } })).version
  const acts: Record<string, () => Promise<unknown>> = {
    mail: async () =>
      tickets.push(await world.mail({ from: `c${Math.floor(random() * 8)}@home.example`, automatic: random() < 0.1 })),
    history: async () =>
      tickets.push(
        await world.mail({ historical: true, sentAt: new Date(desk.clock.now().getTime() - 90 * 86_400_000) }),
      ),
    asks: () => world.customerAnswers(one()),
    answers: () => world.answer(one(), { by: who(), automatic: random() < 0.1 }),
    moves: async () => {
      const { id } = one()
      return desk.as(who()).call(moveTicket, {
        params: { ticketId: id },
        body: { status: pick(['open', 'pending', 'on_hold', 'solved', 'closed'] as const), version: await at(id) },
      })
    },
    takes: async () => {
      const { id } = one()
      return desk.as(who()).call(assignTicket, {
        params: { ticketId: id },
        body: { assigneeId: pick([desk.staff.nora.id, desk.staff.sam.id, null]), version: await at(id) },
      })
    },
    weighs: async () => {
      const { id } = one()
      return desk.as(who()).call(prioritiseTicket, {
        params: { ticketId: id },
        body: { priority: pick(['low', 'normal', 'high', 'urgent'] as const), version: await at(id) },
      })
    },
    sorts: async () => {
      const { id } = one()
      return desk.as(who()).call(categoriseTicket, {
        params: { ticketId: id },
        body: { category: pick(['order', 'billing', null]), version: await at(id) },
      })
    },
    tags: async () =>
      desk.as(who()).call(tagTicket, {
        params: { ticketId: one().id },
        body: { add: [pick(['blue', 'a, "b"', 'wet jar'])], remove: [] },
      }),
    notes: () => desk.as(who()).call(noteTicket, { params: { ticketId: one().id }, body: { text: 'Looked.' } }),
    voids: async () => {
      const { id } = one()
      return desk.as(who()).call(voidTicket, {
        params: { ticketId: id },
        body: { reason: pick(['spam', 'not_a_ticket'] as const), version: await at(id) },
      })
    },
    unvoids: async () => {
      const { id } = one()
      return desk.as(who()).call(unvoidTicket, { params: { ticketId: id }, body: { version: await at(id) } })
    },
    merges: () =>
      desk
        .as(who())
        .call(mergeTickets, { params: { ticketId: one().id }, body: { ticketIds: [one().id], acrossCustomers: true } }),
    unmerges: async () => {
      const merges = await desk.events('ticket.merged')
      if (merges.length === 0) return
      const merge = pick(merges)
      const { regroupingId } = merge.payload as { regroupingId: string }
      return desk.as('nora').call(undoRegrouping, { params: { ticketId: merge.ticketId ?? '', regroupingId } })
    },
    begins: () => desk.as(who()).call(logIn),
    ends: () => desk.as(who()).call(logOut),
    rests: () => desk.as(who()).call(beginBreak, { body: { kind: 'short' } }),
    returns: () => desk.as(who()).call(endBreak),
    hours: async () => {
      const rules = await desk.as('vera').call(getSlaRules)
      const day = [{ from: 480 + Math.floor(random() * 120), to: 1_020 }]
      const hours = { ...rules.hours, week: [day, day, day, day, day, [], []] }
      return desk.as('vera').call(writeSlaRules, { body: { ...rules, hours } })
    },
    later: () => desk.travel(pick(['7 min', '3 h', '1 day'])),
  }
  const names = Object.keys(acts)
  const often = ['mail', 'asks', 'answers', 'moves', 'takes']
  const done = new Map<string, number>()
  return {
    done,
    async step() {
      const name = tickets.length < 3 ? 'mail' : random() < 0.5 ? pick(often) : pick(names)
      try {
        await acts[name]?.()
        done.set(name, (done.get(name) ?? 0) + 1)
      } catch (error) {
        if (!(error instanceof Refused) || error.code === 'invalid_request') throw error
      }
    },
  }
}

test('a lake that followed random days is, row for row, the one that is built anew', async () => {
  const seed = seedOfRun()
  process.stdout.write(`SEED=${seed}\n`)
  const random = randomFrom(seed)
  const days = life(random)
  await lake.pull()
  for (let step = 0; step < STEPS; step++) {
    await days.step()
    if (random() < 0.25) await lake.pull()
    if (random() < 0.05) while (await lake.tidy());
  }
  await lake.pull()
  for (const act of ['mail', 'asks', 'answers', 'moves', 'takes'])
    expect([act, days.done.get(act) ?? 0]).not.toEqual([act, 0])
  const followed = await lakeRows(lake, desk.workspaceId)
  await lake.stop()
  const anew = lakeOf(desk, join(lake.dir, '..', 'lake-anew'))
  await anew.pull()
  const built = await lakeRows(anew, desk.workspaceId)
  await anew.stop()
  expect(built.ticket.length).toBeGreaterThan(5)
  for (const table of Object.keys(built) as (keyof typeof built)[])
    expect({ [table]: followed[table] }).toEqual({ [table]: built[table] })
  for (const [table, rows] of Object.entries(recounted(built)))
    expect({ [table]: rows }).toEqual({ [table]: built[table as 'move'] })
  process.stdout.write(`${JSON.stringify(Object.fromEntries(days.done))}\n`)
})

/** What stands on a row although it follows from other rows of its ticket, counted once more from those. */
function recounted(rows: LakeRows) {
  const follows = {
    ticket: ['stood'],
    message: ['spam'],
    move: ['counts', 'undone'],
    clock: ['counts', 'decided_at', 'agent_id'],
  }
  const without = Object.entries(follows).map(([table, columns]) => [
    table,
    rows[table as 'move'].map(
      (row) => Object.fromEntries(Object.entries(row).filter(([name]) => !columns.includes(name))) as HandRow,
    ),
  ])
  return createHandFacts().told('', Object.fromEntries(without))
}
