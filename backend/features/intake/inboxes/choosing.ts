import type { Ctx } from '../../../context.ts'
import type { StaffActor } from '../../../platform/actor.ts'
import { DeskError } from '../../../platform/errors.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { noteChange } from '../../settings/index.ts'
import { connectMailbox } from '../connecting.ts'
import { openSecret } from '../mailboxes.ts'
import { endInbox } from './ending.ts'

/** Whose own inboxes are read from now on, and with what. `key`: a service account's JSON, where none is stored yet. */
export type InboxChoice = { address: string; staffIds: readonly string[]; key: string | null }

type Person = { id: string; email: string }

/**
 * Reads the inboxes of these people and no others. An inbox that is new is proved to be readable first; one that is left out is read no
 * more, and its secret is thrown away.
 * @throws GmailAccessLost where Google does not let us; DeskError invalid_request for what cannot be meant
 */
export async function chooseInboxes(ctx: Ctx, choice: InboxChoice, by: StaffActor): Promise<void> {
  const { before, people, address, key } = await inWorkspace(ctx, by.workspaceId, (tx) => begin(ctx, tx, choice), {
    reads: true,
  })
  const added = people.filter(({ id }) => !before.includes(id))
  if (added.length > 0 && key === null)
    throw new DeskError('invalid_request', 'No service account is known yet: paste its JSON key.')
  for (const { id, email } of added)
    await connectMailbox(
      ctx,
      by.workspaceId,
      { address, archiveAddress: email, access: 'service_account', secret: key ?? '', historyDays: 0, ownerId: id },
      by,
    )
  const after = people.map(({ id }) => id).sort()
  await inWorkspace(ctx, by.workspaceId, async (tx) => {
    for (const id of before) if (!after.includes(id)) await endInbox(tx, id, by)
    await noteChange(tx, await ctx.keyring.box(tx), { setting: 'inboxes', before, after, by })
  })
}

async function begin(ctx: Ctx, tx: Tx, { address, staffIds, key }: InboxChoice) {
  const where = { workspaceId: tx.workspaceId }
  const people: Person[] = await tx.staff.findMany({
    where: { ...where, id: { in: [...staffIds] }, state: { not: 'deactivated' } },
    select: { id: true, email: true },
  })
  const read = await tx.mailbox.findMany({
    where: { ...where, kind: 'agent', state: { not: 'ended' } },
    select: { staffId: true },
  })
  return {
    people,
    address: await sharedAddress(tx, address),
    before: read.flatMap(({ staffId }) => staffId ?? []).sort(),
    key: key === null || key.trim() === '' ? await storedKey(ctx, tx) : checkedKey(key),
  }
}

async function sharedAddress(tx: Tx, wanted: string): Promise<string> {
  const address = wanted.trim().toLowerCase()
  if (!/^[^\s@]+@[^\s@]+$/.test(address))
    throw new DeskError('invalid_request', 'Write the shared address that customers write to.')
  const person = await tx.staff.findFirst({ where: { workspaceId: tx.workspaceId, emailKey: address } })
  if (person) throw new DeskError('invalid_request', `${address} is somebody's own address, not a shared one.`)
  return address
}

/** One that this workspace was connected with already. */
async function storedKey(ctx: Ctx, tx: Tx): Promise<string | null> {
  const mailbox = await tx.mailbox.findFirst({
    where: { workspaceId: tx.workspaceId, access: 'service_account', secret: { not: null } },
    orderBy: { createdAt: 'desc' },
    select: { id: true, secret: true },
  })
  return mailbox?.secret ? openSecret(await ctx.keyring.box(tx), mailbox.id, mailbox.secret) : null
}

function checkedKey(text: string): string {
  const missing = new DeskError('invalid_request', 'This is not the JSON key of a service account.')
  try {
    const key: unknown = JSON.parse(text)
    const fields = typeof key === 'object' && key !== null ? key : {}
    if (!('client_email' in fields) || !('private_key' in fields)) throw missing
    return text
  } catch (error) {
    throw error instanceof SyntaxError ? missing : error
  }
}
