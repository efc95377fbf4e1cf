import { replyIn } from '../../../backend/features/intake/parsing/reply/reply.ts'
import { textOfHtml } from '../../../backend/features/intake/parsing/text.ts'
import { inWorkspace } from '../../../backend/platform/tenancy.ts'
import { listMessages } from '../../../shared/tickets.ts'
import { type Desk, SUPPORT } from '../../support/desk.ts'
import type { Found } from './comparing.ts'
import type { Sample } from './sets.ts'

/** `lost`: no outcome after the desk came to rest. */
export type Ended = { found: Found; lost: boolean; quarantined: boolean }

/** Hands mails to an emulated Gmail, lets a whole desk read them, and asks it what it made of each. */
export async function throughIntake(desk: Desk, samples: readonly Sample[]): Promise<Map<Sample, Ended>> {
  const ids = new Map<Sample, string>()
  for (const sample of samples) {
    const { copies } = desk.google.deliver(sample.bytes, { from: 'corpus@elsewhere.example', to: [SUPPORT] })
    ids.set(sample, copies.find(({ mailbox }) => mailbox.startsWith('archive@'))?.id ?? '')
    if (ids.size % 50 === 0) await desk.settle()
  }
  await desk.settle()
  const rows = new Map((await rowsOf(desk)).map((row) => [row.gmailId, row]))
  const tickets = new Map([...ids].map(([sample, id]) => [sample, rows.get(id)?.ticketId ?? null]))
  const ended = new Map<Sample, Ended>()
  for (const [sample, id] of ids) {
    const row = rows.get(id)
    const first = [...tickets].find(([, ticketId]) => ticketId !== null && ticketId === row?.ticketId)?.[0]
    const found: Found = {
      outcome: row?.outcome ?? 'none',
      ...(row && { thread: first === undefined || first === sample ? 'new' : first.name }),
      ...(row?.ticketId && row.messageId && (await messageOf(desk, row.ticketId, row.messageId))),
      ...(row && (await reportOf(desk, sample))),
    }
    ended.set(sample, { found, lost: row?.state !== 'ended', quarantined: row?.outcome === 'quarantined' })
  }
  return ended
}

type Row = { gmailId: string; state: string; outcome: string | null; messageId: string | null; ticketId: string | null }

const rowsOf = (desk: Desk): Promise<Row[]> =>
  inWorkspace(
    desk.ctx,
    desk.workspaceId,
    (tx) => tx.$queryRaw<Row[]>`
      select mm.gmail_id as "gmailId", mm.state, mm.outcome, mm.message_id::text as "messageId", m.ticket_id::text as "ticketId"
      from desk.mailbox_mail mm left join desk.message m on m.workspace_id = mm.workspace_id and m.id = mm.message_id
      where mm.workspace_id = ${desk.workspaceId}::uuid`,
    { reads: true },
  )

/** As an agent reads it. */
async function messageOf(desk: Desk, ticketId: string, messageId: string): Promise<Found> {
  const { items } = await desk.as('nora').call(listMessages, { params: { ticketId }, query: { limit: 100 } })
  const message = items.find(({ id }) => id === messageId)
  if (!message) return {}
  const row = await inWorkspace(
    desk.ctx,
    desk.workspaceId,
    async (tx) => {
      const where = { workspaceId_id: { workspaceId: tx.workspaceId, id: messageId } }
      const { automatic, envelope } = await tx.message.findUniqueOrThrow({
        where,
        select: { automatic: true, envelope: true },
      })
      const head = JSON.parse((await desk.ctx.keyring.box(tx)).openText('message.envelope', messageId, envelope))
      return { automatic, from: head.from.address as string }
    },
    { reads: true },
  )
  return {
    subject: message.subject,
    from: row.from,
    body: message.text,
    reply: message.reply ?? message.text,
    attachments: message.attachments.map(({ name }) => name),
    autoReply: row.automatic,
  }
}

/** Whom a mail reports as not reached, by the same parser processes; where it has no fields for that, whom its words name. */
async function reportOf(desk: Desk, sample: Sample): Promise<Found> {
  const mail = await desk.ctx.mailParser.parse(sample.bytes).catch(() => null)
  if (!mail) return {}
  const failed = mail.returned?.recipients.filter(({ kind }) => kind !== 'delivered') ?? []
  const named = failed.length > 0 ? failed.map(({ address }) => address) : (mail.returned?.mentioned ?? [])
  return { bounce: mail.returned ? named : null }
}

/** A body alone, by the trimmer alone. */
export function throughTrimmer({ kind, bytes }: Sample): Found {
  const text = bytes.toString('utf8').replace(/\r\n?/g, '\n')
  return { reply: replyIn(kind === 'html' ? textOfHtml(text) : text) }
}
