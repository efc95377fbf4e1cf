import { mailKeyOf } from '../../../backend/features/tickets/index.ts'
import { inWorkspace } from '../../../backend/platform/tenancy.ts'
import { claimTicket } from '../../../shared/claims.ts'
import { mergeTickets } from '../../../shared/merging.ts'
import { moveTicket, voidTicket } from '../../../shared/tickets.ts'
import { archiveOf } from '../archive.ts'
import { type Desk, SUPPORT } from '../desk.ts'
import type { Random } from '../random.ts'
import { threadingAt } from '../threading-desk.ts'

/** What tickets have been through before mails come for them. */
const PASTS = ['new', 'answered', 'solved', 'closed', 'spam', 'merged', 'claimed', 'plain'] as const
const KINDS = [
  'customer',
  'customer',
  'customer',
  'colleague',
  'thanks',
  'machine',
  'subject',
  'ours',
  'ours',
  'new',
] as const

/** One mail of a plan; `on` is its ticket, `back` which of that ticket's mails it answers, from the newest. */
type Step = { kind: (typeof KINDS)[number]; on: number; back: number }

/** Mails for tickets that have been through anything, in an order that anybody might write them in. */
export const planOf = (random: Random, mails: number): Step[] =>
  Array.from({ length: mails }, () => ({
    kind: KINDS[Math.floor(random() * KINDS.length)] ?? 'customer',
    on: Math.floor(random() * PASTS.length),
    back: Math.floor(random() * 3),
  }))

/** What mails became: names are those of the plan, times count from its begin, so that two worlds can be held against each other. */
export type World = { mails: Record<string, unknown>[]; tickets: Record<string, unknown>[] }

/**
 * Lets the mails of a plan come to tickets of their own.
 * @param mark of this world's people and ids
 * @param together whether all of them are filed in one batch; else each before the next comes
 */
export async function worldOf(desk: Desk, plan: readonly Step[], mark: string, together: boolean): Promise<World> {
  const at = threadingAt(desk)
  const { poll } = archiveOf(desk)
  const said: string[][] = PASTS.map((_, on) => [`${mark}.${on}.0@x`])
  const names = new Map(said.flat().map((id) => [mailKeyOf(`<${id}>`), id.replace(mark, '')]))
  const name = (id: string, label: string): void => void names.set(mailKeyOf(`<${id}>`), label)
  const person = (on: number) => `p${on}@${mark}.example`
  for (const [on] of PASTS.entries()) {
    await desk.travel('1 min') // a moment is the name of its mail
    at.deliver({ from: person(on), id: `${mark}.${on}.0@x`, subject: `Matter ${on} of ${mark}` })
  }
  await poll()
  await prepare(desk, mark, async (on) => name(await ours(desk, person(on), on, mark, said), `ours ${on}`))
  for (const [n, { kind, on, back }] of plan.entries()) {
    await desk.travel('1 min')
    const id = `${mark}.${on}.${n + 1}@x`
    const mails = said[on] ?? []
    const about = { inReplyTo: mails.at(-1 - back) ?? mails[0] ?? '', references: [...mails] }
    const subject = `Re: Matter ${on} of ${mark}`
    name(id, `mail ${n}`)
    if (kind === 'ours') name(await ours(desk, person(on), on, mark, said), `mail ${n}`)
    else if (kind === 'new')
      at.deliver({ from: `n${n}@${mark}.example`, id, subject: `Something else ${n} of ${mark}` })
    else {
      const from = kind === 'colleague' ? `c${on}@${mark}.example` : person(on)
      const text = kind === 'thanks' ? 'Thank you!' : `Words ${n}.`
      const headers = kind === 'machine' ? { 'Auto-Submitted': 'auto-replied' } : {}
      at.deliver({ from, id, text, headers, ...about, subject: kind === 'subject' ? `Re: Bill ${n}` : subject })
      mails.push(id)
    }
    if (!together) await poll()
  }
  await poll()
  return read(desk, mark, names)
}

let sent = 0

async function ours(desk: Desk, to: string, on: number, mark: string, said: readonly string[][]): Promise<string> {
  const mails = said[on] ?? []
  const id = `${mark}.${on}.ours${++sent}@x`
  const named = mails.map((one) => `<${one}>`)
  const head = {
    From: SUPPORT,
    To: to,
    Subject: `Re: Matter ${on} of ${mark}`,
    'Message-ID': `<${id}>`,
    'In-Reply-To': named.at(-1) ?? '',
    References: named.join(' '),
  }
  const lines = Object.entries(head).map(([name, value]) => `${name}: ${value}\r\n`)
  const mail = desk.google.users.send('sam@fern.example', {
    bytes: Buffer.from(`${lines.join('')}\r\nWe look into it.`),
    at: desk.clock.now(),
  })
  const given = mail.messageId.replace(/[<>]/g, '')
  mails.push(given)
  return given
}

