import { z } from 'zod'
import type { Ctx } from '../../../context.ts'
import { systemOf } from '../../../platform/actor.ts'
import { DeskError } from '../../../platform/errors.ts'
import { record } from '../../../platform/events.ts'
import { newId } from '../../../platform/ids.ts'
import { enqueue } from '../../../platform/jobs.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import type { Sender } from '../../shops/index.ts'
import { privacyAsked } from './events.ts'
import { FORGET } from './queueing.ts'
import { type PrivacyKind, sealSubject } from './requests.ts'

/** By law and by Shopify's terms: https://shopify.dev/docs/apps/build/privacy-law-compliance */
const DAYS = 30

const Digits = z.union([z.int(), z.string().regex(/^\d{1,18}$/)]).transform(String)
const Asked = z.object({
  shop_domain: z.string(),
  customer: z.object({ id: Digits.nullish(), email: z.string().nullish(), phone: z.string().nullish() }).nullish(),
  orders_requested: z.array(Digits).nullish(),
  orders_to_redact: z.array(Digits).nullish(),
})

/**
 * Keeps what Shopify asks in a customer's or a shop's name; forgetting begins at once, telling is a person's.
 * @throws DeskError unauthenticated for a body that was signed for another shop, invalid_request for one that is no such request
 */
export async function takePrivacyRequest(
  ctx: Ctx,
  tx: Tx,
  { shopId, domain }: Sender,
  kind: PrivacyKind,
  body: Buffer,
): Promise<void> {
  const asked = parse(body)
  // One app may serve several shops with one secret, and the header with the shop's name is not signed.
  if (asked.shop_domain.toLowerCase() !== domain)
    throw new DeskError('unauthenticated', 'This request was signed for another shop.')
  const { customer, orders_requested: requested, orders_to_redact: redacted } = asked
  const id = newId(tx.now)
  const subject = {
    orders: [...new Set([...(requested ?? []), ...(redacted ?? [])])],
    email: customer?.email ?? null,
    phone: customer?.phone ?? null,
  }
  await tx.privacyRequest.create({
    data: {
      workspaceId: tx.workspaceId,
      id,
      shopId,
      kind,
      customer: customer?.id ?? null,
      subject: sealSubject(await ctx.keyring.box(tx), id, subject),
      askedAt: tx.now,
      dueAt: new Date(tx.now.getTime() + DAYS * 86_400_000),
    },
  })
  await record(tx, [privacyAsked({ requestId: id, shopId, kind, by: systemOf(tx.workspaceId) })])
  if (kind !== 'data_request') await enqueue(tx, FORGET, { requestId: id })
}

function parse(body: Buffer): z.infer<typeof Asked> {
  try {
    return Asked.parse(JSON.parse(body.toString('utf8')))
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof z.ZodError)) throw error
    throw new DeskError('invalid_request', 'This is no privacy request as Shopify sends them.', { cause: error })
  }
}
