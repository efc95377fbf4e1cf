import type { ActionState, RunningAction } from '../../../../shared/combined-actions.ts'
import type { OrderActs } from '../../../../shared/orders.ts'
import { Prisma } from '../../../generated/prisma/client.ts'
import type { Box } from '../../../platform/keyring.ts'
import { inOneLine, type StepColumns } from './step-words.ts'

/** Open actions that a card begins with. */
const MOST = 10

/** Word for word as the partial indexes of open actions say. */
const OPEN = Prisma.sql`('waiting_approval', 'undoable', 'running', 'parked')`

const stepsOf = (action: Prisma.Sql) => Prisma.sql`(
  select coalesce(json_agg(json_build_object('kind', st.kind, 'state', st.state, 'minor', st.minor, 'currency', st.currency,
    'customerMinor', st.customer_minor, 'customerCurrency', st.customer_currency) order by st.position), '[]')
  from desk.action_step st where st.workspace_id = ${action}.workspace_id and st.action_id = ${action}.id)`

export type RunningRow = {
  id: string
  ticketId: string
  state: ActionState
  leavesAt: string | null
  problemWords: string | null
  orderNumber: string | null
  steps: StepColumns[]
}

/** First what can still be taken back, then what needs a person; the rest goes on by itself. */
const URGENCY = Prisma.sql`array_position(array['undoable', 'parked'], ca.state)`

/** Who looks after action `ca`, as its index says. */
const KEEPER = Prisma.sql`coalesce(ca.keeper_id, ca.by_id)`

/** Whether action `ca` is open and looked after by somebody. @param staffId as SQL: a column, or a value */
export const keptBySql = (staffId: Prisma.Sql): Prisma.Sql => Prisma.sql`${KEEPER} = ${staffId} and ca.state in ${OPEN}`

/** JSON, for a statement about a workspace: the open actions that one person looks after, the most urgent and newest first. */
export const runningSql = (workspaceId: Prisma.Sql, keeperId: string | null): Prisma.Sql => Prisma.sql`(
  select coalesce(json_agg(r order by r.urgency, r."createdAt" desc, r.id desc), '[]') from (
    select ca.id, ${URGENCY} as urgency, ca.ticket_id as "ticketId", ca.state, ca.created_at as "createdAt", ca.leaves_at as "leavesAt",
      encode(ca.problem_words, 'base64') as "problemWords", ro.name as "orderNumber", ${stepsOf(Prisma.sql`ca`)} as steps
    from desk.combined_action ca
    left join desk.shop_order ro on ro.workspace_id = ca.workspace_id and ro.id = ca.order_id
    where ca.workspace_id = ${workspaceId} and ${keptBySql(Prisma.sql`${keeperId}::uuid`)}
    order by urgency, ca.created_at desc, ca.id desc limit ${MOST}) r)`

export const presentRunning = (box: Box, rows: readonly RunningRow[], now: Date): RunningAction[] =>
  rows.map(({ id, ticketId, state, leavesAt, problemWords, orderNumber, steps }) => ({
    id,
    ticketId,
    orderNumber: orderNumber ?? 'an order that is gone',
    state,
    words: inOneLine(steps),
    undoSeconds: state === 'undoable' ? secondsUntil(leavesAt, now) : null,
    problem: problemWords && box.openText('combined_action.problem_words', id, Buffer.from(problemWords, 'base64')),
  }))

/** Whole seconds, rounded up; null when there is none left. */
export function secondsUntil(instant: string | Date | null, now: Date): number | null {
  if (instant === null) return null
  const seconds = Math.ceil((new Date(instant).getTime() - now.getTime()) / 1_000)
  return seconds > 0 ? seconds : null
}

export type ActingRow = { id: string; byId: string; by: string | null; state: ActionState; steps: StepColumns[] }

/** JSON, for a statement that has an order `o`: the open action on it; null when there is none. */
export const actingSql = (workspaceId: Prisma.Sql): Prisma.Sql => Prisma.sql`(
  select json_build_object('id', ca.id, 'byId', ${KEEPER}, 'by', cs.name, 'state', ca.state, 'steps', ${stepsOf(Prisma.sql`ca`)})
  from desk.combined_action ca left join desk.staff cs on cs.workspace_id = ca.workspace_id and cs.id = ${KEEPER}
  where ca.workspace_id = ${workspaceId} and ca.order_id = o.id and ca.state in ${OPEN})`

const STATE_WORDS: Partial<Record<ActionState, string>> = {
  waiting_approval: 'waits for approval',
  undoable: 'can still be taken back',
  running: 'is running',
  parked: 'stands still and needs a person',
}

/** Whose action is open on an order, and how far it is. */
export function presentActing(row: ActingRow | null, me: string | null): OrderActs['acting'] {
  if (row === null) return null
  const mine = row.byId === me
  const by = row.by ?? 'Former colleague'
  const whose = mine ? 'Your action' : `The action of ${by}`
  return {
    id: row.id,
    mine,
    by,
    state: row.state,
    words: `${whose} on this order ${STATE_WORDS[row.state] ?? 'is open'}: ${inOneLine(row.steps)}.`,
  }
}
