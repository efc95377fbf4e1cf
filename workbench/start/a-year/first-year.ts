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
import { writeYear } from './writing.ts'

type Surroundings = {
  google: Google
  shopify: Shopify
  backend: RunningBackend
  database: Database
  secrets: Secrets
  clock: { now(): Date }
}

export type Year = { tickets: number; mailDays: number; seed: number }

/** A desk that has a year behind it, so that every chart has something to tell. */
export async function tellTheYear(
  { step }: Progress,
  { google, shopify, backend, database, secrets, clock }: Surroundings,
  year: Year,
): Promise<string> {
  const { ctx } = backend
  const workspaceId = await step(`${SHOP.name}'s workspace`, () => makeWorkspace(ctx, secrets, YEAR_STAFF))
  await step('Their shops', () => connectShops(ctx, workspaceId, secrets))
  await step('Saved replies and answering times', async () => {
    await writeSavedReplies(google, backend)
    await writeTimes(google, backend)
  })
  const orders = SHOPS.reduce((count, domain) => count + shopify.shop(domain).tables.orders.size, 0)
  await step('A year of orders', (told) => ordersRead(ctx, workspaceId, orders, told))
  const place = { ctx, google, ownerUrl: database.ownerUrl, workspaceId, now: clock.now().getTime() }
  await step(`${year.tickets.toLocaleString('en')} tickets of a year`, (told) =>
    writeYear(place, year, (done, of) => told(`${done.toLocaleString('en')} of ${of.toLocaleString('en')}`)),
  )
  return workspaceId
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
