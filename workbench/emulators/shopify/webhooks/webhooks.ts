import { randomUUID } from 'node:crypto'
import type { Ground } from '../ground.ts'
import type { Notice, Shop } from '../shop.ts'
import { drop } from '../store/entries.ts'
import type { SubscriptionRecord } from '../store/records/shop.ts'
import { type Delivery, deliveryOf, type Event, send } from './delivery.ts'
import { onlyFields, payloadFor } from './payloads.ts'

export interface WebhookOptions {
  /** Milliseconds an endpoint has for its answer; Shopify gives 5000. */
  timeout: number
}

/** Minutes after the first attempt: eight retries in four hours, then the subscription is taken away. */
const RETRIES = [0.5, 2, 6, 15, 35, 70, 130, 240]

/** Sends webhooks one after another, in the order of what happened, unless it is steered to do worse. */
export class Webhooks {
  readonly #ground: () => Ground
  readonly #options: WebhookOptions
  readonly #closing = new AbortController()
  readonly #deliveries: Delivery[] = []
  #open: Delivery[] = []
  #sending: Promise<void> | undefined
  #timer: NodeJS.Timeout | undefined
  #held = false
  #delay = 0
  #losing = 0
  #doubling = 0

  constructor(ground: () => Ground, options: WebhookOptions) {
    this.#ground = ground
    this.#options = options
  }

  /** A change of a shop: one delivery for each subscription to its topic. */
  emit(shop: Shop, notice: Notice) {
    const subscriptions = shop.tables.subscriptions.by('topic', notice.topic)
    if (subscriptions.length === 0) return
    const payload = payloadFor(shop, notice)
    const event = { topic: notice.topic, payload, eventId: randomUUID() }
    for (const subscription of subscriptions) this.#queue(shop, event, targetOf(subscription))
  }

  /** A privacy topic; these go to the address in the app's own settings. */
  emitPrivacy(shop: Shop, notice: Notice) {
    const event = { topic: notice.topic, payload: payloadFor(shop, notice), eventId: randomUUID() }
    for (const { privacyUri: uri, clientId } of this.#ground().seed.apps)
      if (uri) this.#queue(shop, event, { uri, clientId, subscriptionId: null })
  }

  /** Keeps everything back until it is released. */
  hold() {
    this.#held = true
  }

  /** Sends what was kept back, oldest first or the other way round. */
  release({ reversed = false }: { reversed?: boolean } = {}) {
    this.#held = false
    if (reversed) this.#open.reverse()
    this.#go()
  }

  /** From now on deliveries are late by so many milliseconds of the emulator's clock. */
  delay(milliseconds: number) {
    this.#delay = milliseconds
  }

  /** The next deliveries never leave, and are not tried again. */
  lose(count: number) {
    this.#losing += count
  }

  /** The next deliveries are sent twice: one event, two webhook ids. */
  double(count: number) {
    this.#doubling += count
  }

  /** The newest deliveries, oldest first, with their answers. */
  deliveries(): readonly Delivery[] {
    return this.#deliveries
  }

  counts() {
    const counts = { waiting: 0, taken: 0, lost: 0, 'given-up': 0, attempts: 0 }
    for (const { outcome, attempts } of this.#deliveries) {
      counts[outcome]++
      counts.attempts += attempts.length
    }
    return counts
  }

  /** Resolves when nothing is being sent and nothing is due; what is held or waits for a retry stays. */
  async settle() {
    this.#go()
    while (this.#sending) await this.#sending
  }

  close() {
    this.#closing.abort()
    clearInterval(this.#timer)
  }

  #queue(shop: Shop, event: Event, target: ReturnType<typeof targetOf>) {
    const fields = target.subscriptionId
      ? (shop.tables.subscriptions.get(target.subscriptionId)?.includeFields ?? [])
      : []
    const narrowed = { ...event, payload: onlyFields(event.payload, fields) }
    const copies = this.#doubling > 0 ? 2 : 1
    this.#doubling = Math.max(0, this.#doubling - 1)
    for (let copy = 0; copy < copies; copy++) this.#take(deliveryOf(shop, narrowed, target))
    this.#go()
  }

  #take(delivery: Delivery) {
    this.#deliveries.push(delivery)
    if (this.#deliveries.length > KEPT) this.#deliveries.shift()
    if (this.#losing > 0) {
      this.#losing--
      delivery.outcome = 'lost'
      delivery.dueAt = null
      return
    }
    delivery.dueAt = (delivery.dueAt ?? 0) + this.#delay
    this.#open.push(delivery)
  }

  /** What waits for its time is looked at each second, because the emulator's clock can jump. */
  #go() {
    if (this.#closing.signal.aborted) return
    this.#timer ??= setInterval(() => this.#go(), 1000).unref()
    if (this.#sending || !this.#next()) return
    this.#sending = this.#sendAll().finally(() => {
      this.#sending = undefined
    })
  }

  async #sendAll() {
    for (let delivery = this.#next(); delivery && !this.#closing.signal.aborted; delivery = this.#next())
      await this.#attempt(delivery)
  }

  #next(): Delivery | undefined {
    const now = this.#ground().now().getTime()
    return this.#held ? undefined : this.#open.find(({ dueAt }) => dueAt !== null && dueAt <= now)
  }

  async #attempt(delivery: Delivery) {
    const ground = this.#ground()
    const app = ground.app(delivery.clientId)
    const on = { uri: ground.resolveUrl(delivery.uri), timeoutMs: this.#options.timeout, closing: this.#closing.signal }
    const answer = app ? await send(delivery, { app, ...on }) : 'no such app'
    if (this.#closing.signal.aborted) return
    const now = ground.now()
    delivery.attempts.push({ at: now.toISOString(), answer })
    if (/^2\d\d$/.test(answer)) return this.#end(delivery, 'taken')
    const minutes = RETRIES[delivery.attempts.length - 1]
    if (minutes === undefined) return this.#giveUp(delivery)
    delivery.dueAt = Date.parse(delivery.attempts[0]?.at ?? '') + minutes * 60_000
  }

  #end(delivery: Delivery, outcome: Delivery['outcome']) {
    delivery.outcome = outcome
    delivery.dueAt = null
    this.#open = this.#open.filter((other) => other !== delivery)
  }

  #giveUp(delivery: Delivery) {
    this.#end(delivery, 'given-up')
    const shop = this.#ground().shop(delivery.shop)
    const { subscriptionId } = delivery
    if (subscriptionId && shop?.tables.subscriptions.get(subscriptionId))
      shop.commit([drop('subscriptions', subscriptionId)])
  }
}

const KEPT = 2000

const targetOf = ({ uri, clientId, id }: SubscriptionRecord) => ({ uri, clientId, subscriptionId: id as string | null })
