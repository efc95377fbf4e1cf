import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { NOBODY_WAITS } from '../../backend/features/tickets/index.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { mergeTickets, splitTicket, undoRegrouping } from '../../shared/merging.ts'
import { searchTickets } from '../../shared/search.ts'
import { Refused } from '../support/caller.ts'
import { type Desk, SUPPORT, startDesk } from '../support/desk.ts'
import { type Random, randomFrom, seedOfRun } from '../support/random.ts'

let desk: Desk
beforeAll(async () => {
  desk = await startDesk()
})
afterAll(() => desk.stop())

const STEPS = 24
const TICKETS = 5

const drawn = <T>(random: Random, from: readonly T[]): T | undefined => from[Math.floor(random() * from.length)]

let written = 0
/** A word that stands in one mail only. */
const wordOf = (mail: number) => `zyx${String.fromCharCode(...[...String(mail)].map((digit) => 97 + Number(digit)))}q` // no ending of any language

/** A mail of the customer, filed. @returns its Message-ID */
async function wrote(from: string, inReplyTo?: string): Promise<string> {
  await desk.travel('1 min')
  const mail = { from, to: SUPPORT, subject: 'Words', text: wordOf(++written), ...(inReplyTo && { inReplyTo }) }
  const { messageId } = await desk.google.customers.write(mail)
  await desk.settle()
  return messageId
}

const reading = <T>(work: Parameters<typeof inWorkspace<T>>[2]) =>
  inWorkspace(desk.ctx, desk.workspaceId, work, { reads: true })

const mails = () =>
  reading((tx) =>
    tx.message.findMany({
      select: { id: true, ticketId: true, mailKey: true, sentAt: true },
      orderBy: { createdAt: 'asc' },
    }),
  )

const tickets = () =>
  reading((tx) =>
    tx.ticket.findMany({
      select: { id: true, voidReason: true, queueAt: true, messageCount: true, lastMessageAt: true, status: true },
    }),
  )

const openRegroupings = () =>
  reading((tx) =>
    tx.ticketRegrouping.findMany({ where: { undoneAt: null }, orderBy: [{ at: 'desc' }, { id: 'desc' }] }),
  )

/** Mails whose words are found elsewhere, or nowhere. */
const astray = () =>
  reading(
    (tx) => tx.$queryRaw`
      select m.id from desk.message m left join desk.search_document d on d.workspace_id = m.workspace_id and d.id = m.id
      where m.workspace_id = ${tx.workspaceId}::uuid and d.ticket_id is distinct from m.ticket_id`,
  )

/** Every mail is on a ticket that lives, its words are found there, and each ticket says of its mails what they are. */
async function expectSound(): Promise<void> {
  expect(await astray()).toEqual([])
  const held = Map.groupBy(await mails(), ({ ticketId }) => ticketId)
  for (const { id, voidReason, queueAt, messageCount, lastMessageAt, status } of await tickets()) {
    const own = held.get(id) ?? []
    const times = own.map(({ sentAt }) => sentAt.getTime())
    expect(messageCount).toBe(own.length)
    if (voidReason === 'merged') {
      expect({ own, queueAt }).toEqual({ own: [], queueAt: NOBODY_WAITS })
      continue
    }
    expect({ voidReason, status }).toEqual({ voidReason: null, status: 'new' })
    expect(queueAt.getTime()).toBe(Math.min(...times))
    expect(lastMessageAt.getTime()).toBe(Math.max(...times))
  }
}

async function allowed(act: () => Promise<unknown>): Promise<boolean> {
  try {
    await act()
    return true
  } catch (error) {
    if (error instanceof Refused && error.status < 500) return false
    throw error
  }
}

const undo = ({ id, toId }: { id: string; toId: string }) =>
  allowed(() => desk.as('nora').call(undoRegrouping, { params: { ticketId: toId, regroupingId: id } }))

async function anyAct(random: Random, known: string[], from: string): Promise<void> {
  const [all, open] = [await tickets(), await openRegroupings()]
  const living = all.filter(({ voidReason }) => voidReason === null)
  const [one, two] = [drawn(random, all), drawn(random, living)]
  const dice = random()
  if (dice < 0.3 && one && two)
    await allowed(() =>
      desk.as('nora').call(mergeTickets, { params: { ticketId: two.id }, body: { ticketIds: [one.id] } }),
    )
  else if (dice < 0.5) {
    const mail = drawn(random, await mails())
    if (mail)
      await allowed(() =>
        desk.as('nora').call(splitTicket, { params: { ticketId: mail.ticketId }, body: { messageId: mail.id } }),
      )
  } else if (dice < 0.75) {
    const regrouping = drawn(random, open)
    if (regrouping) await undo(regrouping)
  } else known.push(await wrote(from, drawn(random, known)))
}

test('whatever is merged, split, taken back and answered in any order, no mail is lost, and taking all back finds home', async () => {
  const seed = seedOfRun()
  process.stderr.write(`SEED=${seed}\n`)
  const random = randomFrom(seed)
  const from = 'ada@home.example'
  const known: string[] = []
  for (let ticket = 0; ticket < TICKETS; ticket++) {
    const first = await wrote(from)
    known.push(first, await wrote(from, first))
  }
  const home = new Map((await mails()).map(({ id, ticketId }) => [id, ticketId]))
  expect(new Set(home.values()).size).toBe(TICKETS)
  await expectSound()
  for (let step = 0; step < STEPS; step++) {
    await anyAct(random, known, from)
    await expectSound()
  }
  for (let open = await openRegroupings(); open.length > 0; open = await openRegroupings()) {
    const [newest] = open
    expect(newest && (await undo(newest))).toBe(true)
    await expectSound()
  }
  const now = new Map((await mails()).map(({ id, ticketId }) => [id, ticketId]))
  for (const [id, ticketId] of home) expect(now.get(id)).toBe(ticketId)
  expect(now.size).toBe(known.length)
  const [first] = home.values()
  const { items } = await desk.as('nora').call(searchTickets, { query: { q: wordOf(1), order: 'newest', limit: 20 } })
  expect(items.map(({ id }) => id)).toEqual([first])
})
