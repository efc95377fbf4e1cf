import type { Signer } from '../../platform/signer.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { ticketWithNumber } from './finding.ts'
import { goingOnOf } from './locking.ts'
import { parseNumber } from './numbers.ts'

const NAMED = /^<?(TKT-\d+)\.([\w-]+)@notice\.sidedesk>?$/

/**
 * What a notice to one of the team names as the mail that it answers, so that the panel shows the ticket beside it. It is no mail of
 * anybody, and says nothing of the customer.
 * @param number as people read it
 */
export const noticeReference = (signer: Signer, workspaceId: string, number: string): string =>
  `<${number}.${signer.mac('notice-reference', `${workspaceId}/${number}`)}@notice.sidedesk>`

/** The ticket that an open notice is about, or where that went; null when it is none of ours. */
export async function ticketOfNotice(signer: Signer, tx: Tx, references: readonly string[]): Promise<string | null> {
  const number = references.map((reference) => numberIn(signer, tx.workspaceId, reference)).find((one) => one !== null)
  const id = number ? await ticketWithNumber(tx, parseNumber(number)) : null
  return id && goingOnOf(tx, id)
}

function numberIn(signer: Signer, workspaceId: string, reference: string): string | null {
  const [, number = '', mac = ''] = NAMED.exec(reference.trim()) ?? []
  return number !== '' && signer.verify('notice-reference', `${workspaceId}/${number}`, mac) ? number : null
}
