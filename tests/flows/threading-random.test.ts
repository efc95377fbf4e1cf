import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { connectMailbox } from '../../backend/features/intake/index.ts'
import { mailKeyOf } from '../../backend/features/tickets/index.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { archiveOf } from '../support/archive.ts'
import { type Desk, SUPPORT, startDesk } from '../support/desk.ts'
import { type Random, randomFrom, seedOfRun } from '../support/random.ts'
import { arrivalsOf, conversationsOf, type Written } from '../support/threading/conversations.ts'
import { threadingAt } from '../support/threading-desk.ts'

const SECOND = { address: 'orders@fern.example', archive: 'vera@fern.example' }
const WORLDS = 3
const ORDERS = 3

let desk: Desk
let at: ReturnType<typeof threadingAt>
beforeAll(async () => {
  desk = await startDesk()
  at = threadingAt(desk)
  const secret = desk.google.users.refreshToken(SECOND.archive, 'desk-client')
  await connectMailbox(desk.ctx, desk.workspaceId, {
    address: SECOND.address,
    archiveAddress: SECOND.archive,
    access: 'refresh_token',
    secret,
  })
  await desk.settle()
})
afterAll(() => desk.stop())

/** Delivers mails in this order, now and then settling in between. @returns the Gmail ids that both accounts got */
async function arrive(mails: readonly Written[], random: Random): Promise<string[]> {
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
async function grouped(mails: readonly Written[], mark: string): Promise<string[][]> {
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

const outcomesOf = (gmailIds: readonly string[]) =>
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

test('conversations of several customers over several mailboxes end on the same tickets in whatever order they come', async () => {
  const seed = seedOfRun()
  console.log(`SEED=${seed} repeats this run`)
  const random = randomFrom(seed)
  for (let world = 0; world < WORLDS; world++) {
    const found: string[][][] = []
    const plan = conversationsOf(random)
    for (let order = 0; order < ORDERS; order++) {
      const mark = `w${world}o${order}.`
      const mails = arrivalsOf(plan, { random, mark, shuffled: order > 0, to: [SUPPORT, SECOND.address] })
      const gmailIds = await arrive(mails, random)
      found.push(await grouped(mails, mark))
      const outcomes = await outcomesOf(gmailIds)
      expect(new Set(outcomes.map(({ gmailId }) => gmailId))).toEqual(new Set(gmailIds))
      expect(outcomes.filter(({ state, outcome }) => state !== 'ended' || !ENDS.includes(outcome ?? ''))).toEqual([])
    }
    for (const other of found.slice(1)) expect(other).toEqual(found[0])
    expect(found[0]?.length).toBeGreaterThanOrEqual(plan.conversations)
  }
})

const ENDS = ['ticket', 'joined', 'duplicate']
