import { GmailAccessLost, GmailHistoryGone, type GmailMailbox } from '../../clients/gmail/index.ts'
import type { Ctx } from '../../context.ts'
import { type MailboxCheck, openMailbox } from '../../features/intake/index.ts'
import { DeskError } from '../../platform/errors.ts'
import { aliasProblem } from '../mailbox/alias.ts'
import { type Check, note, ok, problem } from './check.ts'

/** Asks Google now: access, alias, and whether the stored position can be read on from. */
export async function checkAccess(
  ctx: Ctx,
  workspaceId: string,
  mailbox: MailboxCheck,
  cursor: string | null,
): Promise<Check[]> {
  try {
    const gmail = await openMailbox(ctx, workspaceId, mailbox.id)
    await gmail.profile()
    const access = ok('access', `Google lets us read ${mailbox.archiveAddress}`)
    return [access, await alias(gmail, mailbox), ...(await position(gmail, cursor))]
  } catch (error) {
    return [refusal(error, mailbox)]
  }
}

async function alias(gmail: GmailMailbox, { address, archiveAddress }: MailboxCheck): Promise<Check> {
  const missing = aliasProblem(await gmail.sendAs(), address, archiveAddress)
  return missing ? problem('alias', missing.says, missing.todo) : ok('alias', `replies go out as ${address}`)
}

async function position(gmail: GmailMailbox, cursor: string | null): Promise<Check[]> {
  if (cursor === null) return []
  try {
    await gmail.history({ startHistoryId: cursor })
    return [ok('position', 'the change feed goes on from where we stopped')]
  } catch (error) {
    if (!(error instanceof GmailHistoryGone)) throw error
    return [
      note('position', 'The change feed no longer reaches back to where we stopped; the mailbox will be read whole.'),
    ]
  }
}

function refusal(error: unknown, { address, archiveAddress }: MailboxCheck): Check {
  if (error instanceof GmailAccessLost)
    return problem('access', error.message, `npm run admin -- mailbox connect ${address}`)
  if (error instanceof DeskError)
    return problem(
      'access',
      `Google did not answer for ${archiveAddress}: ${error.message}`,
      'Try again; check that this machine may call Google.',
    )
  const why = error instanceof Error ? error.message : String(error)
  return problem(
    'access',
    `The stored access cannot be opened: ${why}`,
    'Is MASTER_KEY the key of this database? An earlier one belongs into MASTER_KEYS_BEFORE.',
  )
}
