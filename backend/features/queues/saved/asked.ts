import { OPEN_STATUSES } from '../../../../shared/queues.ts'
import { TICKET_CHANNELS, TICKET_PRIORITIES } from '../../../../shared/tickets.ts'
import { Prisma } from '../../../generated/prisma/client.ts'
import type { Scene } from '../views/held.ts'
import type { SavedRow } from './rows.ts'

/**
 * What a saved view asks, worked out once and not for each ticket: whether a list filters at all, and instants instead of spans. A page
 * has values, the counts join all views.
 */
export type Asked = Record<(typeof NAMES)[number], Prisma.Sql>

const NAMES = [
  'any_status',
  'statuses',
  'any_priority',
  'priorities',
  'any_category',
  'categories',
  'any_channel',
  'channels',
  'anybody',
  'nobody',
  'owner_id',
  'any_mailbox',
  'mailbox_id',
  'due_before',
  'waits_since',
  'created_since',
  'active_since',
  'some_statuses',
  'some_priorities',
  'some_channels',
] as const

type Columns = Record<
  | 'statuses'
  | 'priorities'
  | 'categories'
  | 'channels'
  | 'assignee'
  | 'assigneeId'
  | 'mailboxId'
  | 'dueMinutes'
  | 'waitMinutes'
  | 'createdDays'
  | 'activeDays',
  Prisma.Sql
>

function worked(of: Columns, { me, now }: Scene): Asked {
  const at = Prisma.sql`${now}::timestamptz`
  const { statuses, priorities, categories, channels, assignee, mailboxId } = of
  return {
    any_status: Prisma.sql`cardinality(${statuses}) = 0`,
    statuses,
    any_priority: Prisma.sql`cardinality(${priorities}) = 0`,
    priorities,
    any_category: Prisma.sql`cardinality(${categories}) = 0`,
    categories,
    any_channel: Prisma.sql`cardinality(${channels}) = 0`,
    channels,
    anybody: Prisma.sql`${assignee} = 'any'`,
    nobody: Prisma.sql`${assignee} = 'nobody'`,
    owner_id: Prisma.sql`case ${assignee} when 'reader' then ${me}::uuid else ${of.assigneeId} end`,
    any_mailbox: Prisma.sql`${mailboxId} is null`,
    mailbox_id: mailboxId,
    due_before: Prisma.sql`coalesce(${at} + make_interval(mins => ${of.dueMinutes}), 'infinity')`,
    waits_since: Prisma.sql`coalesce(${at} - make_interval(mins => ${of.waitMinutes}), 'infinity')`,
    created_since: Prisma.sql`coalesce(${at} - make_interval(days => ${of.createdDays}), '-infinity')`,
    active_since: Prisma.sql`coalesce(${at} - make_interval(days => ${of.activeDays}), '-infinity')`,
    some_statuses: orAll(statuses, OPEN_STATUSES),
    some_priorities: orAll(priorities, TICKET_PRIORITIES),
    some_channels: orAll(channels, TICKET_CHANNELS),
  }
}

/** A list that filters nothing names everything, so that an index can be read by it. */
const orAll = (list: Prisma.Sql, all: readonly string[]): Prisma.Sql =>
  Prisma.sql`case when cardinality(${list}) = 0 then ${Prisma.raw(`'{${all.join(',')}}'::text[]`)} else ${list} end`

/** The saved views `v`, each with what it asks as the row `f`; OFFSET 0 keeps PostgreSQL from working it out again for each ticket. */
export const askedOfRows = (scene: Scene): Prisma.Sql => {
  const asked = worked(
    {
      statuses: Prisma.sql`v.statuses`,
      priorities: Prisma.sql`v.priorities`,
      categories: Prisma.sql`v.categories`,
      channels: Prisma.sql`v.channels`,
      assignee: Prisma.sql`v.assignee`,
      assigneeId: Prisma.sql`v.assignee_id`,
      mailboxId: Prisma.sql`v.mailbox_id`,
      dueMinutes: Prisma.sql`v.due_minutes`,
      waitMinutes: Prisma.sql`v.wait_minutes`,
      createdDays: Prisma.sql`v.created_days`,
      activeDays: Prisma.sql`v.active_days`,
    },
    scene,
  )
  const columns = NAMES.map((name) => Prisma.sql`${asked[name]} as ${Prisma.raw(name)}`)
  return Prisma.sql`cross join lateral (select ${Prisma.join(columns)} offset 0) f`
}

/** The columns of that row. */
export const ASKED_OF_ROW = Object.fromEntries(NAMES.map((name) => [name, Prisma.raw(`f.${name}`)])) as Asked

/** The same of one view, as values. */
export function askedOf(view: SavedRow, scene: Scene): Asked {
  const asked = worked(
    {
      statuses: Prisma.sql`${view.statuses}::text[]`,
      priorities: Prisma.sql`${view.priorities}::text[]`,
      categories: Prisma.sql`${view.categories}::text[]`,
      channels: Prisma.sql`${view.channels}::text[]`,
      assignee: Prisma.sql`${view.assignee}::text`,
      assigneeId: Prisma.sql`${view.assigneeId}::uuid`,
      mailboxId: Prisma.sql`${view.mailboxId}::uuid`,
      dueMinutes: Prisma.sql`${view.dueMinutes}::int`,
      waitMinutes: Prisma.sql`${view.waitMinutes}::int`,
      createdDays: Prisma.sql`${view.createdDays}::int`,
      activeDays: Prisma.sql`${view.activeDays}::int`,
    },
    scene,
  )
  const lists: readonly string[] = ['statuses', 'priorities', 'categories', 'channels']
  const once = (name: keyof Asked) => (lists.includes(name) ? asked[name] : Prisma.sql`(select ${asked[name]})`)
  return Object.fromEntries(NAMES.map((name) => [name, once(name)])) as Asked
}

/** Whether the ticket `t` is what a saved view asks for, apart from what drives it. */
export const matchesSql = (f: Asked): Prisma.Sql => Prisma.sql`
  (${f.any_status} or t.status = any(${f.statuses})) and (${f.any_priority} or t.priority = any(${f.priorities}))
  and (${f.any_channel} or t.channel = any(${f.channels})) and ${restSql(f)}`

/** The same beside its status, priority and channel. */
export const restSql = (f: Asked): Prisma.Sql => Prisma.sql`
  (${f.any_category} or t.category = any(${f.categories}))
  and (${f.anybody} or (${f.nobody} and t.assignee_id is null) or t.assignee_id = ${f.owner_id})
  and (${f.any_mailbox} or t.mailbox_id = ${f.mailbox_id})
  and t.due_at <= ${f.due_before} and t.queue_at <= ${f.waits_since}
  and t.created_at >= ${f.created_since} and t.last_message_at >= ${f.active_since}`
