import { randomUUID } from 'node:crypto'
import { connectMailbox } from '../../backend/features/intake/index.ts'
import { addDomain, createWorkspace, inviteStaff } from '../../backend/features/settings/index.ts'
import { systemOf } from '../../backend/platform/actor.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import type { Google } from '../emulators/google/google.ts'
import { SAVED_REPLIES, SHOP, STAFF, type StaffSeed } from '../scenarios/fern-and-fig.ts'
import type { RunningBackend } from './backend.ts'
import { callAs } from './desk-api.ts'
import type { Secrets } from './secrets.ts'

type Ctx = RunningBackend['ctx']

/** The shop's workspace with its domain, people and mailbox, made by the backend's own acts. */
export async function makeWorkspace(ctx: Ctx, { refreshToken }: Secrets, staff: readonly StaffSeed[]): Promise<string> {
  const { workspaceId } = await createWorkspace(ctx, SHOP.name)
  const by = systemOf(workspaceId)
  await addDomain(ctx, workspaceId, SHOP.domain)
  for (const person of staff) await inviteStaff(ctx, workspaceId, person, by)
  const { mailboxId } = await connectMailbox(ctx, workspaceId, {
    address: SHOP.support,
    archiveAddress: SHOP.archive,
    access: 'refresh_token',
    secret: refreshToken,
  })
  await connectedBefore(ctx, workspaceId, mailboxId)
  return workspaceId
}

const STORY_MS = 30 * 86_400_000

/** The story's mails come in days before now; to a mailbox that was connected only now they would be history. */
const connectedBefore = (ctx: Ctx, workspaceId: string, id: string) =>
  inWorkspace(ctx, workspaceId, (tx) =>
    tx.mailbox.update({
      where: { workspaceId_id: { workspaceId, id } },
      data: { createdAt: new Date(tx.now.getTime() - STORY_MS) },
    }),
  )

/** What the shop's supervisor wrote for everybody to use. */
export async function writeSavedReplies(google: Google, { url }: RunningBackend): Promise<void> {
  const supervisor = STAFF.find(({ role }) => role === 'supervisor')
  if (!supervisor) throw new Error('The shop has no supervisor')
  for (const reply of SAVED_REPLIES)
    await callAs(google, supervisor.email, `${url}/v1/saved-replies/${randomUUID()}`, 'PUT', reply)
}

/** How many mails of the archive the backend has brought to an end. */
export const mailsRead = (ctx: Ctx, workspaceId: string): Promise<number> =>
  inWorkspace(ctx, workspaceId, (tx) => tx.mailboxMail.count({ where: { workspaceId, endedAt: { not: null } } }), {
    reads: true,
  })
