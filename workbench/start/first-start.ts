import type { Google } from '../emulators/google/google.ts'
import type { Shopify } from '../emulators/shopify/shopify.ts'
import { type Cast, SHOP } from '../scenarios/fern-and-fig.ts'
import { SHOPS } from '../scenarios/shop-world/shop-world.ts'
import type { RunningBackend } from './backend.ts'
import { connectShops, ordersRead } from './connecting.ts'
import { workAtTheDesk } from './desk-work.ts'
import { readOldMail } from './old-mail.ts'
import { playShop } from './playing.ts'
import type { Progress } from './progress.ts'
import type { Secrets } from './secrets.ts'
import { makeWorkspace, writeSavedReplies } from './seeding.ts'
import type { StoryClock } from './story-clock.ts'

interface Surroundings {
  google: Google
  shopify: Shopify
  backend: RunningBackend
  secrets: Secrets
  clock: StoryClock
  cast: Cast
}

/** What happened before the first look: the workspace, its shops, some days of mail and of work at the desk. */
export async function tellTheStory(
  { step }: Progress,
  { google, shopify, backend, secrets, clock, cast }: Surroundings,
): Promise<string> {
  const { ctx } = backend
  const workspaceId = await step(`${SHOP.name}'s workspace`, () => makeWorkspace(ctx, secrets, cast.staff))
  await step('Their shops', () => connectShops(ctx, workspaceId, secrets))
  await step('Saved replies', () => writeSavedReplies(google, backend))
  await step('A few days of mail', (told) => playShop(google, backend, workspaceId, clock, told))
  await step('Their work at the desk', async () => {
    await workAtTheDesk(google, backend)
    await readOldMail(google, cast.inboxes, clock.now())
  })
  await step('A year of orders', (told) => ordersRead(ctx, workspaceId, orderCount(shopify), told))
  return workspaceId
}

const orderCount = (shopify: Shopify) =>
  SHOPS.reduce((count, domain) => count + shopify.shop(domain).tables.orders.size, 0)
