import type { Ctx } from '../../../context.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { queryOf, type Window } from '../backfill/windows.ts'
import { labelsOfRules } from '../mail-rules/labels-of-rules.ts'
import type { OpenMailbox } from '../mailboxes.ts'
import type { Listed } from './differing.ts'

/** Labels of rules that are looked at one by one; who has more rules by labels has them judged by what the mails came with. */
const MOST_LABELS = 20
/** A single second cannot be halved: its pages are read at once, and end in memory with it. */
const MOST_PAGES = 20

/**
 * @param asksLabels whether a mail of this stretch may still be judged by its labels; each of them costs a call
 * @returns ids only; null when a stretch of more than a second holds more than one answer
 */
export async function listedIn(
  ctx: Ctx,
  mailbox: OpenMailbox,
  window: Window,
  asksLabels: boolean,
): Promise<Listed | null> {
  const isDivisible = window.to.getTime() - window.from.getTime() > 1_000
  const all = await idsIn(mailbox, window, undefined, isDivisible ? 1 : MOST_PAGES)
  if (all === null) return null
  const labels = new Map<string, ReadonlySet<string>>()
  for (const label of ['SPAM', 'TRASH', ...(asksLabels ? await labelsAsked(ctx, mailbox) : [])])
    labels.set(label, (await idsIn(mailbox, window, label, MOST_PAGES)) ?? new Set())
  return { all, labels, moves: mailbox.kind === 'archive' }
}

async function idsIn(
  { history }: OpenMailbox,
  window: Window,
  label: string | undefined,
  most: number,
): Promise<ReadonlySet<string> | null> {
  const ids = new Set<string>()
  let pageToken: string | undefined
  for (let pages = 0; pages < most; pages++) {
    const page = await history.messages({
      query: queryOf(window),
      ...(label !== undefined && { labels: [label] }),
      pageToken,
      spamAndTrash: true,
    })
    for (const { id } of page.messages) ids.add(id)
    pageToken = page.nextPageToken
    if (pageToken === undefined) return ids
  }
  return null
}

/** Gmail is asked for names only where rules ask for labels. */
async function labelsAsked(ctx: Ctx, mailbox: OpenMailbox): Promise<string[]> {
  const wanted = await inWorkspace(ctx, mailbox.workspaceId, labelsOfRules, { reads: true })
  if (wanted === null) return []
  return (await mailbox.history.labels())
    .flatMap(({ id, name }) => (wanted(id, name) ? [id] : []))
    .slice(0, MOST_LABELS)
}
