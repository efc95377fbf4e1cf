import { OPEN_STATUSES } from '../../../../shared/queues.ts'
import { TICKET_PRIORITIES, TICKET_STATUSES } from '../../../../shared/tickets.ts'
import type { Actor } from '../../../platform/actor.ts'
import { dayIn, instantIn } from '../../../platform/calendar.ts'
import { DeskError } from '../../../platform/errors.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { fold, respelt, wordsIn } from '../../../platform/words.ts'
import { numberKey } from '../../orders/index.ts'
import { zoneOf } from '../../settings/index.ts'
import { categoriesIn, tidyTag } from '../../tickets/index.ts'
import { parseDay } from './days.ts'
import type { Question } from './question.ts'

/** What app.find_tickets filters by; what is missing filters nothing. */
export type Wanted = {
  statuses?: string[]
  priorities?: string[]
  categories?: string[]
  people?: string[]
  nobody?: boolean
  snoozed?: boolean
  /** Only messages with a file. */
  attached?: boolean
  tags?: string[]
  /** Ids of tickets. */
  within?: string[]
  /** none (unless said), any, all, or one reason. */
  voids?: string
  since?: string
  until?: string
}

/** Looks up what a question names. @throws DeskError invalid_request for what nobody can mean */
export async function resolveQuestion(tx: Tx, { values, numbers }: Question, by: Actor): Promise<Wanted> {
  const state = stateOf(values.is, by)
  const statuses = [...values.status.flatMap(statusesOf), ...state.statuses]
  const people = [...state.people, ...(await peopleOf(tx, values.assignee, by))]
  const within = await withinOf(tx, values.order, numbers)
  return {
    ...(statuses.length > 0 && { statuses }),
    ...(values.priority.length > 0 && { priorities: values.priority.map(priorityOf) }),
    ...(values.category.length > 0 && { categories: await categoriesOf(tx, values.category) }),
    ...(people.length > 0 && { people }),
    ...((state.nobody || values.assignee.some(isNobody)) && { nobody: true }),
    ...(state.snoozed && { snoozed: true }),
    ...(values.has.length > 0 && { attached: values.has.every((what) => oneOf('has', what, HAS)) }),
    ...(values.tag.length > 0 && { tags: values.tag.map(tidyTag) }),
    ...(within && { within }),
    ...(numbers.length > 0 ? { voids: 'all' } : state.voids && { voids: state.voids }),
    ...(await timesOf(tx, values)),
  }
}

const HAS: Record<string, true> = { attachment: true, attachments: true, file: true }

const IS: Record<string, { statuses?: readonly string[]; voids?: string; nobody?: true; mine?: true; snoozed?: true }> =
  {
    open: { statuses: OPEN_STATUSES },
    ...Object.fromEntries(
      ['new', 'pending', 'on_hold', 'solved', 'closed'].map((status) => [status, { statuses: [status] }]),
    ),
    unassigned: { nobody: true },
    mine: { mine: true },
    snoozed: { snoozed: true },
    spam: { voids: 'spam' },
    duplicate: { voids: 'duplicate' },
    merged: { voids: 'merged' },
    void: { voids: 'any' },
  }

function stateOf(names: readonly string[], by: Actor) {
  const state = {
    statuses: [] as string[],
    people: [] as string[],
    nobody: false,
    snoozed: false,
    voids: null as string | null,
  }
  for (const name of names) {
    const meant = oneOf('is', name, IS)
    state.statuses.push(...(meant.statuses ?? []))
    if (meant.mine) state.people.push(me(by))
    state.nobody ||= meant.nobody === true
    state.snoozed ||= meant.snoozed === true
    state.voids = meant.voids ?? state.voids
  }
  return state
}

function oneOf<T>(operator: string, value: string, known: Record<string, T>): T {
  const key = value.toLowerCase().replaceAll('-', '_')
  const found = Object.hasOwn(known, key) ? known[key] : undefined
  if (found !== undefined) return found
  const words = Object.keys(known).map((name) => `${operator}:${name}`)
  throw new DeskError('invalid_request', `${operator}:${value} is not known. There are ${words.join(', ')}.`)
}

