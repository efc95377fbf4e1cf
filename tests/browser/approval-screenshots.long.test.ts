import { afterAll, beforeAll, test } from '@jest/globals'
import { openShop, type Shop } from './support/open-shop.ts'
import { openPage } from './support/page-screen.ts'
import { PHONE_SCALE, takePage } from './support/pictures.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
}, 180_000)
afterAll(() => shop?.close())

async function take(at: { path: string; who: string; name: string; scheme?: 'light' | 'dark' }): Promise<void> {
  const phone = await openPage(shop, at.scheme, { scale: PHONE_SCALE })
  await phone.open(at.path, at.who)
  await takePage(phone.page, at.name)
  await phone.close()
}

test('pages of approvals and limits, as a phone shows them', async () => {
  const nora = await shop.mailOf('nora')
  await nora.open('Olive oil all over my parcel')
  await nora.untilPanelShows('Make it right…')
  await nora.begin('FF-20418', 'Spilled or broken')
  await nora.press('Ask for approval')
  await nora.close()
  const { id } = await shop.actionOn('FF-20418')
  await take({ path: `/actions/${id}`, who: 'june', name: 'approval-phone' })
  await take({ path: `/actions/${id}`, who: 'june', name: 'approval-dark', scheme: 'dark' })
  await take({ path: '/approvals', who: 'june', name: 'approvals-list' })
  await take({ path: '/settings/actions', who: 'anton', name: 'limits' })
}, 120_000)
