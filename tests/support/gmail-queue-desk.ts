import { connectMailbox, tickGmailQueue } from '../../backend/features/intake/index.ts'
import { enqueue } from '../../backend/platform/jobs.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { switchGmailQueue } from '../../shared/gmail-queue.ts'
import { assignTicket, lookUpTicket, moveTicket, type TicketCardView } from '../../shared/tickets.ts'
import { archiveOf } from './archive.ts'
import { type Desk, type StaffName, SUPPORT } from './desk.ts'
import { robotKey } from './service-account.ts'

type Wrote = { id: string; number: string; version: number; messageId: string; from: string }

/** What people do in their own Gmail, and what the desk does there with labels. @param desk the one of a story that has begun */
export function gmailQueueHands(desk: () => Desk) {
  let people = 0
  const inboxes = { nora: '', sam: '' }

  /** Nora's and Sam's inboxes are read, and both have their labels, as the archive has. */
  async function begin() {
    for (const name of ['nora', 'sam'] as const) inboxes[name] = await readInbox(name)
    for (const mailboxId of [desk().mailbox.mailboxId, inboxes.nora, inboxes.sam]) await turn(mailboxId, true, true)
    await desk().settle()
  }

  const addressOf = (name: string) => `${name}@fern.example`
  const readInbox = async (name: StaffName) =>
    (
      await connectMailbox(desk().ctx, desk().workspaceId, {
        address: SUPPORT,
        archiveAddress: addressOf(name),
        access: 'service_account',
        secret: robotKey(),
        historyDays: 0,
        ownerId: desk().staff[name].id,
      })
    ).mailboxId

  async function turn(mailboxId: string, labels: boolean, archive: boolean) {
    await desk().as('ada').call(switchGmailQueue, { params: { mailboxId }, body: { labels, archive } })
    await desk().settle()
  }

  /** Somebody's own Gmail, as they use it. */
  const gmailOf = (name: string) =>
    desk().ctx.gmail.mailbox({
      mailboxId: name,
      address: addressOf(name),
      access: 'service_account',
      secret: robotKey(),
    })

  async function settle() {
    await archiveOf(desk()).poll()
  }

  async function wrote(subject = `Queue ${++people}`): Promise<Wrote> {
    const from = `q${++people}@home.example`
    const { messageId } = await desk().google.customers.write({ from, to: SUPPORT, subject, text: 'Where is it?' })
    await settle()
    await settle()
    const ticket = await ticketOf(messageId)
    return { ...ticket, messageId, from }
  }

  async function ticketOf(messageId: string): Promise<TicketCardView> {
    const { ticket } = await desk().as('nora').call(lookUpTicket, { body: { messageId } })
    if (!ticket) throw new Error('No ticket was made')
    return ticket
  }

  /** Names of the labels that a mail carries in somebody's Gmail, those of the desk and the inbox. */
  async function labelsAt(name: string, messageId: string): Promise<string[]> {
    const gmail = gmailOf(name)
    const [found] = await gmail.findByMessageId(messageId)
    const mail = await gmail.header(found?.id ?? '')
    const names = new Map((await gmail.labels()).map((label) => [label.id, label.name]))
    return (mail?.labelIds ?? [])
      .map((id) => names.get(id) ?? id)
      .filter((label) => label.startsWith('Desk/') || label === 'INBOX')
      .sort()
  }

  /** Somebody puts labels on a mail in their own inbox and takes others off, by name. */
  async function moved(name: string, messageId: string, change: { add?: string[]; remove?: string[] }) {
    const gmail = gmailOf(name)
    const [found] = await gmail.findByMessageId(messageId)
    const labels = await gmail.labels()
    const idsOf = (names: string[] = []) =>
      names.map((wanted) => labels.find((label) => label.name === wanted)?.id ?? wanted)
    await gmail.modify(found?.id ?? '', { add: idsOf(change.add), remove: idsOf(change.remove) })
  }

  const give = async (ticket: { messageId: string }, to: StaffName | null) => {
    const { id, version } = await ticketOf(ticket.messageId)
    const assigneeId = to === null ? ('nobody' as const) : desk().staff[to].id
    await desk()
      .as('vera')
      .call(assignTicket, { params: { ticketId: id }, body: { assigneeId, version } })
    await desk().settle()
  }

  const move = async (ticket: { messageId: string }, status: 'solved' | 'open') => {
    const { id, version } = await ticketOf(ticket.messageId)
    await desk()
      .as('vera')
      .call(moveTicket, { params: { ticketId: id }, body: { status, version } })
    await desk().settle()
  }

  const calls = (name: string) => {
    const { calls: made } = desk().google.quota.of(addressOf(name))
    return (made['gmail.users.messages.modify'] ?? 0) + (made['gmail.users.messages.batchModify'] ?? 0)
  }

  const tick = async () => {
    await inWorkspace(desk().ctx, desk().workspaceId, (tx) => enqueue(tx, tickGmailQueue, {}))
    await settle()
  }

  return { begin, inboxes, addressOf, turn, gmailOf, settle, wrote, ticketOf, labelsAt, moved, give, move, calls, tick }
}
