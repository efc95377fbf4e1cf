import { jobs } from '../../../backend/features.ts'
import { enqueue } from '../../../backend/platform/jobs.ts'
import { inWorkspace } from '../../../backend/platform/tenancy.ts'
import type { ActionSettings } from '../../../shared/combined-actions.ts'
import type { SlaRules } from '../../../shared/sla.ts'
import type { Google } from '../../emulators/google/google.ts'
import type { Shopify } from '../../emulators/shopify/shopify.ts'
import { YEAR_STAFF } from '../../scenarios/a-year/team.ts'
import { SHOP } from '../../scenarios/fern-and-fig.ts'
import { SHOPS } from '../../scenarios/shop-world/shop-world.ts'
import type { RunningBackend } from '../backend.ts'
import { connectShops, ordersRead } from '../connecting.ts'
import type { Database } from '../database.ts'
import { callAs } from '../desk-api.ts'
import type { Progress } from '../progress.ts'
import type { Secrets } from '../secrets.ts'
import { makeWorkspace, writeSavedReplies } from '../seeding.ts'
import { ASKED_ABOVE } from './action-rows.ts'
import { tellTheFigures } from './figures.ts'
import { type Known, whatTheDeskKnows } from './house.ts'
import { writeYear } from './writing.ts'

type Surroundings = {
  google: Google
  shopify: Shopify
  database: Database
  secrets: Secrets
  clock: { now(): Date }
  startDesk: () => Promise<RunningBackend>
}

export type Year = { tickets: number; mailDays: number; seed: number }

/**
 * Gives the database a year of the past, so that every chart has something to tell. A desk makes the workspace and stops; then the year is
 * written and figures are made of it, and the server becomes everybody's.
 */
export async function tellTheYear(
  { step }: Progress,
  { google, shopify, database, secrets, clock, startDesk }: Surroundings,
  year: Year,
): Promise<string> {
  const desk = await step('A desk for the beginning', startDesk)
  const known = await openTheDesk({ step }, desk, { google, shopify, database, secrets, clock }).finally(desk.stop)
  const place = { ...known, google, ownerUrl: database.ownerUrl, now: known.house.now }
  await step(`${year.tickets.toLocaleString('en')} tickets of a year`, async (told) => {
    await writeYear(place, year, (done, of) => told(`${done.toLocaleString('en')} of ${of.toLocaleString('en')}`))
  })
  await step('Figures of a year', () => tellTheFigures(desk.ctx))
  await database.filled()
  return known.house.workspaceId
}

async function openTheDesk(
  { step }: Pick<Progress, 'step'>,
  desk: RunningBackend,
  { google, shopify, database, secrets, clock }: Omit<Surroundings, 'startDesk'>,
): Promise<Known> {
  const { ctx } = desk
  const workspaceId = await step(`${SHOP.name}'s workspace`, () => makeWorkspace(ctx, secrets, YEAR_STAFF))
  await step('Their shops', () => connectShops(ctx, workspaceId, secrets))
  await step('Saved replies and answering times', async () => {
    await writeSavedReplies(google, desk)
    await writeTimes(google, desk)
    await writeLimits(google, desk)
  })
  const orders = SHOPS.reduce((count, domain) => count + shopify.shop(domain).tables.orders.size, 0)
  await step('A year of orders', (told) => ordersRead(ctx, workspaceId, orders, told))
  return whatTheDeskKnows({ ctx, ownerUrl: database.ownerUrl, workspaceId, now: clock.now().getTime() })
}

/** Figures follow the record within seconds, on a slow machine within minutes; what was told already is not told again. */
const LOOKED_AFTER_S = [20, 60, 300]

/** The desk looks in the night, and nobody who tries it waits for that. */
export async function lookForSurprises(
  { ctx }: Pick<RunningBackend, 'ctx'>,
  workspaceId: string,
  now: Date,
): Promise<void> {
  const looking = jobs.find(({ name }) => name === 'analytics:tell-surprises')
  if (!looking) throw new Error('There is no job that looks for surprises')
  await inWorkspace(ctx, workspaceId, async (tx) => {
    for (const after of LOOKED_AFTER_S)
      await enqueue(
        tx,
        looking,
        {},
        { at: new Date(now.getTime() + after * 1_000), key: `surprises of ${workspaceId}, ${after}` },
      )
  })
}

/**
 * June agrees to what is larger, as she did all year. Nothing else is limited, so that whoever tries a limit on the past sees what it would
 * do; a year of actions is about the few orders that the shop has, of which each would be above any limit.
 */
async function writeLimits(google: Google, { url }: RunningBackend): Promise<void> {
  const anton = `anton@${SHOP.domain}`
  const settings = (await callAs(google, anton, `${url}/v1/action-settings`, 'GET')) as ActionSettings
  const own = { action: ASKED_ABOVE, order: null, customerYear: null, agentDay: null }
  const limits = { ...settings.limits, agent: own, supervisor: own }
  await callAs(google, anton, `${url}/v1/action-settings`, 'PUT', { ...settings, limits, shopDay: null })
}

/** Open on working days; four hours for a first answer, of what the desk is open. */
async function writeTimes(google: Google, { url }: RunningBackend): Promise<void> {
  const june = `june@${SHOP.domain}`
  const rules = (await callAs(google, june, `${url}/v1/sla-rules`, 'GET')) as SlaRules & { version: number }
  const [last] = rules.policies.slice(-1)
  if (!last) throw new Error('There is no last policy')
  const open = [{ from: 480, to: 1_050 }]
  const hour = 60
  const targets = {
    urgent: { first: hour, next: 2 * hour, resolution: 8 * hour },
    high: { first: 2 * hour, next: 4 * hour, resolution: 16 * hour },
    normal: { first: 4 * hour, next: 6 * hour, resolution: 24 * hour },
    low: { first: 8 * hour, next: 8 * hour, resolution: 40 * hour },
  }
  await callAs(google, june, `${url}/v1/sla-rules`, 'PUT', {
    ...rules,
    hours: {
      timeZone: 'Europe/London',
      week: [open, open, open, open, open, [], []],
      specialDays: [
        { from: '2025-12-25', to: '2025-12-26', name: 'Christmas', intervals: [] },
        { from: '2026-12-25', to: '2026-12-26', name: 'Christmas', intervals: [] },
      ],
    },
    policies: [...rules.policies.slice(0, -1), { ...last, unit: 'business_minutes', targets }],
  })
}
