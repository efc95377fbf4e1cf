import type { GmailMailbox } from '../../../clients/gmail/index.ts'
import type { Tx } from '../../../platform/tenancy.ts'

/** The shared addresses that customers write to. */
export async function sharedAddresses(tx: Tx): Promise<string[]> {
  const rows = await tx.$queryRaw<{ address: string }[]>`
    select distinct m.address from desk.mailbox m where m.workspace_id = ${tx.workspaceId}::uuid and m.state <> 'ended' order by m.address`
  return rows.map(({ address }) => address)
}

/**
 * Somebody's own inbox, of which whoever lists it sees nothing but mail from and to the shared addresses: a new reading, a count or a
 * search tells us of no other mail, whoever writes it.
 */
export const onlyOurs = (gmail: GmailMailbox, shared: readonly string[]): GmailMailbox => ({
  ...gmail,
  messages: (asked) => gmail.messages({ ...asked, query: narrowed(asked.query ?? '', shared) }),
})

/** In Gmail's search language. */
function narrowed(query: string, shared: readonly string[]): string {
  const places = shared.flatMap((address) =>
    ['to', 'from', 'cc', 'bcc', 'deliveredto'].map((word) => `${word}:${address}`),
  )
  return `${query} {${places.join(' ')}}`.trim()
}
