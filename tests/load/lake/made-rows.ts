/** How the made tickets are spread over time; the same shape as the tickets of the measured world. */
export type Spread = { count: number; openShare: number; years: number; nowMs: number }

const YEAR_MS = 365 * 86_400_000
const CURVE = 1.2

/** When the ticket of this number began: ever more of them towards today. */
export const momentSql = ({ count, years, nowMs }: Spread): string =>
  `make_timestamp(((${nowMs}::double - ${years * YEAR_MS}::double * power(1 - n / (${count} + 1.0), ${CURVE}))::bigint) * 1000)`

/** The first number whose ticket began at or after this instant. */
export function numberAt({ count, years, nowMs }: Spread, ms: number): number {
  const left = (nowMs - ms) / (years * YEAR_MS)
  if (left >= 1) return 1
  if (left <= 0) return count + 1
  return Math.max(1, Math.ceil((count + 1) * (1 - left ** (1 / CURVE))))
}

/** Texts shaped as ids of version 7: the instant is told, and the rest is as random as in real ones. */
const idSql = (at: string, seed: string): string => `(
  substr(format('{:012x}', epoch_ms(${at})), 1, 8) || '-' || substr(format('{:012x}', epoch_ms(${at})), 9, 4)
  || '-7' || substr(md5(${seed}), 1, 3) || '-8' || substr(md5(${seed}), 4, 3) || '-' || substr(md5(${seed}), 7, 12))`

/**
 * Tickets of these numbers with all that their rows are made of, in an order of their own: a pull writes them as they come out of joins.
 * @param staff ids of people of the desk, whose names figures show
 */
export const madeTickets = (spread: Spread, from: number, until: number, staff: readonly string[]): string => `
  with numbered as (
    select n, ${momentSql(spread)} as began, (hash(n) % 1024)::integer as dice,
      n > ${spread.count} * (1 - ${spread.openShare}::double + 1 / 331.0) or n % 331 = 0 as is_open
    from range(${from}, ${until}) r(n)),
  lived as (
    select *, ${idSql('began', 'n::varchar')} as id, 300 + (hash(n + 1) % 28800)::bigint as first_s, (hash(n + 2) % 259200)::bigint as more_s,
      dice % 25 = 0 and not is_open as is_again, ['${staff.join("','")}'][1 + (dice % ${staff.length})] as person
    from numbered)
  select *, began + to_seconds(first_s) as first_at, began + to_seconds(first_s + more_s + 60) as solved_at,
    is_open and n > ${spread.count} * (1 - ${spread.openShare}::double / 3) as is_unanswered
  from lived order by hash(n + 3)`

const MAILBOX = '00000000-0000-7000-8000-00000000000b'

/** Rows of each table of the lake from `made`, the tickets above. */
export const MADE_TABLES = {
  ticket: `select id, n::integer as number, began as created_at, began as opened_at,
      case when not is_open then if(dice < 80, 'solved', 'closed') else ['new', 'open', 'pending', 'on_hold'][1 + dice % 4] end as status,
      ['normal', 'normal', 'normal', 'low', 'high', 'urgent'][1 + dice % 6] as priority,
      ['order', 'product', 'billing', 'technical', 'other'][1 + dice % 5] as category,
      case dice % 16 when 0 then ['vip'] when 1 then ['glass', 'spring'] else []::varchar[] end as tags,
      '${MAILBOX}' as mailbox_id, 'email' as channel, 'en' as language, md5((n // 4)::varchar) as customer_id, 'standard' as tier,
      if(dice % 10 < 7, person, null) as assignee_id, began as first_in_at, if(is_unanswered, null, first_at) as first_out_at,
      if(is_unanswered, null, person) as first_by_id, if(is_unanswered, null, first_s) as first_seconds,
      if(is_unanswered, null, first_s // 2) as first_open_seconds, if(is_open, null, solved_at) as resolved_at, if(is_open, null, person) as resolved_by_id,
      if(is_open, null, first_s + more_s) as resolution_seconds, if(is_open, null, (first_s + more_s) // 3) as resolution_open_seconds,
      is_again::integer as reopens, 2 as mails_in, if(dice % 3 = 0, 2, 1) as mails_out, 0 as automatic_out, 0 as notes, 1 as repliers, 0 as escalations,
      first_s // 20 as handle_seconds, false as historical, false as spam, null::varchar as void_reason,
      if(is_again, [{move_id: '', from_at: began, until_at: solved_at - interval 40 seconds}, {move_id: md5(id || 3), from_at: solved_at - interval 20 seconds, until_at: solved_at}], null) as stood
    from made`,
  message: `select md5(id || m) as id, id as ticket_id, case m when 1 then began when 2 then first_at else first_at + interval 1 hour end as "at",
      if(m = 2, 'out', 'in') as direction, if(m = 2, person, null) as staff_id, false as automatic, false as historical, false as spam
    from made, range(1, 4) r(m) where m <> 2 or not is_unanswered`,
  move: `select md5(id || m) as id, id as ticket_id,
      case m when 1 then began + interval 2 minutes when 2 then solved_at when 3 then solved_at - interval 20 seconds else solved_at - interval 40 seconds end as "at",
      if(m = 1, 'assignee', 'status') as kind, case m when 1 then null when 3 then 'solved' else 'open' end as before,
      case m when 1 then person when 3 then 'open' else 'solved' end as after, if(m = 3, 'customer', 'staff') as by_kind,
      if(m = 3, null, person) as by_id, false as historical, true as counts, case m when 2 then false when 4 then true end as undone
    from made, range(1, 5) r(m) where m = 1 or (not is_open and (m = 2 or is_again))`,
  clock: `select md5(id || target) as id, id as ticket_id, target, '${MAILBOX}' as policy_id, began as since, began + to_seconds(spent) as ended_at, 'ended' as state,
      14400::bigint as limit_seconds, spent // 2 as used_seconds, spent as spent_seconds, if(spent // 2 <= 14400, 'met', 'breached') as outcome,
      began + to_seconds(spent) as told_at, person as staff_id, true as counts, began + to_seconds(spent) as decided_at, person as agent_id
    from (select *, case target when 'first' then first_s when 'next' then first_s // 2 else first_s + more_s end as spent
      from made, (values ('first'), ('next'), ('resolution')) v(target) where not is_unanswered and (target <> 'resolution' or not is_open))`,
  step: `select md5(id || 's') as id, md5(id || 'a') as action_id, id as ticket_id, 'refund' as kind, 'damaged' as reason, 'done' as state, 500 + dice as minor,
      'EUR' as currency, 0 as tax_minor, person as by_id, md5((n // 4)::varchar) as customer_key, first_at as done_at, md5(id || 'c') as compensation_id
    from made where dice % 50 = 0`,
  compensation: `select md5(id || 'c') as id, md5(id || 'o') as order_id, 'refund' as kind, 500 + dice as minor, null as cost_minor, 'EUR' as currency, first_at as "at",
      md5((n // 4)::varchar) as customer_key
    from made where dice % 50 = 0`,
  rating: `select md5(id || 'r') as id, id as ticket_id, solved_at + interval 1 day as "at", 1 + dice % 5 as score, person as staff_id, true as counts
    from made where dice % 20 = 0 and not is_open`,
} as const

/** Tables whose owner is the ticket: what a pull replaces when one changed. */
export const OF_TICKETS = ['ticket', 'message', 'move', 'clock', 'rating'] as const
