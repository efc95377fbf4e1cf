import { z } from 'zod'
import { systemOf } from '../../../platform/actor.ts'
import { record } from '../../../platform/events.ts'
import type { Box } from '../../../platform/keyring.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { privacyDone } from './events.ts'

export type PrivacyKind = 'data_request' | 'customer_redact' | 'shop_redact'

/** Whom a request is about; empty once it is done. */
export const PrivacySubject = z.object({
  /** Shopify's ids of the orders, as digits. */
  orders: z.array(z.string()),
  email: z.string().nullable(),
  phone: z.string().nullable(),
})
export type PrivacySubject = z.infer<typeof PrivacySubject>

const NOBODY: PrivacySubject = { orders: [], email: null, phone: null }
const AAD = 'privacy_request.subject'

export const sealSubject = (box: Box, requestId: string, subject: PrivacySubject) =>
  box.seal(AAD, requestId, JSON.stringify(subject))

export const openSubject = (box: Box, requestId: string, sealed: Uint8Array): PrivacySubject =>
  PrivacySubject.parse(JSON.parse(box.openText(AAD, requestId, sealed)))

/** Writes down that a request was answered; whom it was about is forgotten with it. Done already changes nothing. */
export async function endRequest(
  tx: Tx,
  box: Box,
  request: { id: string; shopId: string; kind: string },
): Promise<void> {
  const { count } = await tx.privacyRequest.updateMany({
    where: { workspaceId: tx.workspaceId, id: request.id, doneAt: null },
    data: { doneAt: tx.now, subject: sealSubject(box, request.id, NOBODY) },
  })
  if (count === 0) return
  const { id: requestId, shopId, kind } = request
  await record(tx, [privacyDone({ requestId, shopId, kind, by: systemOf(tx.workspaceId) })])
}
