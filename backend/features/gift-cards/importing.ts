import type { z } from 'zod'
import type { importGiftCards } from '../../../shared/gift-cards.ts'
import type { Ctx } from '../../context.ts'
import type { Actor } from '../../platform/actor.ts'
import { hashOf } from '../../platform/crypto.ts'
import { DeskError } from '../../platform/errors.ts'
import { record } from '../../platform/events.ts'
import { newId } from '../../platform/ids.ts'
import type { Box } from '../../platform/keyring.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'
import { numberKey } from '../orders/index.ts'
import { emailKey } from '../settings/index.ts'
import { giftCardsImported } from './events.ts'
import { type HistoryLine, readHistory } from './history.ts'

type Reply = z.infer<(typeof importGiftCards)['reply']>

/** Adds cards that were issued before the desk. A line that is known, from an earlier file or from the desk itself, counts once. */
export const importHistory = (ctx: Ctx, shopId: string, csv: string, by: Actor): Promise<Reply> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    const { lines, refused } = readHistory(csv, await todayOf(tx, shopId))
    const imported = await insert(tx, await ctx.keyring.box(tx), shopId, lines)
    await linkToShopify(tx, shopId, imported)
    const counts = { imported: imported.length, known: lines.length - imported.length }
    await record(tx, [giftCardsImported({ shopId, ...counts, refused: refused.length, by })])
    return { ...counts, refused }
  })

/** @throws DeskError not_found */
async function todayOf(tx: Tx, shopId: string): Promise<string> {
  const [shop] = await tx.$queryRaw<{ today: string }[]>`
    select to_char(${tx.now}::timestamptz at time zone time_zone, 'YYYY-MM-DD') as today from desk.shop
    where workspace_id = ${tx.workspaceId}::uuid and id = ${shopId}::uuid`
  if (!shop) throw new DeskError('not_found', 'There is no such shop in this workspace.')
  return shop.today
}

/** Cards of an unknown hour count at noon of the shop's day. @returns ids of those that are new */
async function insert(tx: Tx, box: Box, shopId: string, lines: readonly HistoryLine[]): Promise<string[]> {
  const staffIdOf = await staffByName(tx)
  const rows = lines.map((line) => {
    const id = newId(tx.now)
    const byId = staffIdOf(line.agent)
    const named = byId === null && line.agent !== ''
    return {
      id,
      import_key: keyOf(shopId, line),
      issued_on: line.issuedOn,
      minor: line.amount.minor,
      currency: line.amount.currency,
      last: line.last,
      reason: line.reason,
      by_id: byId,
      by_name: named ? box.seal('gift_card_issue.by_name', id, line.agent).toString('base64') : null,
      order_name: line.order || null,
      order_key: numberKey(line.order),
      expires_on: line.expiresOn,
    }
  })
  const inserted = await tx.$queryRaw<{ id: string }[]>`
    insert into desk.gift_card_issue (workspace_id, id, shop_id, state, last, minor, currency, expires_on, order_id, order_name, reason_code, by_id, by_name,
      notify, created_at, issued_at, import_key)
    select s.workspace_id, g.id, s.id, 'issued', g.last, g.minor, g.currency, g.expires_on, found.order_id, g.order_name, g.reason, g.by_id,
      decode(g.by_name, 'base64'), false, (g.issued_on + time '12:00') at time zone s.time_zone, (g.issued_on + time '12:00') at time zone s.time_zone, g.import_key
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as g (id uuid, import_key text, issued_on date, minor bigint, currency text, last text, reason text,
      by_id uuid, by_name text, order_name text, order_key text, expires_on date)
    join desk.shop s on s.workspace_id = ${tx.workspaceId}::uuid and s.id = ${shopId}::uuid
    left join lateral (
      select k.order_id from desk.order_key k join desk.shop_order o on o.workspace_id = k.workspace_id and o.id = k.order_id
      where k.workspace_id = s.workspace_id and k.kind = 'number' and k.key = g.order_key and o.shop_id = s.id limit 1) found on true
    where not exists (
      select from desk.gift_card_issue own where own.workspace_id = s.workspace_id and own.shop_id = s.id and own.last = g.last and own.import_key is null
        and own.minor = g.minor and own.currency = g.currency and (own.issued_at at time zone s.time_zone)::date = g.issued_on)
    on conflict (workspace_id, import_key) do nothing
    returning id::text`
  return inserted.map(({ id }) => id)
}

const keyOf = (shopId: string, { issuedOn, amount, last, reason, agent, order, expiresOn }: HistoryLine): string =>
  hashOf(
    JSON.stringify([
      shopId,
      issuedOn,
      amount.minor,
      amount.currency,
      last,
      reason,
      agent,
      order,
      expiresOn,
    ]).toLowerCase(),
  )

/** People are named by address or by name; a name that two share is nobody's. */
async function staffByName(tx: Tx): Promise<(agent: string) => string | null> {
  const staff = await tx.staff.findMany({
    where: { workspaceId: tx.workspaceId },
    select: { id: true, name: true, emailKey: true },
  })
  const known = new Map<string, string | null>()
  for (const { id, name, emailKey: address } of staff) {
    const key = name.toLowerCase()
    known.set(key, known.has(key) ? null : id)
    known.set(address, id)
  }
  return (agent) => known.get(agent.toLowerCase()) ?? known.get(emailKey(agent)) ?? null
}

/** Finds imported cards among Shopify's by day, worth and last characters, so that their balance is known; where two fit, none is taken. */
const linkToShopify = (tx: Tx, shopId: string, ids: readonly string[]) =>
  tx.$executeRaw`
    update desk.gift_card_issue i set shopify_id = fits.shopify_id, customer_shopify_id = fits.customer,
      state = case when fits.enabled then 'issued' else 'deactivated' end
    from (
      select g.id, c.shopify_id, c.customer_shopify_id as customer, c.enabled, count(*) over (partition by g.id) as cards,
        count(*) over (partition by c.shopify_id) as lines
      from desk.gift_card_issue g
      join desk.shop s on s.workspace_id = g.workspace_id and s.id = g.shop_id
      join desk.shop_gift_card c on c.workspace_id = g.workspace_id and c.shop_id = g.shop_id and c.last_characters = g.last and c.source = 'issued'
        and c.initial_minor = g.minor and c.currency = g.currency
        and (c.created_at at time zone s.time_zone)::date = (g.issued_at at time zone s.time_zone)::date
      where g.workspace_id = ${tx.workspaceId}::uuid and g.shop_id = ${shopId}::uuid and g.id = any(${ids}::uuid[]) and not exists (
        select from desk.gift_card_issue taken where taken.workspace_id = c.workspace_id and taken.shop_id = c.shop_id and taken.shopify_id = c.shopify_id)) fits
    where i.workspace_id = ${tx.workspaceId}::uuid and i.id = fits.id and fits.cards = 1 and fits.lines = 1`
