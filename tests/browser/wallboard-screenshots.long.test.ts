import { afterAll, beforeAll, test } from '@jest/globals'
import { travellingClock } from '../../backend/platform/clock.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { SHOP } from '../../workbench/scenarios/fern-and-fig.ts'
import { callAs } from '../../workbench/start/desk-api.ts'
import { openShop, type Shop } from './support/open-shop.ts'
import { pictureNamed, takePage } from './support/pictures.ts'

let shop: Shop
const clock = travellingClock()
beforeAll(async () => {
  shop = await openShop({ clock })
}, 180_000)
afterAll(() => shop?.close())

const press = (who: string, path: string, body?: object) =>
  callAs(shop.workbench.google, `${who}@${SHOP.domain}`, `${shop.workbench.backend.url}/v1/work${path}`, 'PUT', body)

/** A morning: somebody is late, somebody is on a break for too long. */
async function morning(): Promise<void> {
  const { ctx } = shop.workbench.backend
  const { rows } = await ctx.pool.query<{ id: string }>('select app.workspace_ids()::text as id')
  const workspaceId = rows[0]?.id ?? ''
  await inWorkspace(ctx, workspaceId, async (tx) => {
    const staff = await tx.staff.findMany({ where: { workspaceId, role: { in: ['agent', 'supervisor'] } } })
    const startsAt = new Date(tx.now.getTime() + 10 * 60_000)
    const endsAt = new Date(startsAt.getTime() + 8 * 3_600_000)
    for (const { id: staffId } of staff)
      await tx.shift.create({
        data: { workspaceId, id: crypto.randomUUID(), staffId, day: startsAt, startsAt, endsAt, source: 'import' },
      })
  })
  await press('nora', '')
  await press('june', '')
  await shop.travel(100 * 60)
  await press('june', '/break', { kind: 'short' })
  await shop.travel(14 * 60)
}

test('the wallboard on a desk, on a phone and on a screen', async () => {
  await morning()
  for (const [name, viewport, colorScheme] of [
    ['wall', { width: 1280, height: 720 }, 'light'],
    ['wall-phone', { width: 360, height: 740 }, 'dark'],
  ] as const) {
    const context = await shop.browser.newContext({ viewport, colorScheme, deviceScaleFactor: 1.25 })
    const page = await context.newPage()
    await page.goto(new URL('/desk/wall', shop.workbench.backend.url).href)
    await page.getByRole('link', { name: `june@${SHOP.domain}` }).click()
    await page.getByText('Live.').waitFor()
    await takePage(page, name)
    await context.close()
  }

  const context = await shop.browser.newContext({ viewport: { width: 1600, height: 900 } })
  const page = await context.newPage()
  await page.goto(new URL('/settings/displays', shop.workbench.backend.url).href)
  await page.getByRole('link', { name: `anton@${SHOP.domain}` }).click()
  await page.getByLabel('Where the screen hangs').fill('Kitchen')
  await page.getByRole('button', { name: 'Make a link' }).click()
  const link = (await page.locator('code').textContent()) ?? ''
  await page.goto(link)
  await page.getByText('Live.').waitFor()
  await page.screenshot({ path: pictureNamed('wall-screen') })
  await context.close()
}, 180_000)
