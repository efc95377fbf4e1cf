import type { Ctx } from '../../../context.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import type { Change } from '../changes.ts'
import type { OpenMailbox } from '../mailboxes.ts'
import { revive } from '../storing.ts'
import { askLabels } from './asking.ts'

/**
 * Brings in what was a draft when it was looked at and is a mail now. Which are drafts still, Gmail lists in one call; labels are asked
 * of the others only.
 */
export async function takeSentDrafts(ctx: Ctx, mailbox: OpenMailbox, listed: readonly Change[]): Promise<void> {
  const gmailId = { in: listed.map((change) => change.gmailId) }
  const drafts = await inWorkspace(
    ctx,
    mailbox.workspaceId,
    (tx) =>
      tx.mailboxMail.findMany({
        where: { workspaceId: tx.workspaceId, mailboxId: mailbox.id, gmailId, state: 'ended', reason: 'draft' },
        select: { gmailId: true, threadId: true },
      }),
    { reads: true },
  )
  if (drafts.length === 0) return
  const still = await draftsOf(mailbox)
  const { found, rest } = await askLabels(
    mailbox,
    drafts.filter((draft) => !still.has(draft.gmailId)),
  )
  const sent = found.flatMap(({ mail, labels }) => (labels === null ? [] : [{ ...mail, labels }]))
  if (sent.length > 0) await revive(ctx, mailbox, sent)
  if (rest !== null) throw rest.error
}

/** Gmail lists 500 in an answer; nobody has more drafts than so many pages. */
const MOST_PAGES = 20

async function draftsOf({ history }: OpenMailbox): Promise<ReadonlySet<string>> {
  const ids = new Set<string>()
  let pageToken: string | undefined
  for (let pages = 0; pages < MOST_PAGES; pages++) {
    const page = await history.messages({ labels: ['DRAFT'], pageToken, spamAndTrash: true })
    for (const { id } of page.messages) ids.add(id)
    pageToken = page.nextPageToken
    if (pageToken === undefined) break
  }
  return ids
}
