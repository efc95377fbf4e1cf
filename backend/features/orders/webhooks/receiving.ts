import express, { type Express, type Request, type Response } from 'express'
import { LIMITS } from '../../../../shared/limits.ts'
import { verifyWebhook } from '../../../clients/shopify/index.ts'
import type { Ctx } from '../../../context.ts'
import { hashOf } from '../../../platform/crypto.ts'
import { DeskError } from '../../../platform/errors.ts'
import { type Sender, type Senders, shopSenders } from '../../shops/index.ts'
import { WEBHOOKS } from './queueing.ts'
import { type Outcome, take } from './taking.ts'
import { subjectOf } from './topics.ts'

/**
 * Where Shopify delivers: signed over the bytes as they came, so it has to be mounted before anything reads a body. It remembers what
 * changed and answers; reading the order is a job's.
 * https://shopify.dev/docs/apps/build/webhooks/subscribe/https
 */
export function mountShopWebhooks(app: Express, ctx: Ctx): void {
  const senders = shopSenders(ctx)
  const raw = express.raw({ type: () => true, limit: LIMITS.bodyBytes })
  app.post(WEBHOOKS, raw, async (request, response) => {
    response.locals.endpoint = `POST ${WEBHOOKS}`
    await receive(ctx, senders, request, response)
  })
}

async function receive(ctx: Ctx, senders: Senders, request: Request, response: Response): Promise<void> {
  const topic = request.header('x-shopify-topic') ?? ''
  const count = (outcome: Outcome | 'refused') =>
    ctx.metrics.webhooks.inc({ system: 'shopify', topic: subjectOf(topic) ? topic : 'other', outcome })
  try {
    // Without a body there is no Buffer.
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
    const sender = await proved(ctx, senders, { request, body, topic })
    count(await take(ctx, sender, { topic, event: eventOf(request, topic, body), body }))
    response.status(200).json({ accepted: true })
  } catch (error) {
    count('refused')
    throw error
  }
}

/** Deliveries of one act share the event id, over several topics and several orders: what they say tells them apart. */
const eventOf = (request: Request, topic: string, body: Buffer): string => {
  const id = request.header('x-shopify-event-id') ?? request.header('x-shopify-webhook-id') ?? ''
  return `${topic.slice(0, 60)}/${hashOf(body).slice(0, 16)}/${id}`.slice(0, 200)
}

type Claimed = { request: Request; body: Buffer; topic: string }

/**
 * Good deliveries are not counted against their address, because a busy shop sends hundreds in a second; everything else is. Only
 * what tells of an order may go by what this process remembers: a shop may have moved to another workspace meanwhile, and a request
 * to forget somebody must not be done in the wrong one.
 * @throws DeskError not_found for a shop that nobody connected, unauthenticated for a wrong signature, rate_limited
 */
async function proved(ctx: Ctx, senders: Senders, { request, body, topic }: Claimed): Promise<Sender> {
  const domain = (request.header('x-shopify-shop-domain') ?? '').toLowerCase()
  const hmac = request.header('x-shopify-hmac-sha256') ?? ''
  const isSigned = ({ secrets }: Sender) => secrets.some((secret) => verifyWebhook(body, hmac, secret))
  const known = subjectOf(topic) === 'order' ? senders.known(domain) : null
  if (known && isSigned(known)) return known
  await ctx.rateLimiter.count('address', request.ip ?? 'unknown')
  const sender = await senders.lookUp(domain)
  if (!sender)
    throw new DeskError(
      'not_found',
      `No shop ${domain.slice(0, 80)} is connected here. Connect it, or delete this subscription in Shopify.`,
    )
  if (isSigned(sender)) return sender
  ctx.log.warn({ shopId: sender.shopId }, 'a webhook with a wrong signature was refused')
  throw new DeskError(
    'unauthenticated',
    "The signature does not fit: this was not sent by Shopify, or the app's client secret was changed. Connect the shop again with the new secret.",
  )
}
