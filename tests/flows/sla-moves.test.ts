import { afterAll, beforeAll, expect, test } from '@jest/globals'
import pg from 'pg'
import { NEVER } from '../../backend/features/sla/keeping/rows.ts'
import { writeJudged } from '../../backend/features/sla/keeping/stale.ts'
import { adopt, reapply } from '../../backend/features/sla/reapplying.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { mergeTickets, splitTicket, undoRegrouping } from '../../shared/merging.ts'
import { getSlaRules, writeSlaRules } from '../../shared/sla.ts'
import { listMessages } from '../../shared/tickets.ts'
import { type ShopDesk, startShopDesk } from '../support/shop.ts'
import { type SlaDesk, slaDesk } from '../support/sla-desk.ts'

let shops: ShopDesk
let desk: SlaDesk
let owner: pg.Client
beforeAll(async () => {
  shops = await startShopDesk({ connect: ['fern.myshopify.com'] })
  desk = slaDesk(shops)
  owner = new pg.Client({ connectionString: desk.database.ownerUrl })
  await owner.connect()
})
afterAll(async () => {
  await owner.end()
  await desk.stop()
})

const nora = () => desk.as('nora')
const merge = (into: string, ...ticketIds: string[]) =>
  nora().call(mergeTickets, { params: { ticketId: into }, body: { ticketIds } })
async function undo(type: string, ticketId: string) {
  const [newest] = (await desk.events(type)).filter((event) => event.ticketId === ticketId).reverse()
  if (!newest) throw new Error(`No ${type}`)
  const { regroupingId } = newest.payload as { regroupingId: string }
  await nora().call(undoRegrouping, { params: { ticketId, regroupingId } })
}
/** Hours that a wait has lasted; null when nobody waits. */
async function waited(id: string): Promise<number | null> {
  const open = (await desk.sla(id)).clocks.filter(({ target, state }) => target !== 'resolution' && state === 'running')
  return open[0] ? Math.floor(open[0].usedMinutes / 60) : null
}

test('a survivor waits since the first mail that nobody answered; taken back, each waits as before', async () => {
  const first = await desk.mail()
  await desk.travel('2 h')
  const second = await desk.mail()
  await desk.travel('1 h')
  await merge(second.id, first.id)
  expect([await waited(second.id), await waited(first.id)]).toEqual([3, null])
  expect((await desk.dueAt(first.id)).getUTCFullYear()).toBe(9999)
  await undo('ticket.merged', first.id)
  expect([await waited(second.id), await waited(first.id)]).toEqual([1, 3])
})

test('a chain of merges forgets no mail', async () => {
  const mails = []
  for (let count = 0; count < 3; count++) {
    mails.push(await desk.mail())
    await desk.travel('1 h')
  }
  const [a, b, c] = mails.map(({ id }) => id) as [string, string, string]
  await merge(b, a)
  await merge(c, b)
  expect(await waited(c)).toBe(3)
})

test('a mail that is split out takes its wait along', async () => {
  const mail = await desk.mail()
  await desk.answer(mail)
  await desk.travel('1 h')
  await desk.customerAnswers(mail)
  await desk.travel('2 h')
  const { items } = await nora().call(listMessages, { params: { ticketId: mail.id } })
  const off = await nora().call(splitTicket, { params: { ticketId: mail.id }, body: { messageId: items[0]?.id ?? '' } })
  expect([await waited(mail.id), await waited(off.id)]).toEqual([null, 2])
  await undo('ticket.split', mail.id)
  expect(await waited(mail.id)).toBe(2)
})

