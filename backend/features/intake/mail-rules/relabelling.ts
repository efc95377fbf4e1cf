import type { Ctx } from '../../../context.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import type { Labelled } from '../changes.ts'
import type { OpenMailbox } from '../mailboxes.ts'
import { rejudge } from './rejudging.ts'

/**
 * Labels that people put on mails after they came: what waits to be filed, and what a rule ignored, has them from now on, and rules
 * judge anew what they ignored. All other mails are decided, and keep the labels that they came with.
 */
export async function followRelabelled(ctx: Ctx, mailbox: OpenMailbox, labelled: readonly Labelled[]): Promise<void> {
  const changes = netOf(labelled)
  if (changes.length === 0) return
  await inWorkspace(ctx, mailbox.workspaceId, async (tx) => {
    const changed = await tx.$queryRaw<{ gmailId: string; state: string }[]>`
      with net as (select * from unnest(${changes.map(({ gmailId }) => gmailId)}::text[], ${changes.map(({ added }) => added.join(' '))}::text[],
        ${changes.map(({ removed }) => removed.join(' '))}::text[]) as n (gmail_id, added, removed))
      update desk.mailbox_mail m set labels = array(
        select l from unnest(m.labels) l where l <> all (string_to_array(n.removed, ' ')) and l <> all (string_to_array(n.added, ' '))
        union all select l from unnest(string_to_array(n.added, ' ')) l where l <> '')
      from net n
      where m.workspace_id = ${tx.workspaceId}::uuid and m.mailbox_id = ${mailbox.id}::uuid and m.gmail_id = n.gmail_id
        and (m.state = 'received' or (m.outcome = 'ignored' and m.reason = 'mail_rule'))
      returning m.gmail_id as "gmailId", m.state`
    const ignored = changed.filter(({ state }) => state === 'ended').map(({ gmailId }) => gmailId)
    await rejudge(tx, mailbox.id, ignored)
  })
}

type Net = { gmailId: string; added: string[]; removed: string[] }

/** What was put on and taken off again is no change; ids of labels hold no space. */
function netOf(labelled: readonly Labelled[]): Net[] {
  const net = new Map<string, Map<string, boolean>>()
  for (const { gmailId, added, removed } of labelled) {
    const labels = net.get(gmailId) ?? new Map<string, boolean>()
    for (const label of added) labels.set(label, true)
    for (const label of removed) labels.set(label, false)
    net.set(gmailId, labels)
  }
  return [...net].map(([gmailId, labels]) => ({
    gmailId,
    added: [...labels].flatMap(([label, on]) => (on ? [label] : [])),
    removed: [...labels].flatMap(([label, on]) => (on ? [] : [label])),
  }))
}
