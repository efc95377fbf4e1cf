import { type OrderStanding, ShopifyRefused, type ShopifyShop } from '../../../clients/shopify/index.ts'
import { type NotYet, stillWorking, turnedDown } from '../../../platform/journal.ts'
import { CancelResult } from './results.ts'
import { type Asked, stepEffect } from './step.ts'

/** Cancels the whole order and moves no money. Shopify does it some time later; its job is asked until it is over. */
export const cancelling = stepEffect({
  kind: 'cancel',
  result: CancelResult,
  comparesFirst: true,
  async run({ api, send }, order) {
    const there = cancelledIn(order, send.mark)
    if (there) return there
    const { kind: _, mark, ...wish } = send
    try {
      const { jobId } = await api.cancelOrder({ ...wish, staffNote: mark })
      return stillWorking(jobId ?? NO_JOB, 1)
    } catch (error) {
      if (!isCancelledAlready(error)) throw error
      return (await cancelledAs(api, send)) ?? stillWorking(NO_JOB, 1)
    }
  },
  async find(asked) {
    const { api, send, entry } = asked
    const job = entry.progress !== null && entry.progress !== NO_JOB ? await api.cancelJob(entry.progress) : null
    if (job && job.failed.length > 0) return turnedDown(`Shopify refused: ${job.failed.join(' · ')}. ${ADVICE}`)
    const cancelled = await cancelledAs(api, send)
    if (cancelled || entry.progress === null) return cancelled
    return patientWith(asked, entry.progress)
  },
  says: () => ({}),
  advice: () => ADVICE,
})

const ADVICE =
  'The order was not cancelled. Look at it in Shopify: a parcel, a return or an open payment may stand in the way.'

const NO_JOB = 'no job was named'

const isCancelledAlready = (error: unknown): boolean =>
  error instanceof ShopifyRefused && error.userErrors.some(({ message }) => /already been cancell?ed/i.test(message))

/** Cancelled by us, by somebody else, or not at all. */
async function cancelledAs(
  api: ShopifyShop,
  { orderId, mark }: Asked<'cancel'>['send'],
): Promise<CancelResult | NotYet | null> {
  return cancelledIn(await api.standing(orderId, 'money'), mark)
}

function cancelledIn(order: OrderStanding | null, mark: string): CancelResult | NotYet | null {
  if (!order?.cancelledAt) return null
  if (order.staffNote === mark) return { kind: 'cancel', at: order.cancelledAt.toISOString() }
  return turnedDown('Somebody else cancelled the order in Shopify. There is nothing left to cancel: end this here.')
}

/** Attempts after which a job that says nothing is begun anew: cancelling again what is cancelled does nothing. */
const PATIENCE = 30

const patientWith = ({ entry }: Asked<'cancel'>, progress: string): NotYet | null =>
  entry.attempt > PATIENCE && entry.attempt % PATIENCE === 0
    ? null
    : stillWorking(progress, Math.min(60, 2 ** Math.min(6, entry.attempt - 1)))
