import { expect } from '@jest/globals'
import { connectMailbox } from '../../../backend/features/intake/index.ts'
import { mailKeyOf } from '../../../backend/features/tickets/index.ts'
import { inWorkspace } from '../../../backend/platform/tenancy.ts'
import { archiveOf } from '../archive.ts'
import { type Desk, SUPPORT, startDesk } from '../desk.ts'
import { type Random, randomFrom, seedOfRun } from '../random.ts'
import { threadingAt } from '../threading-desk.ts'
import { arrivalsOf, conversationsOf, type Written } from './conversations.ts'

const SECOND = { address: 'orders@fern.example', archive: 'vera@fern.example' }
/** In how many orders the mails of one world come; in the first as they were written. */
const ORDERS = 3
const ENDS = ['ticket', 'joined', 'duplicate']

/** Lets the mails of so many random worlds come in several orders, and holds the tickets of each order against each other. */
export async function expectSameTickets(worlds: number): Promise<void> {
  const seed = seedOfRun()
  console.log(`SEED=${seed} repeats this run`)
  const random = randomFrom(seed)
  const desk = await startDesk()
  try {
    await connectSecond(desk)
    for (let world = 0; world < worlds; world++) await expectSameInEveryOrder(desk, `w${world}`, random)
  } finally {
    await desk.stop()
  }
}

async function connectSecond(desk: Desk): Promise<void> {
  await connectMailbox(desk.ctx, desk.workspaceId, {
    address: SECOND.address,
    archiveAddress: SECOND.archive,
    access: 'refresh_token',
    secret: desk.google.users.refreshToken(SECOND.archive, 'desk-client'),
  })
  await desk.settle()
}

async function expectSameInEveryOrder(desk: Desk, world: string, random: Random): Promise<void> {
  const found: string[][][] = []
  const plan = conversationsOf(random)
  for (let order = 0; order < ORDERS; order++) {
    const mark = `${world}o${order}.`
    const mails = arrivalsOf(plan, { random, mark, shuffled: order > 0, to: [SUPPORT, SECOND.address] })
    const gmailIds = await arrive(desk, mails, random)
    found.push(await grouped(desk, mails, mark))
    const outcomes = await outcomesOf(desk, gmailIds)
    expect(new Set(outcomes.map(({ gmailId }) => gmailId))).toEqual(new Set(gmailIds))
    expect(outcomes.filter(({ state, outcome }) => state !== 'ended' || !ENDS.includes(outcome ?? ''))).toEqual([])
  }
  for (const other of found.slice(1)) expect(other).toEqual(found[0])
  expect(found[0]?.length).toBeGreaterThanOrEqual(plan.conversations)
}

/** Delivers mails in this order, now and then settling in between. @returns the Gmail ids that both accounts got */
async function arrive(desk: Desk, mails: readonly Written[], random: Random): Promise<string[]> {
  const at = threadingAt(desk)
  const gmailIds: string[] = []
  for (const { account, ...mail } of mails) {
    const { copies } = at.deliver({ ...mail, envelope: [account === 'second' ? SECOND.archive : SUPPORT] })
    gmailIds.push(...copies.flatMap(({ mailbox, id }) => (/^(archive|vera)@/.test(mailbox) ? [id] : [])))
    await desk.travel('1 min')
    if (random() < 0.2) await desk.settle()
  }
  await archiveOf(desk).poll()
  return gmailIds
}

/** Which mails are on one ticket, as their own names of this round. */
async function grouped(desk: Desk, mails: readonly Written[], mark: string): Promise<string[][]> {
  const keys = new Map(mails.map(({ id }) => [mailKeyOf(`<${id}>`), id.replace(mark, '')]))
  const rows = await inWorkspace(
    desk.ctx,
    desk.workspaceId,
    (tx) =>
      tx.message.findMany({
        where: { workspaceId: desk.workspaceId, mailKey: { in: [...keys.keys()] } },
        select: { mailKey: true, ticketId: true },
      }),
    { reads: true },
  )
  expect(rows).toHaveLength(keys.size)
  const groups = [...Map.groupBy(rows, ({ ticketId }) => ticketId).values()]
  return groups.map((group) => group.map(({ mailKey }) => keys.get(mailKey ?? '') ?? '').sort()).sort()
}

const outcomesOf = (desk: Desk, gmailIds: readonly string[]) =>
  inWorkspace(
    desk.ctx,
    desk.workspaceId,
    (tx) =>
      tx.mailboxMail.findMany({
        where: { workspaceId: desk.workspaceId, gmailId: { in: [...gmailIds] } },
        select: { gmailId: true, state: true, outcome: true },
      }),
    { reads: true },
  )
