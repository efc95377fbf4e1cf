import type { Ctx } from '../../context.ts'
import { checkMailboxes, type MailboxCheck, type Seen, seenBy } from '../../features/intake/index.ts'
import { inWorkspace } from '../../platform/tenancy.ts'
import type { KnownWorkspace } from '../choosing.ts'
import { ago, type Check, note, ok, problem, several } from './check.ts'
import { checkAccess } from './gmail.ts'

const STALE_MS = 5 * 60_000
const WAITING_MS = 10 * 60_000

/** Every mailbox: what Google says now, and what reading it has shown. */
export async function checkWorkspaceMailboxes(ctx: Ctx, { id }: KnownWorkspace): Promise<Check[]> {
  const mailboxes = await inWorkspace(ctx, id, checkMailboxes, { reads: true })
  if (mailboxes.length === 0)
    return [problem('mailbox', 'No mailbox is connected.', 'npm run admin -- mailbox connect support@example.com')]
  const checks: Check[] = []
  for (const mailbox of mailboxes) {
    const found = await checkMailbox(ctx, id, mailbox)
    checks.push(...found.map((check) => ({ ...check, about: `${mailbox.address}: ${check.about}` })))
  }
  return checks
}

async function checkMailbox(ctx: Ctx, workspaceId: string, mailbox: MailboxCheck): Promise<Check[]> {
  const seen = await inWorkspace(ctx, workspaceId, (tx) => seenBy(tx, mailbox.id), { reads: true })
  const now = ctx.clock.now()
  return [
    ...(await checkAccess(ctx, workspaceId, mailbox, seen.cursor)),
    reading(mailbox, now),
    ...work(mailbox, seen, now),
    ...watching(ctx, mailbox, now),
    ...ways(mailbox, seen),
  ]
}

function reading({ state, syncedAt, address }: MailboxCheck, now: Date): Check {
  if (state === 'paused') return problem('reading', 'It is paused.', `npm run admin -- mailbox resume ${address}`)
  if (syncedAt === null)
    return problem('reading', 'It was never read.', 'Start the worker, then: npm run admin -- mailbox check')
  const last = `last read ${ago(syncedAt, now)}`
  if (now.getTime() - syncedAt.getTime() <= STALE_MS) return ok('reading', last)
  return problem(
    'reading',
    `It was ${last}; once a minute is normal.`,
    `Start the worker, then: npm run admin -- mailbox check ${address}`,
  )
}

function work(
  { waiting, unread, oldestWaitingAt, resyncing, endings }: MailboxCheck,
  { quarantined }: Seen,
  now: Date,
): Check[] {
  const spam = endings.filter(({ outcome }) => outcome === 'suspected_spam').reduce((sum, { count }) => sum + count, 0)
  const late = oldestWaitingAt !== null && now.getTime() - oldestWaitingAt.getTime() > WAITING_MS
  const checks: Check[] = []
  if (late && oldestWaitingAt)
    checks.push(
      problem(
        'waiting',
        `${several(waiting, 'mail')} not filed yet, the oldest came ${ago(oldestWaitingAt, now)}; ${unread} could not be fetched.`,
        'See the jobs above, and the worker\'s log for "a job failed".',
      ),
    )
  else if (waiting > 0) checks.push(note('waiting', `${several(waiting, 'mail')} being filed.`))
  if (quarantined > 0)
    checks.push(
      problem(
        'unreadable',
        `${several(quarantined, 'mail')} could not be read in the last 7 days. Nothing is lost.`,
        'Answer from Gmail: the tickets tagged mail-problem name them.',
      ),
    )
  if (spam > 0)
    checks.push(
      note(
        'spam',
        `${several(spam, 'mail')} put aside as spam in 24 hours.`,
        'Look into the spam folder of the archive; "Not spam" brings a mail back.',
      ),
    )
  if (resyncing) checks.push(note('reading', 'Earlier mail is being read once more.'))
  return checks
}

function watching({ config }: Ctx, { watchEndsAt }: MailboxCheck, now: Date): Check[] {
  if (!config.pubSub.topic) return []
  if (watchEndsAt !== null && watchEndsAt > now)
    return [ok('push', `Google pushes until ${watchEndsAt.toISOString().slice(0, 10)}`)]
  return [
    problem(
      'push',
      watchEndsAt === null ? 'Google was not asked for pushes.' : 'The watch has ended; new mail takes up to a minute.',
      'It is renewed daily by the worker. If it stays: give gmail-api-push@system.gserviceaccount.com the role Pub/Sub Publisher on the topic.',
    ),
  ]
}

function ways({ archiveAddress, address }: MailboxCheck, { customerMail, agentCopy }: Seen): Check[] {
  return [
    customerMail
      ? ok('delivery', 'customer mail was read')
      : problem(
          'delivery',
          `No customer mail was ever read in ${archiveAddress}.`,
          `Probably the Group does not deliver to it: make ${archiveAddress} a member of ${address} with "Each email". Prove it: npm run admin -- mailbox test ${address}`,
        ),
    agentCopy
      ? ok('sent mail', "agents' mail was read")
      : note(
          'sent mail',
          'No mail that an agent sent was read in the last 7 days.',
          `If agents do answer, the routing rule is missing: docs/guides/first-mailbox.md, step 5.`,
        ),
  ]
}
