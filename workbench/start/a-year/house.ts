import type pg from 'pg'
import { countingBy } from '../../../backend/features/sla/index.ts'
import { inWorkspace } from '../../../backend/platform/tenancy.ts'
import type { RunningBackend } from '../backend.ts'
import type { KnownOrder } from './action-rows.ts'
import { connectOwner } from './owner-client.ts'
import type { House } from './talk-rows.ts'
import { type Stems, stemsOfTheYear } from './word-rows.ts'

type Place = { ctx: RunningBackend['ctx']; ownerUrl: string; workspaceId: string; now: number }

/** All that a year is written with: what the desk knows by now. */
export type Known = { house: House; orders: KnownOrder[]; stems: Stems }

/** Asks a running desk, which may stop then. */
export async function whatTheDeskKnows(place: Place): Promise<Known> {
  const owner = await connectOwner(place.ownerUrl)
  try {
    const house = await houseOf(place, owner)
    return { house, orders: await ordersIn(owner, place.workspaceId), stems: await stemsOfTheYear(place) }
  } finally {
    await owner.end()
  }
}

async function houseOf({ ctx, workspaceId, now }: Place, owner: pg.Client): Promise<House> {
  const ask = async <T extends pg.QueryResultRow>(sql: string) => (await owner.query<T>(sql, [workspaceId])).rows
  const staff = new Map(
    (await ask<{ id: string; email: string }>('select id, email from desk.staff where workspace_id = $1')).map(
      ({ id, email }) => [email, id],
    ),
  )
  const [mailbox] = await ask<{ id: string }>('select id from desk.mailbox where workspace_id = $1')
  const [rules] = await ask<{ rules: unknown; version: number; timeZone: string }>(
    `select s.rules, coalesce(s.version, 0) as version, w.time_zone as "timeZone" from desk.workspace w
     left join desk.sla_setting s on s.workspace_id = w.workspace_id where w.workspace_id = $1`,
  )
  if (!mailbox || !rules) throw new Error('The workspace is not made yet')
  return {
    workspaceId,
    mailboxId: mailbox.id,
    box: await inWorkspace(ctx, workspaceId, (tx) => ctx.keyring.box(tx)),
    counting: countingBy({ rules: rules.rules ?? null, timeZone: rules.timeZone }),
    rulesVersion: rules.version,
    policyId: 'default',
    now,
    openOn: new Set(),
    staffId: (email) => {
      const id = staff.get(email)
      if (!id) throw new Error(`${email} is not on the staff`)
      return id
    },
  }
}

async function ordersIn(owner: pg.Client, workspaceId: string): Promise<KnownOrder[]> {
  const { rows } = await owner.query<KnownOrder>(
    `select o.id, o.name, o.shop_id as "shopId", o.shopify_id::text as "shopifyId", s.currency from desk.shop_order o
     join desk.shop s on s.workspace_id = o.workspace_id and s.id = o.shop_id where o.workspace_id = $1 and s.currency = 'GBP' order by o.id`,
    [workspaceId],
  )
  if (rows.length === 0) throw new Error('The shop has no orders yet')
  return rows
}