test('a policy for VIPs knows them by orders, money or tag in the shop', async () => {
  const rules = await desk.as('ada').call(getSlaRules)
  const [base] = rules.policies
  if (!base) throw new Error('There is a default policy')
  const vip = { ...base, id: crypto.randomUUID(), name: 'VIP', tiers: ['vip' as const] }
  const tiers = { plus: { orders: 2, spent: null, tag: null }, vip: { orders: null, spent: 10_000, tag: 'Vip' } }
  await desk.as('ada').call(writeSlaRules, { body: { ...rules, tiers, policies: [vip, base] } })
  const buyer = (email: string, price: number, tags: string[] = []) => {
    const customer = shops.fern.customer({ email, tags })
    return shops.fern.buy({ customerId: customer.id, lines: [{ title: 'Tea', price }] })
  }
  buyer('rich@home.example', 20_000)
  buyer('small@home.example', 1_000)
  buyer('friend@home.example', 1_000, ['vip', 'press'])
  await desk.settle()
  await shops.tick()
  const policyOf = async (from: string) => (await desk.sla((await desk.mail({ from })).id)).policy?.name
  expect(await policyOf('rich@home.example')).toBe('VIP')
  expect(await policyOf('friend@home.example')).toBe('VIP')
  expect(await policyOf('small@home.example')).toBe('Default')
  expect(await policyOf('stranger@home.example')).toBe('Default')
  expect((await desk.sla((await desk.mail({ from: 'rich@home.example' })).id)).policy?.because).toContain(
    'the customer is VIP',
  )
})

test('tickets that were open before there were clocks get theirs from the record', async () => {
  const mail = await desk.mail()
  await desk.travel('1 h')
  await desk.answer(mail)
  await desk.customerAnswers(mail)
  await desk.travel('2 h')
  const before = await desk.sla(mail.id)
  await owner.query('delete from desk.sla_clock where ticket_id = $1', [mail.id])
  await owner.query(`update desk.ticket set due_at = '9999-12-31' where id = $1`, [mail.id])
  await adopt(desk.ctx, desk.workspaceId)
  expect(await desk.sla(mail.id)).toEqual(before)
})

const versionOf = async (id: string): Promise<number> =>
  (await owner.query('select rules_version from desk.sla_clock where ticket_id = $1', [id])).rows[0].rules_version

test('a clock that moves while an edit judges it is left to whoever moved it', async () => {
  const mail = await desk.mail()
  const before = await versionOf(mail.id)
  const row = (seen: string) => ({
    ticketId: mail.id,
    seen,
    marks: [],
    rulesVersion: before + 1,
    policyId: 'default',
    tier: 'standard' as const,
    state: 'paused' as const,
    ...{ firstDueAt: null, nextDueAt: null, resolutionDueAt: null, told: [], checkAt: NEVER, dueAt: NEVER },
  })
  const seenOf = async () =>
    (await owner.query('select xmin::text as seen from desk.sla_clock where ticket_id = $1', [mail.id])).rows[0].seen
  const seen = await seenOf()
  await owner.query('update desk.sla_clock set told = told where ticket_id = $1', [mail.id])
  const write = (one: string) => inWorkspace(desk.ctx, desk.workspaceId, (tx) => writeJudged(tx, [row(one)]))
  const standing = await desk.sla(mail.id)
  await write(seen)
  expect(await versionOf(mail.id)).toBe(before)
  expect(await desk.sla(mail.id)).toEqual(standing)
  await write(await seenOf())
  expect(await versionOf(mail.id)).toBe(before + 1)
})

test('an edit waits for nobody: a ticket that somebody holds is judged in the next round', async () => {
  const mail = await desk.mail()
  const rules = await desk.as('ada').call(getSlaRules)
  const policies = rules.policies.map((policy) => ({
    ...policy,
    targets: { ...policy.targets, normal: { first: 600, next: null, resolution: null } },
  }))
  await desk.as('ada').call(writeSlaRules, { body: { ...rules, policies } })
  await inWorkspace(desk.ctx, desk.workspaceId, async (tx) => {
    await tx.$executeRaw`select from desk.ticket where workspace_id = ${desk.workspaceId}::uuid and id = ${mail.id}::uuid for update`
    await reapply(desk.ctx, desk.workspaceId)
  })
  expect(await versionOf(mail.id)).toBe(rules.version)
  await reapply(desk.ctx, desk.workspaceId)
  expect(await versionOf(mail.id)).toBe(rules.version + 1)
  expect((await desk.newest(mail.id, 'first'))?.limitMinutes).toBe(600)
})
