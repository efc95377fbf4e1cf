import type { Dimension } from '../../../../shared/analytics.ts'
import { TICKET_PRIORITIES } from '../../../../shared/tickets.ts'
import type { Ctx } from '../../../context.ts'
import { Prisma } from '../../../generated/prisma/client.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { labelOf, reasonsIn } from '../../combined-actions/index.ts'
import { rulesIn } from '../../sla/index.ts'
import { labelsIn, PRIORITY_WORDS } from '../../tickets/index.ts'
import { breakKindsIn } from '../../workforce/index.ts'
import type { Made } from './making.ts'
import type { Asked } from './statements.ts'

/** What people read for the value of a dimension. */
export type Labels = (dimension: Dimension, key: string) => string

type Names = ReadonlyMap<string, string>

/** Whose values have names in PostgreSQL; read when a figure is shown, never kept with it. One statement for all values. */
const NAMED: Partial<Record<Dimension, (tx: Tx, ids: string[]) => Promise<Names>>> = {
  agent: async (tx, ids) => {
    const found = await tx.staff.findMany({
      where: { workspaceId: tx.workspaceId, id: { in: ids.filter(isUuid) } },
      select: { id: true, name: true },
    })
    return new Map(found.map(({ id, name }) => [id, name]))
  },
  mailbox: async (tx, ids) => {
    const found = await tx.mailbox.findMany({
      where: { workspaceId: tx.workspaceId, id: { in: ids.filter(isUuid) } },
      select: { id: true, address: true },
    })
    return new Map(found.map(({ id, address }) => [id, address]))
  },
  category: (tx) => labelsIn(tx),
  reason: async (tx) => new Map((await reasonsIn(tx)).map((one) => [one.id, labelOf(one)])),
  break: async (tx) => new Map((await breakKindsIn(tx)).map(({ id, label }) => [id, label])),
  product: (tx, ids) => titlesOf(tx, ids, Prisma.sql`l.product_id`),
  line: (tx, ids) => titlesOf(tx, ids, Prisma.sql`l.variant_id`),
  policy: async (tx) => new Map((await rulesIn(tx)).rules.policies.map(({ id, name }) => [id, name])),
}

/** So many of the newest lines of a product tell what it is called. */
const NEWEST = 20

/** @param key the column of an order's lines by which they are asked for */
async function titlesOf(tx: Tx, ids: readonly string[], key: Prisma.Sql): Promise<Names> {
  const wanted = ids.filter((id) => /^\d{1,18}$/.test(id))
  const found = await tx.$queryRaw<{ id: string; titles: string[] }[]>`
    select w.id, array(select l.title from desk.action_line l
      where l.workspace_id = ${tx.workspaceId}::uuid and ${key} = w.id::bigint order by l.action_id desc limit ${NEWEST}) as titles
    from unnest(${wanted}::text[]) as w (id)`
  return new Map(
    found.flatMap(({ id, titles: [newest = '', ...older] }) =>
      newest === '' ? [] : [[id, inCommon(newest, older)] as const],
    ),
  )
}

/** A line is called by its product and variant, «Green tea, 100 g»: a product of several variants by what they have in common. */
function inCommon(newest: string, older: readonly string[]): string {
  const all = older.map((title) => title.split(', '))
  const parts = newest.split(', ')
  const differs = parts.findIndex((part, n) => all.some((other) => other[n] !== part))
  return differs > 0 ? parts.slice(0, differs).join(', ') : newest
}

const isUuid = (text: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

const languages = new Intl.DisplayNames('en', { type: 'language', fallback: 'code' })

/** Whose values are words of ours. */
const WORDED: Partial<Record<Dimension, (key: string) => string | undefined>> = {
  priority: (key) => PRIORITY_WORDS[TICKET_PRIORITIES.find((one) => one === key) ?? 'normal'],
  channel: (key) => ({ mail: 'Mail', call: 'Call', walk_in: 'Visit' })[key],
  tier: (key) => ({ standard: 'Standard', plus: 'Plus', vip: 'VIP' })[key],
  language: (key) => (/^[a-z]{2,3}$/.test(key) ? languages.of(key) : undefined),
  hour: (key) => `${key.padStart(2, '0')}:00`,
  weekday: (key) => WEEKDAYS[Number(key) - 1],
  step: (key) => STEPS[key],
  // Whose number it is stands in the shop; a figure names no customer.
  customer: (key) => (key.includes(':') ? `Customer ${key.slice(key.indexOf(':') + 1)}` : undefined),
  target: (key) => ({ first: 'First answer', next: 'Next answer', resolution: 'Solution' })[key],
}

const STEPS: Record<string, string> = {
  refund: 'Refund',
  reship: 'Sent again',
  gift_card: 'Gift card',
  cancel: 'Cancellation',
  hold: 'Hold',
  tag: 'Tag',
  release: 'Release of a hold',
}

const NONE: Partial<Record<Dimension, string>> = {
  agent: 'Nobody',
  category: 'No category',
  mailbox: 'No mailbox',
  tag: 'No tag',
  language: 'Not known',
  tier: 'Standard',
  reason: 'No reason',
  product: 'No product',
  line: 'No order line',
  customer: 'Not known',
}

/** The values that figures are split by, for which people want to read words. */
export function keysAmong(asked: readonly Pick<Asked, 'by'>[], made: readonly Made[]): Map<Dimension, Set<string>> {
  const found = new Map<Dimension, Set<string>>()
  for (const [n, { by }] of asked.entries())
    for (const [place, dimension] of by.entries()) {
      const keys = found.get(dimension) ?? new Set<string>()
      for (const { keys: all } of made[n]?.rows ?? []) keys.add(all[place] ?? 'none')
      found.set(dimension, keys)
    }
  return found
}

/** @param wanted the values of each dimension, as filters take them */
export async function labelsOf(
  ctx: Ctx,
  workspaceId: string,
  wanted: ReadonlyMap<Dimension, ReadonlySet<string>>,
): Promise<Labels> {
  const names = new Map<Dimension, Names>()
  const named = [...wanted].filter(([dimension, keys]) => NAMED[dimension] && keys.size > 0)
  if (named.length > 0)
    await inWorkspace(
      ctx,
      workspaceId,
      async (tx) => {
        for (const [dimension, keys] of named)
          names.set(dimension, (await NAMED[dimension]?.(tx, [...keys])) ?? new Map())
      },
      { reads: true },
    )
  return (dimension, key) => {
    if (key === 'none') return NONE[dimension] ?? 'None'
    return names.get(dimension)?.get(key) ?? WORDED[dimension]?.(key) ?? key
  }
}