const same = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, name]))
const statusesOf = (value: string): string => oneOf('status', value, same(TICKET_STATUSES))
const priorityOf = (value: string): string => oneOf('priority', value, { ...same(TICKET_PRIORITIES), medium: 'normal' })

/** By what is stored and by what people read, in any language; one that is there no longer finds what still has it. */
async function categoriesOf(tx: Tx, names: readonly string[]): Promise<string[]> {
  const all = await categoriesIn(tx)
  return names.flatMap((name) => {
    const called = all.filter(({ labels }) => Object.values(labels).some((label) => fold(label) === fold(name)))
    return [name, ...called.map(({ id }) => id)].map((each) => each.toLowerCase())
  })
}

function me(by: Actor): string {
  if (by.kind === 'staff' && by.id) return by.id
  throw new DeskError('invalid_request', 'A key has no tickets of its own. Say assignee: and a name.')
}

const isNobody = (name: string): boolean => /^(nobody|none)$/i.test(name)

async function peopleOf(tx: Tx, names: readonly string[], by: Actor): Promise<string[]> {
  const asked = names.filter((name) => !isNobody(name))
  if (asked.length === 0) return []
  const staff = await tx.staff.findMany({
    where: { workspaceId: tx.workspaceId },
    select: { id: true, name: true, email: true },
  })
  return asked.flatMap((name) => {
    if (name.toLowerCase() === 'me') return [me(by)]
    const found = staff.filter((person) => isCalled(person, name)).map(({ id }) => id)
    if (found.length > 0) return found
    throw new DeskError('invalid_request', `Nobody on your team is called «${name}».`)
  })
}

function isCalled(person: { name: string; email: string }, name: string): boolean {
  const own = [...wordsIn(person.name), ...wordsIn(respelt(person.name))]
  const isNamed = [wordsIn(name), wordsIn(respelt(name))].some(
    (asked) => asked.length > 0 && asked.every((word) => own.some((each) => each.startsWith(word))),
  )
  return isNamed || person.email.toLowerCase() === name.toLowerCase()
}

/** Orders that one question may be about; nobody has more tickets about them. */
const MOST_WITHIN = 1_000

/** The tickets that an order is beside, or whose mails name it, and those with a number; null when neither is asked for. */
async function withinOf(tx: Tx, orders: readonly string[], numbers: readonly number[]): Promise<string[] | null> {
  if (orders.length + numbers.length === 0) return null
  const keys = orders.map(numberKey)
  if (keys.includes(''))
    throw new DeskError('invalid_request', 'order: takes the number of an order, as in order:20418.')
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select distinct id::text from (
      select l.ticket_id as id from desk.order_key k
      join desk.ticket_order l on l.workspace_id = k.workspace_id and l.order_id = k.order_id and l.undone_at is null
      where k.workspace_id = ${tx.workspaceId}::uuid and k.kind = 'number' and k.key = any(${keys}::text[])
      union all
      select m.ticket_id from desk.order_mention m where m.workspace_id = ${tx.workspaceId}::uuid and m.key = any(${keys}::text[])
      union all
      select t.id from desk.ticket t where t.workspace_id = ${tx.workspaceId}::uuid and t.number = any(${[...numbers]}::int[])) named
    limit ${MOST_WITHIN}`
  return rows.map(({ id }) => id)
}

async function timesOf(tx: Tx, { before, after }: Question['values']): Promise<Pick<Wanted, 'since' | 'until'>> {
  if (before.length + after.length === 0) return {}
  const zone = await zoneOf(tx)
  const today = dayIn(zone, tx.now)
  const starts = (operator: string) => (day: string) => instantIn(zone, parseDay(operator, day, today), 0).toISOString()
  const until = before.map(starts('before')).sort().at(0)
  const since = after.map(starts('after')).sort().at(-1)
  return { ...(until && { until }), ...(since && { since }) }
}
