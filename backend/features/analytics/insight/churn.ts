import { readFileSync } from 'node:fs'
import type { z } from 'zod'
import {
  CHURN_FACTS,
  type ChurnFact,
  type ChurnRisk,
  type ChurnStory,
  type listChurnRisks,
} from '../../../../shared/insight.ts'
import type { Ctx } from '../../../context.ts'
import { DeskError } from '../../../platform/errors.ts'
import { packCursor, readCursor } from '../../../platform/signer.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { zoneOf } from '../../settings/index.ts'
import { formatNumber } from '../../tickets/index.ts'
import { dayAfter, dayBegins, dayOf } from '../figures/zones.ts'
import { metricOf } from '../metrics/index.ts'
import type { Row, Values } from '../reading/engine.ts'
import { freshnessIn } from '../reading/freshness.ts'
import type { Ask } from '../reading/readers.ts'
import { CHURN_WEIGHTS, pointsOf, weightOf } from './churn-weights.ts'

type List = z.infer<(typeof listChurnRisks)['reply']>

/** What happened longer ago is forgotten. */
const DAYS = 90
const MOST_FACTS = 100
/** More addresses that take no mail are not looked at; the newest count. */
const MOST_UNREACHED = 5_000

const sqlOf = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8')
const complaints = sqlOf('./churn-complaints.sql')
const lastWords = sqlOf('./churn-last-words.sql')
const facts = sqlOf('./churn-facts.sql')
  .replace('{late}', () => metricOf('sla-breaches').sql)
  .replace('{reopened}', () => metricOf('reopen-rate').sql)

const weights = CHURN_WEIGHTS.map(({ fact, weight, most }) => `('${fact}', ${weight}, ${most})`).join(', ')

/** What each customer has of each fact, and the sum of its points. Columns: customer_id, score, and each fact by its name. */
const scored = `${facts},
counted as (select customer_id, fact, count(*) as n from found group by all),
weight (fact, weight, most) as (values ${weights}),
scored as (
  select c.customer_id, sum(least(c.n, w.most) * w.weight)::double as score,
    ${CHURN_FACTS.map((one) => `coalesce(sum(c.n) filter (where c.fact = '${one}'), 0)::double as "${one}"`).join(', ')}
  from counted as c join weight as w on w.fact = c.fact
  group by c.customer_id
)`

const listed = (isFurther: boolean, limit: number): string => `${scored}
select * from scored
${isFurther ? 'where score < $score or (score = $score and customer_id > $after)' : ''}
order by score desc, customer_id limit ${limit}`

const ofOne = `${scored} select * from scored where customer_id = $customer`

const factsOfOne = `${facts}
select fact, ticket_id, number, epoch_ms(happened)::double as at_ms from found
where customer_id = $customer order by happened desc, fact limit ${MOST_FACTS}`

