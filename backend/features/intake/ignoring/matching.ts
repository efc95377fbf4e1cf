import { Prisma } from '../../../generated/prisma/client.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { domainOf, emailKey } from '../../settings/index.ts'
import { goingOnOf } from '../../tickets/index.ts'

/** Entries of the list by address or domain. `proven`: also for mail that is proved to come from there. */
export type Ignored = ReadonlyMap<string, { proven: boolean }>

/** Which of these writers are on the list: one question for many mails. */
export async function ignoredAmong(tx: Tx, addresses: readonly string[]): Promise<Ignored> {
  const keys = [...new Set(addresses.flatMap(keysOfWriter))]
  const rows = await tx.ask<{ key: string; proven: boolean }>(Prisma.sql`
    select key, proven from desk.ignored_sender where workspace_id = ${tx.workspaceId}::uuid and key = any(${keys}::text[])`)
  return new Map(rows.map(({ key, proven }) => [key, { proven }]))
}

/** Whether the list names the writer or their domain at all. */
export const mayBeIgnored = (ignored: Ignored, address: string): boolean =>
  keysOfWriter(address).some((key) => ignored.has(key))

const keysOfWriter = (address: string): [string, string] => [emailKey(address), domainOf(address)]

type Mail = { address: string; provenKey: string | null }

/**
 * The entry that a mail is ignored by; null when it is a mail like any other. Who was forged goes on being heard: an entry that was made
 * of a forged mail means forged mails only.
 */
export function ignoredBy(ignored: Ignored, { address, provenKey }: Mail): string | null {
  const keys = keysOfWriter(address)
  const isProven = provenKey === keys[0]
  return keys.find((each) => ignored.get(each)?.proven === true || (ignored.has(each) && !isProven)) ?? null
}

/** Whether a ticket, or the one it was merged into, is none that was put aside: an answer to it is wanted, whoever writes it. */
export async function livesOn(tx: Tx, ticketId: string): Promise<boolean> {
  const where = { workspaceId_id: { workspaceId: tx.workspaceId, id: await goingOnOf(tx, ticketId) } }
  const ticket = await tx.ticket.findUnique({ where, select: { voidReason: true } })
  return ticket !== null && ticket.voidReason === null
}
