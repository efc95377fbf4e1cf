import { z } from 'zod'
import { isPushKeys, type Subscription } from '../../../clients/push/index.ts'
import { namesPrivateAddress } from '../../../clients/webhooks/index.ts'
import type { Ctx } from '../../../context.ts'
import { type StaffActor, systemOf } from '../../../platform/actor.ts'
import { hashOf } from '../../../platform/crypto.ts'
import { DeskError } from '../../../platform/errors.ts'
import { record } from '../../../platform/events.ts'
import { newId } from '../../../platform/ids.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { pushSwitchedOff, pushSwitchedOn } from '../events.ts'

const TABLE = 'push_subscription.content'
const MOST = 10

/** What a browser hands over when somebody lets it show notices. */
const Wish = z.object({
  endpoint: z.url({ protocol: /^https?$/ }).max(2_000),
  p256dh: z.string().max(200),
  auth: z.string().max(100),
  /** What its person calls it. */
  name: z.string().trim().max(60),
})
type Wish = z.infer<typeof Wish>

/** A browser as its person sees it. */
export type Browser = { id: string; name: string; since: Date; endpointHash: string }

/**
 * From now on a browser shows notices of this person; one that showed another person's does not any more.
 * @throws DeskError invalid_request for what no browser hands over, and for addresses that are not on the internet
 */
export async function switchOn(ctx: Ctx, tx: Tx, wish: unknown, by: StaffActor): Promise<void> {
  const subscription = checked(ctx, wish)
  const { workspaceId, now } = tx
  const endpointHash = hashOf(subscription.endpoint)
  const where = { workspaceId_endpointHash: { workspaceId, endpointHash } }
  const before = await tx.pushSubscription.findUnique({ where, select: { id: true, staffId: true } })
  const others = { workspaceId, staffId: by.id, endpointHash: { not: endpointHash } }
  if ((await tx.pushSubscription.count({ where: others })) >= MOST)
    throw new DeskError('invalid_request', `${MOST} browsers show your notices already. Take one away first.`)
  const id = before?.staffId === by.id ? before.id : newId(now)
  const content = (await ctx.keyring.box(tx)).seal(TABLE, id, JSON.stringify(subscription))
  const row = { id, staffId: by.id, content, createdAt: now }
  await tx.pushSubscription.upsert({ where, create: { ...row, workspaceId, endpointHash }, update: row })
  await record(tx, [
    ...(before && before.staffId !== by.id
      ? [pushSwitchedOff({ staffId: before.staffId, subscriptionId: before.id, why: 'moved', by })]
      : []),
    pushSwitchedOn({ staffId: by.id, subscriptionId: id, by }),
  ])
}

function checked({ config }: Ctx, given: unknown): Wish {
  const wish = Wish.safeParse(given)
  if (!wish.success || !isPushKeys(wish.data))
    throw new DeskError(
      'invalid_request',
      'This browser did not say how it is reached. Reload the page, and try again.',
    )
  const url = new URL(wish.data.endpoint)
  if (!config.webhooks.toPrivate && (url.protocol !== 'https:' || namesPrivateAddress(url)))
    throw new DeskError(
      'invalid_request',
      'The push service of this browser is not on the internet, so nothing can be sent to it.',
    )
  return wish.data
}

/** @returns whether it was there */
export async function switchOff(tx: Tx, id: string, by: StaffActor): Promise<boolean> {
  const { count } = await tx.pushSubscription.deleteMany({
    where: { workspaceId: tx.workspaceId, id, staffId: by.id },
  })
  if (count > 0) await record(tx, [pushSwitchedOff({ staffId: by.id, subscriptionId: id, why: 'hand', by })])
  return count > 0
}

/** A browser that its push service does not know any more. */
export async function forget(tx: Tx, id: string): Promise<void> {
  const where = { workspaceId_id: { workspaceId: tx.workspaceId, id } }
  const found = await tx.pushSubscription.findUnique({ where, select: { staffId: true } })
  if (!found) return
  await tx.pushSubscription.deleteMany({ where: { workspaceId: tx.workspaceId, id } })
  const { staffId } = found
  await record(tx, [pushSwitchedOff({ staffId, subscriptionId: id, why: 'gone', by: systemOf(tx.workspaceId) })])
}

export async function subscriptionIn(ctx: Ctx, tx: Tx, id: string): Promise<Subscription | null> {
  const row = await tx.pushSubscription.findUnique({ where: { workspaceId_id: { workspaceId: tx.workspaceId, id } } })
  return row && Wish.parse(JSON.parse((await ctx.keyring.box(tx)).openText(TABLE, id, row.content)))
}

/** The browsers of somebody, in the order in which they came. */
export async function browsersOf(ctx: Ctx, tx: Tx, staffId: string): Promise<Browser[]> {
  const box = await ctx.keyring.box(tx)
  const rows = await tx.pushSubscription.findMany({
    where: { workspaceId: tx.workspaceId, staffId },
    orderBy: { id: 'asc' },
  })
  return rows.map(({ id, content, createdAt, endpointHash }) => {
    const { name } = Wish.parse(JSON.parse(box.openText(TABLE, id, content)))
    return { id, name: name || 'A browser', since: createdAt, endpointHash }
  })
}