/** Customers who may leave, the highest score first: of all facts of the last 90 days in one look at the lake. */
export async function churnRisks(
  ctx: Ctx,
  workspaceId: string,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<List> {
  const list = `churn/${workspaceId}`
  const place = readCursor(ctx.signer, list, cursor)
  const { since, values } = await known(ctx, workspaceId)
  const bound = { ...values, ...(place && { score: Number(place[0]), after: String(place[1]) }) }
  const found = await ctx.figures.read(workspaceId, async (ask) =>
    ask(listed(place !== null, limit + 1), { ...bound, ...(await silentSince(ask, values)) }),
  )
  const rows = (found ?? []).slice(0, limit)
  const last = (found ?? []).length > limit ? rows.at(-1) : undefined
  const names = await namesOf(ctx, workspaceId, rows)
  return {
    freshness: await freshnessIn(ctx, found !== null),
    since,
    weights: [...CHURN_WEIGHTS],
    items: rows.map((row) => presentRisk(row, names)),
    next: last ? packCursor(ctx.signer, list, [Number(last['score']), String(last['customer_id'])]) : null,
  }
}

/** Each fact that raised the score of a customer. @throws DeskError not_found when there is none */
export async function churnStory(ctx: Ctx, workspaceId: string, customerId: string): Promise<ChurnStory> {
  const { values } = await known(ctx, workspaceId)
  const found = await ctx.figures.read(workspaceId, async (ask) => {
    const bound = { ...values, ...(await silentSince(ask, values)), customer: customerId }
    return { risk: (await ask(ofOne, bound))[0], facts: await ask(factsOfOne, bound) }
  })
  if (!found?.risk) throw new DeskError('not_found', `Nothing in the last ${DAYS} days speaks against this customer.`)
  return {
    freshness: await freshnessIn(ctx, true),
    risk: presentRisk(found.risk, await namesOf(ctx, workspaceId, [found.risk])),
    facts: found.facts.map(presentFact),
  }
}

type Known = { from: number; to: number; unreached: string; unreached_at: string }

const SILENT_MS = 30 * 86_400_000

/**
 * Who complained and then fell silent, asked beforehand: together with all other facts it would take more memory than a reading may have.
 */
async function silentSince(ask: Ask, { from, to }: { from: number; to: number }): Promise<Values> {
  const complained = await ask(complaints, { from, to })
  const customers = complained.map(({ customer_id }) => String(customer_id))
  const wrote = customers.length === 0 ? [] : await ask(lastWords, { from, customers: customers.join(',') })
  const last = new Map(wrote.map(({ customer_id, at_ms }) => [String(customer_id), Number(at_ms)]))
  const silent = complained
    .map((row) => ({ ...row, at: Math.max(Number(row['at_ms']), last.get(String(row['customer_id'])) ?? 0) }))
    .filter(({ at }) => at < to - SILENT_MS)
  const all = (name: string) => silent.map((row: Row) => row[name]).join(',')
  return {
    silent: all('customer_id'),
    silent_tickets: all('ticket_id'),
    silent_numbers: all('number'),
    silent_at: all('at'),
  }
}

/** What the lake does not know, and the days that are looked at. */
async function known(ctx: Ctx, workspaceId: string): Promise<{ since: string; values: Known }> {
  const now = ctx.clock.now().getTime()
  return inWorkspace(
    ctx,
    workspaceId,
    async (tx) => {
      const zone = await zoneOf(tx)
      const since = dayAfter(dayOf(zone, now), -DAYS)
      const from = dayBegins(zone, since)
      const unreached = await unreachedSince(tx, new Date(from))
      return {
        since,
        values: {
          from,
          to: now,
          unreached: unreached.map(({ customerId }) => customerId).join(','),
          unreached_at: unreached.map(({ at }) => at.getTime()).join(','),
        },
      }
    },
    { reads: true },
  )
}

/** Customers with an address that takes no mail, of which the lake knows nothing. */
const unreachedSince = (tx: Tx, since: Date): Promise<{ customerId: string; at: Date }[]> =>
  tx.$queryRaw<{ customerId: string; at: Date }[]>`
    select customer_id::text as "customerId", undeliverable_at as at from desk.customer_address
    where workspace_id = ${tx.workspaceId}::uuid and undeliverable_at is not null and undeliverable_at >= ${since}
    order by undeliverable_at desc limit ${MOST_UNREACHED}`

type Names = ReadonlyMap<string, string>

async function namesOf(ctx: Ctx, workspaceId: string, rows: readonly Row[]): Promise<Names> {
  const ids = rows.map(({ customer_id }) => String(customer_id))
  const found = await inWorkspace(
    ctx,
    workspaceId,
    (tx) =>
      tx.customer.findMany({ where: { workspaceId, id: { in: ids } }, select: { id: true, name: true, email: true } }),
    { reads: true },
  )
  return new Map(found.map(({ id, name, email }) => [id, name || email]))
}

function presentRisk(row: Row, names: Names): ChurnRisk {
  const id = String(row['customer_id'])
  return {
    customer: { id, name: names.get(id) ?? 'A customer who was forgotten' },
    score: Number(row['score']),
    reasons: CHURN_FACTS.map((fact) => ({ fact, words: weightOf(fact).words, count: Number(row[fact]) }))
      .filter(({ count }) => count > 0)
      .map((reason) => ({ ...reason, points: pointsOf(reason.fact, reason.count) }))
      .sort((one, other) => other.points - one.points),
  }
}

const presentFact = (row: Row): ChurnStory['facts'][number] => {
  const fact = row['fact'] as ChurnFact
  return {
    fact,
    words: weightOf(fact).words,
    at: new Date(Number(row['at_ms'])).toISOString(),
    ticket:
      row['ticket_id'] === null ? null : { id: String(row['ticket_id']), number: formatNumber(Number(row['number'])) },
  }
}
