import { afterAll, beforeAll, test } from '@jest/globals'
import { SHOP } from '../../workbench/scenarios/fern-and-fig.ts'
import { callAs } from '../../workbench/start/desk-api.ts'
import { openShop, type Shop } from './support/open-shop.ts'
import { openPage } from './support/page-screen.ts'
import { PHONE_SCALE, takePage, takePart } from './support/pictures.ts'
import { planWeek } from './support/planned-week.ts'
import { workWeek } from './support/worked-week.ts'

let shop: Shop
let ticketId: string
let worked: { from: string; to: string }
beforeAll(async () => {
  shop = await openShop()
  await planWeek(shop)
  worked = await workWeek(shop)
  await callAs(shop.workbench.google, `nora@${SHOP.domain}`, `${shop.workbench.backend.url}/v1/work`, 'PUT')
  ticketId = (await shop.ticket('Olive oil all over my parcel')).id
}, 180_000)
afterAll(() => shop?.close())

const SIZES = { phone: { width: 360, height: 740 }, wide: { width: 1_000, height: 740 } } as const
const SCALES = { phone: PHONE_SCALE, wide: 1 } as const

/** `keeps`: which pages are shown so in the guides. */
type Look = { scheme: 'light' | 'dark'; size: keyof typeof SIZES; keeps: readonly string[] }

/** Somebody's pages, as pictures. */
async function picturing({ scheme, size, keeps }: Look, who: string) {
  const screen = await openPage(shop, scheme, { size: SIZES[size], scale: SCALES[size] })
  const ending = `${size === 'wide' ? '-wide' : ''}${scheme === 'dark' ? '-dark' : ''}`
  const isKept = (name: string) => keeps.includes(name)
  const take = async (name: string) => {
    if (isKept(name)) await takePage(screen.page, `page-${name}${ending}`)
  }
  return {
    ...screen,
    take,
    takePart: async (name: string, part: string) => {
      if (isKept(name)) await takePart(screen.page.locator(part), `page-${name}${ending}`)
    },
    show: async (name: string, path: string) => {
      await screen.open(path, who)
      await take(name)
    },
  }
}

const LOOKS: Look[] = [
  {
    scheme: 'light',
    size: 'phone',
    keeps: [
      ...['work', 'desk', 'list', 'search', 'ticket', 'order', 'saved-replies', 'shifts', 'notices', 'handover'],
      ...['supervisor', 'plan'],
    ],
  },
  { scheme: 'dark', size: 'phone', keeps: ['desk', 'ticket'] },
  { scheme: 'light', size: 'wide', keeps: ['ticket', 'team', 'adherence'] },
]

test.each(LOOKS)(
  'what an agent sees: $scheme, $size',
  async (look) => {
    const sam = await picturing(look, 'sam')
    await sam.open('/desk/work', 'sam')
    const logIn = sam.page.getByRole('button', { name: 'Log in' })
    if (await logIn.count()) await logIn.click()
    await sam.show('work', '/desk/work')
    await sam.show('desk', '/desk')
    await sam.show('list', '/desk/queues/open')
    await sam.show('search', '/desk/search?q=parcel')
    await sam.show('ticket', `/desk/tickets/${ticketId}`)
    await sam.page.locator('#orders summary').first().click()
    await sam.page.getByText('Make it right…').first().click()
    await sam.takePart('order', '#orders > details[open]')
    const card = `/v1/tickets/${ticketId}/saved-replies/card`
    await sam.show('saved-replies', `/desk/card?${new URLSearchParams({ path: card, ticket: ticketId })}`)
    await sam.show('shifts', '/desk/shifts')
    await sam.show('notices', '/desk/notices')
    await sam.show('handover', '/desk/handover')
    await sam.close()
  },
  240_000,
)

test.each(LOOKS)(
  'what a supervisor sees: $scheme, $size',
  async (look) => {
    const june = await picturing(look, 'june')
    await june.show('supervisor', '/desk')
    await june.open('/desk/team', 'june')
    await june.page.getByRole('link', { name: 'Week after' }).click()
    await june.take('team')
    await june.page.getByRole('link', { name: 'Nora Lindqvist' }).first().click()
    await june.page.getByText('Plan of').waitFor()
    await june.take('plan')
    await june.show('adherence', `/desk/team/adherence?${new URLSearchParams(worked)}`)
    await june.close()
  },
  120_000,
)