async function prepare(desk: Desk, mark: string, answer: (on: number) => Promise<void>): Promise<void> {
  const card = (on: number) => threadingAt(desk).card(`${mark}.${on}.0@x`)
  const nora = desk.as('nora')
  await desk.travel('1 min')
  await answer(1)
  await archiveOf(desk).poll()
  const [solved, closed, spam, merged, claimed, plain] = await Promise.all([2, 3, 4, 5, 6, 7].map(card))
  if (!solved || !closed || !spam || !merged || !claimed || !plain) throw new Error('Every past has its ticket')
  const move = ({ id, version }: typeof solved, status: 'solved' | 'closed') =>
    nora.call(moveTicket, { params: { ticketId: id }, body: { status, version } })
  await move(solved, 'solved')
  await move(closed, 'closed')
  await nora.call(voidTicket, { params: { ticketId: spam.id }, body: { reason: 'spam', version: spam.version } })
  await desk.as('sam').call(mergeTickets, {
    params: { ticketId: plain.id },
    body: { ticketIds: [merged.id], acrossCustomers: true },
  })
  await nora.call(claimTicket, { params: { ticketId: claimed.id }, body: {} })
  await desk.settle()
}

const TOLD = [
  'mail.received',
  'reply.sent',
  'ticket.moved',
  'ticket.first_responded',
  'ticket.unvoided',
  'ticket.created',
]
const wordsOf = (type: string, payload: object): string =>
  JSON.stringify([
    type,
    Object.entries(payload)
      .filter(([key]) => !LEFT_OUT.test(key))
      .sort(),
  ])

/** Ids differ from world to world, and seconds by what the machine took. */
const LEFT_OUT = /^(customerId|mailboxId|followsId|messageId|staffId|seconds)$/

async function read(desk: Desk, mark: string, names: ReadonlyMap<string, string>): Promise<World> {
  const { ctx, workspaceId } = desk
  return inWorkspace(
    ctx,
    workspaceId,
    async (tx) => {
      const customers = await tx.customer.findMany({ where: { workspaceId, email: { endsWith: `@${mark}.example` } } })
      const tickets = await tx.ticket.findMany({
        where: { workspaceId, customerId: { in: customers.map(({ id }) => id) } },
        orderBy: { createdAt: 'asc' },
      })
      const ids = tickets.map(({ id }) => id)
      const messages = await tx.message.findMany({
        where: { workspaceId, ticketId: { in: ids } },
        orderBy: [{ sentAt: 'asc' }, { id: 'asc' }],
      })
      const events = await tx.event.findMany({
        where: { workspaceId, ticketId: { in: ids }, type: { in: TOLD } },
      })
      const ofThese = { where: { workspaceId, ticketId: { in: ids } } }
      const claims = await tx.ticketClaim.findMany(ofThese)
      const idle = await tx.idleTicket.findMany(ofThese)
      const words = await tx.searchDocument.findMany({ ...ofThese, select: { ticketId: true } })
      const mailOf = ({ mailKey }: { mailKey: string | null }) => names.get(mailKey ?? '') ?? 'unknown'
      const nameOf = (id: string | null) =>
        messages
          .filter(({ ticketId }) => ticketId === id)
          .map(mailOf)
          .sort()[0] ?? null
      /** Times are told by the mail of that moment. */
      const when = (time: Date | null) =>
        messages
          .filter(({ sentAt }) => sentAt.getTime() === time?.getTime())
          .map(mailOf)
          .sort()[0] ?? 'no mail'
      return {
        mails: messages
          .map((mail) => ({
            mail: mailOf(mail),
            ticket: nameOf(mail.ticketId),
            direction: mail.direction,
            why: mail.why,
            automatic: mail.automatic,
          }))
          .sort((a, b) => (a.mail < b.mail ? -1 : 1)),
        tickets: tickets
          .map((ticket) => ({
            name: nameOf(ticket.id),
            status: ticket.status,
            voidReason: ticket.voidReason,
            messages: ticket.messageCount,
            follows: nameOf(ticket.followsId),
            mergedInto: nameOf(ticket.mergedIntoId),
            waitsSince: when(ticket.queueAt),
            last: when(ticket.lastMessageAt),
            firstResponse: when(ticket.firstResponseAt),
            thanks: when(ticket.thanksAt),
            doubled: claims.filter(({ ticketId, doubledAt }) => ticketId === ticket.id && doubledAt !== null).length,
            quiet: idle.find(({ ticketId }) => ticketId === ticket.id)?.status ?? null,
            found: words.filter(({ ticketId }) => ticketId === ticket.id).length,
            told: events
              .filter(({ ticketId }) => ticketId === ticket.id)
              .map(({ type, payload }) => wordsOf(type, payload as object))
              .sort(),
          }))
          .sort((a, b) => ((a.name ?? '') < (b.name ?? '') ? -1 : 1)),
      }
    },
    { reads: true },
  )
}
