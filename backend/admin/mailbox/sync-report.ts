import { setTimeout as pause } from 'node:timers/promises'
import type { Ctx } from '../../context.ts'
import { askForSync, checkMailboxes, type MailboxCheck } from '../../features/intake/index.ts'
import { inWorkspace } from '../../platform/tenancy.ts'
import { livingWorkers } from '../queue.ts'
import { minute } from '../table.ts'

const PATIENCE_MS = 60_000
const REGAIN_MS = 10_000
const LOOK_MS = 300

/** Has a mailbox read now, waits for it, and says what came of it. */
export async function reportSync(ctx: Ctx, workspaceId: string, mailboxId: string): Promise<void> {
  const before = await checkOf(ctx, workspaceId, mailboxId)
  await askForSync(ctx, workspaceId, mailboxId)
  if ((await livingWorkers(ctx)) === 0) {
    process.exitCode = 1
    console.log('\nProblem: no worker runs, so nothing is read yet. Start it, then: npm run admin -- mailbox check')
    return
  }
  console.log('\nReading the mailbox ...')
  const after = await settled(ctx, workspaceId, before)
  const read = after.syncedAt?.getTime() !== before.syncedAt?.getTime()
  console.log(inWords(after, read))
  if (after.state !== 'connected' || !read) process.exitCode = 1
}

/** An access that was lost already is given a moment to come back; one that is lost now is told at once. */
async function settled(ctx: Ctx, workspaceId: string, before: MailboxCheck): Promise<MailboxCheck> {
  const deadline = Date.now() + (before.state === 'needs_access' ? REGAIN_MS : PATIENCE_MS)
  for (;;) {
    const check = await checkOf(ctx, workspaceId, before.id)
    const read = check.syncedAt?.getTime() !== before.syncedAt?.getTime()
    const lost = check.state !== 'connected' && (check.state === 'paused' || before.state === 'connected')
    if ((read && check.waiting === 0) || lost || Date.now() > deadline) return check
    await pause(LOOK_MS)
  }
}

function inWords(check: MailboxCheck, read: boolean): string {
  if (check.state === 'paused') return `${check.address} is paused: npm run admin -- mailbox resume ${check.address}`
  if (check.problem) return `Problem: ${check.problem}`
  if (!read) return `Problem: it was not read within ${PATIENCE_MS / 1_000} s. What is wrong: npm run admin -- doctor`
  const lines = check.endings.map(
    ({ outcome, reason, count }) => `  ${count} ${WORDS[outcome] ?? outcome}${reason ? ` (${reason})` : ''}`,
  )
  const news = lines.length > 0 ? `Mails of the last 24 hours:\n${lines.join('\n')}` : 'There was no new mail.'
  const left = check.waiting > 0 ? `\n${check.waiting} more are being filed.` : ''
  return `Read at ${minute(check.syncedAt)}. ${news}${left}${check.resyncing ? '\nEarlier mail is still being brought in.' : ''}`
}

const WORDS: Record<string, string> = {
  ticket: 'became a ticket',
  joined: 'joined a ticket',
  duplicate: 'known already',
  ignored: 'not for the desk',
  suspected_spam: 'put aside as spam',
  quarantined: 'could not be read: see the tickets tagged mail-problem',
}

async function checkOf(ctx: Ctx, workspaceId: string, mailboxId: string): Promise<MailboxCheck> {
  const all = await inWorkspace(ctx, workspaceId, checkMailboxes, { reads: true })
  const found = all.find(({ id }) => id === mailboxId)
  if (!found) throw new Error('The mailbox is gone')
  return found
}
