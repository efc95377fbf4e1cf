import type { Webhook, WebhookInput } from '../../../shared/webhooks.ts'
import { namesPrivateAddress, newWebhookSecret } from '../../clients/webhooks/index.ts'
import type { Ctx } from '../../context.ts'
import type { Actor } from '../../platform/actor.ts'
import { DeskError } from '../../platform/errors.ts'
import { record } from '../../platform/events.ts'
import { newId } from '../../platform/ids.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'
import { noteChange } from '../settings/index.ts'
import { webhookSecretChanged } from './events.ts'
import { forgetSilence } from './listening.ts'
import { sealWebhookSecret } from './secrets.ts'

const MOST = 20
/** Receivers get so long to learn a new secret. */
const BOTH_SIGN_MS = 24 * 3_600_000

type WithSecret = { webhook: Webhook; secret: string }
type Switchable = WebhookInput & { state: 'on' | 'off' }

/** All addresses in the order in which they were added. */
export async function webhooksIn(tx: Tx): Promise<Webhook[]> {
  const rows = await tx.webhook.findMany({
    where: { workspaceId: tx.workspaceId },
    orderBy: { id: 'asc' },
    take: MOST,
  })
  return rows.map(present)
}

/** @throws DeskError invalid_request for an address that may not be told anything */
export const addWebhook = (ctx: Ctx, wanted: WebhookInput, by: Actor): Promise<WithSecret> =>
  heard(ctx, by, async (tx) => {
    const { workspaceId, now } = tx
    if ((await tx.webhook.count({ where: { workspaceId } })) >= MOST)
      throw new DeskError('invalid_request', `A workspace keeps at most ${MOST} webhooks. Remove one first.`)
    const id = newId(now)
    const secret = newWebhookSecret()
    const box = await ctx.keyring.box(tx)
    const row = await tx.webhook.create({
      data: {
        ...checked(ctx, wanted),
        workspaceId,
        id,
        state: 'on',
        secret: sealWebhookSecret(box, id, secret),
        createdAt: now,
      },
    })
    const webhook = present(row)
    await noteChange(tx, box, { setting: 'webhooks', before: null, after: said(webhook), by })
    return { webhook, secret }
  })

/** An address that is switched on again starts anew: what waited for it is gone. */
export const changeWebhook = (ctx: Ctx, id: string, { state, ...wanted }: Switchable, by: Actor): Promise<Webhook> =>
  heard(ctx, by, async (tx) => {
    const before = await lockWebhook(tx, id)
    const where = { workspaceId_id: { workspaceId: tx.workspaceId, id } }
    const startsAnew = state === 'on' && before.state !== 'on'
    const data = { ...checked(ctx, wanted), state, ...(startsAnew && { failingSince: null, quietUntil: null }) }
    const after = present(await tx.webhook.update({ where, data }))
    if (state === 'off') await dropWaiting(tx, id)
    const change = { before: said(present(before)), after: said(after) }
    await noteChange(tx, await ctx.keyring.box(tx), { setting: 'webhooks', ...change, by })
    return after
  })

/** From the end of its transaction on, events are told anew. */
async function heard<T>(ctx: Ctx, { workspaceId }: Actor, work: (tx: Tx) => Promise<T>): Promise<T> {
  const done = await inWorkspace(ctx, workspaceId, work)
  forgetSilence(ctx, workspaceId)
  return done
}

const dropWaiting = (tx: Tx, webhookId: string) =>
  tx.webhookDelivery.updateMany({
    where: { workspaceId: tx.workspaceId, webhookId, state: 'waiting' },
    data: { state: 'failed' },
  })

export const changeWebhookSecret = (ctx: Ctx, id: string, by: Actor): Promise<WithSecret> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    const before = await lockWebhook(tx, id)
    const secret = newWebhookSecret()
    const box = await ctx.keyring.box(tx)
    const row = await tx.webhook.update({
      where: { workspaceId_id: { workspaceId: tx.workspaceId, id } },
      data: {
        secret: sealWebhookSecret(box, id, secret),
        secretBefore: before.secret,
        secretBeforeUntil: new Date(tx.now.getTime() + BOTH_SIGN_MS),
      },
    })
    const webhook = present(row)
    await record(tx, [webhookSecretChanged({ webhookId: id, by })])
    const after = { ...said(webhook), newSecret: true }
    await noteChange(tx, box, { setting: 'webhooks', before: said(webhook), after, by })
    return { webhook, secret }
  })

export const removeWebhook = (ctx: Ctx, id: string, by: Actor): Promise<void> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    const before = present(await lockWebhook(tx, id))
    await tx.webhook.delete({ where: { workspaceId_id: { workspaceId: tx.workspaceId, id } } })
    await noteChange(tx, await ctx.keyring.box(tx), { setting: 'webhooks', before: said(before), after: null, by })
  })

/** @throws DeskError not_found */
export async function lockWebhook(tx: Tx, id: string) {
  await tx.$executeRaw`select from desk.webhook where workspace_id = ${tx.workspaceId}::uuid and id = ${id}::uuid for update`
  return webhookFor(tx, id)
}

/** @throws DeskError not_found */
export async function webhookFor(tx: Tx, id: string) {
  const row = await tx.webhook.findUnique({ where: { workspaceId_id: { workspaceId: tx.workspaceId, id } } })
  if (!row) throw new DeskError('not_found', 'There is no such webhook.')
  return row
}

/** As it stands now; null when it was removed. */
export const webhookNamed = (tx: Tx, id: string) =>
  tx.webhook.findUnique({
    where: { workspaceId_id: { workspaceId: tx.workspaceId, id } },
    select: { name: true, state: true, failingSince: true },
  })

/** Where a name leads is looked up with every sending; what can be said at once is said here. */
function checked({ config }: Ctx, { name, url, events }: WebhookInput): WebhookInput {
  const refused = (words: string) => new DeskError('invalid_request', words)
  if (!URL.canParse(url)) throw refused('Write a whole address, like https://example.com/hooks/sidedesk.')
  const parsed = new URL(url)
  const { toPrivate } = config.webhooks
  if (parsed.protocol !== 'https:' && !(toPrivate && parsed.protocol === 'http:'))
    throw refused('The address must begin with https://.')
  if (parsed.username !== '' || parsed.password !== '')
    throw refused('An address with a name or a password in it is not taken: prove us by the signature.')
  if (!toPrivate && namesPrivateAddress(parsed)) throw refused('This address is not on the internet.')
  parsed.hash = ''
  return { name, url: parsed.href, events: [...new Set(events)] }
}

type Row = {
  id: string
  name: string
  url: string
  events: string[]
  state: string
  failingSince: Date | null
  createdAt: Date
}

export const present = ({ id, name, url, events, state, failingSince, createdAt }: Row): Webhook => ({
  id,
  name,
  url,
  events,
  state: state as Webhook['state'],
  failingSince: failingSince?.toISOString() ?? null,
  createdAt: createdAt.toISOString(),
})

const said = ({ name, url, events, state }: Webhook) => ({ name, url, events, state })
