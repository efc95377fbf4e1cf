import { readFileSync } from 'node:fs'
import { CORRELATED, type Correlated, type Correlations, type Finding } from '../../../../shared/insight.ts'
import type { Ctx } from '../../../context.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { zoneOf } from '../../settings/index.ts'
import { dayAfter, dayBegins, dayOf } from '../figures/zones.ts'
import { metricOf } from '../metrics/index.ts'
import type { Row } from '../reading/engine.ts'
import { freshnessIn } from '../reading/freshness.ts'
import { believed, correlate, LEAST_PAIRS } from './correlating.ts'

type Outcome = Correlations['outcomes'][number]['outcome']

const DAYS = 365

const sqlOf = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8')

const OUTCOMES: Record<Outcome, { title: string; noun: string; sql: string; more: string; less: string }> = {
  csat: {
    title: 'Ratings of customers',
    noun: 'ratings',
    sql: sqlOf('./rated.sql'),
    more: 'the better the rating',
    less: 'the worse the rating',
  },
  reopened: {
    title: 'Tickets that were opened again',
    noun: 'solved tickets',
    sql: sqlOf('./held.sql').replace('{solutions}', () => metricOf('reopen-rate').sql),
    more: 'the more often it is opened again',
    less: 'the more seldom it is opened again',
  },
}

/** @property more how a sentence begins about more of it */
const THINGS: Record<Correlated, { label: string; more: string }> = {
  first_response: { label: 'First response, in open hours', more: 'The longer the first answer takes' },
  resolution: { label: 'Time to the solution', more: 'The longer the solution takes' },
  contacts: { label: 'Mails of the customer', more: 'The more often the customer has to write' },
  same_agent: { label: 'One agent for all answers', more: 'When one agent gives all answers' },
  tenure: { label: 'Time that the agent has been here', more: 'The longer the agent has been here' },
}

/** What goes together with ratings, and with solutions that did not hold, in the last year. */
export async function correlations(ctx: Ctx, workspaceId: string): Promise<Correlations> {
  const zone = await inWorkspace(ctx, workspaceId, zoneOf, { reads: true })
  const since = dayAfter(dayOf(zone, ctx.clock.now().getTime()), -DAYS)
  const names = Object.keys(OUTCOMES) as Outcome[]
  const found = await ctx.figures.read(workspaceId, async (ask) => {
    const all: Row[][] = []
    for (const name of names) all.push(await ask(OUTCOMES[name].sql, { from: dayBegins(zone, since) }))
    return all
  })
  return {
    freshness: await freshnessIn(ctx, found !== null),
    since,
    outcomes: names.map((outcome, n) => ({
      outcome,
      title: OUTCOMES[outcome].title,
      findings: findingsOf(outcome, found ? (found[n] ?? []) : null),
    })),
  }
}

/**
 * Of one outcome, believed together: who looks at five things sees chance in one of them.
 * @param known null while there are no figures
 */
export function findingsOf(outcome: Outcome, known: readonly Row[] | null): Finding[] {
  const rows = known ?? []
  const looked = CORRELATED.map((thing) => {
    const pairs = rows.flatMap((row): [number, number][] =>
      row[thing] === null || row['outcome'] === null ? [] : [[Number(row[thing]), Number(row['outcome'])]],
    )
    return { thing, pairs: pairs.length, found: correlate(pairs) }
  })
  const tested = looked.flatMap(({ found }) => (found ? [found.p] : []))
  const real = believed(tested)
  let place = 0
  return looked.map(({ thing, pairs, found }) => {
    const isReal = found !== null && real[place++] === true
    return {
      with: thing,
      label: THINGS[thing].label,
      pairs,
      rho: found?.rho ?? null,
      p: found?.p ?? null,
      believed: isReal,
      sentence:
        known === null ? NOT_KNOWN : sentenceOf(outcome, thing, { pairs, found, isReal, isEmpty: known.length === 0 }),
    }
  })
}

type Looked = { pairs: number; found: ReturnType<typeof correlate>; isReal: boolean; isEmpty: boolean }

const NOT_KNOWN = 'Not known: there are no figures to look at.'
const NOT_ASKED = 'Sidedesk does not ask customers for ratings.'

/** Below this ranks go together so little that nobody would see it, however many there are. */
export const WEAK = 0.1
const STRONG = 0.4

function sentenceOf(outcome: Outcome, thing: Correlated, { pairs, found, isReal, isEmpty }: Looked): string {
  const { noun, more, less } = OUTCOMES[outcome]
  const looked = `${pairs.toLocaleString('en')} ${noun}`
  if (pairs < LEAST_PAIRS) {
    const why = outcome === 'csat' && isEmpty ? ` ${NOT_ASKED}` : ''
    return `Not enough data: ${looked}, and ${LEAST_PAIRS} are needed.${why}`
  }
  if (!found) return `Not enough data: all ${looked} are the same in this.`
  const { label } = THINGS[thing]
  if (!isReal) return `${label}: nothing beyond chance in ${looked} (${pWords(found.p)}).`
  const size = Math.abs(found.rho)
  if (size < WEAK) return `${label}: more than chance, but too little to see (${rhoWords(found)}, ${looked}).`
  const strength = size < STRONG ? 'somewhat' : 'clearly'
  return `${THINGS[thing].more}, ${strength} ${found.rho > 0 ? more : less} (${rhoWords(found)}, ${looked}).`
}

const pWords = (p: number): string => (p < 0.001 ? 'p below 0.001' : `p ${p.toFixed(3)}`)
const rhoWords = ({ rho, p }: { rho: number; p: number }): string => `rank correlation ${rhoText(rho)}, ${pWords(p)}`

/** −0.07; what is nothing to two places has no sign. */
export const rhoText = (rho: number): string => (Math.abs(rho) < 0.005 ? '0.00' : rho.toFixed(2).replace('-', '−'))
