import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { timeIn } from '../../backend/features/settings/index.ts'
import {
  ActionInput,
  type ActionSettings,
  createCombinedAction,
  getActionSettings,
  type LimitsTrial,
  tryActionSettings,
  writeActionSettings,
} from '../../shared/combined-actions.ts'
import type { OrderRecord } from '../../workbench/emulators/shopify/store/records/orders.ts'
import { formsAt } from '../support/action-forms.ts'
import { ordersOf } from '../support/action-orders.ts'
import { someone } from '../support/customer-mail.ts'
import type { StaffName } from '../support/desk.ts'
import { type ShopDesk, startShopDesk } from '../support/shop.ts'
import { visitor } from '../support/visitor.ts'

let desk: ShopDesk
let shop: ReturnType<typeof ordersOf>
let forms: ReturnType<typeof formsAt>
/** What the desk said of each action when it was confirmed: which ones had to wait. */
const waited: boolean[] = []

const LIMITS = '/settings/actions'
const TRIAL = `${LIMITS}/trial`

const NONE = { action: null, order: null, customerYear: null, agentDay: null }
const settings = (
  agent: Partial<ActionSettings['limits']['agent']>,
  shopDay: number | null = null,
): ActionSettings => ({
  undoSeconds: 0,
  shopDay,
  limits: { agent: { ...NONE, ...agent }, supervisor: NONE, admin: NONE },
})
const TODAY = settings({ action: 1_500, order: 2_000, customerYear: 3_000, agentDay: 6_000 }, 8_000)

const tried = (body: ActionSettings): Promise<LimitsTrial> => desk.as('ada').call(tryActionSettings, { body })

async function refund(order: OrderRecord, minor: number, who: StaffName = 'nora') {
  const { ticketId, orderId } = await forms.about(order, order.email ?? '')
  const body = ActionInput.parse({
    reason: { code: 'damaged' },
    refund: { what: 'amount', amount: { minor, currency: 'GBP' } },
  })
  const { causes, id } = await desk.as(who).call(createCombinedAction, { params: { ticketId, orderId }, body })
  waited.push(causes.length > 0)
  await desk.settle()
  return id
}

/** Two days: a customer with two orders, one more of the same value, somebody in Shopify itself, and a supervisor. */
beforeAll(async () => {
  desk = await startShopDesk()
  shop = ordersOf(desk.fern)
  forms = formsAt(desk)
  await desk.as('ada').call(writeActionSettings, { body: TODAY })
  const email = someone()
  const customer = desk.fern.customer({ email })
  const order = (customerId = customer.id) => shop.delivered(shop.buy({ customerId }))
  const [first, second] = [order(), order()]
  await refund(first, 1_200) // goes on
  await refund(second, 1_900) // above 15.00 for one action, and 31.00 above 30.00 for the customer
  desk.fern.refund(first.id, 500) // by somebody in Shopify
  await desk.settle()
  await desk.travel('24 h')
  await refund(order(desk.fern.customer({ email: someone() }).id), 1_400) // goes on
  await refund(order(desk.fern.customer({ email: someone() }).id), 3_700, 'vera') // a supervisor has no limits
})
afterAll(() => desk.stop())

test('by the limits of today the past is weighed as it was weighed then', async () => {
  expect(waited).toEqual([false, true, false, false])
  const { actions, values, was, will, changed, people, leftOut } = await tried(TODAY)
  expect({ actions, leftOut, changed, people }).toEqual({ actions: 4, leftOut: 0, changed: [], people: [] })
  expect(values.map(({ text }) => text)).toEqual(['£82.00'])
  expect(was).toEqual(will)
  expect(was).toMatchObject({ actions: 1, values: [{ minor: 1_900, currency: 'GBP' }] })
})

test('a lower limit says which actions would have waited, what they are worth, and whose they are', async () => {
  const { was, will, people, changed } = await tried(settings({ action: 1_300 }))
  expect(was.actions).toBe(1)
  expect(will).toMatchObject({ actions: 2, values: [{ minor: 3_300 }] }) // 19.00 and 14.00
  expect(people).toEqual([{ staffId: desk.staff.nora.id, name: 'Nora', held: 1, freed: 0 }])
  expect(changed).toMatchObject([
    { willBeHeld: true, value: { minor: 1_400 }, words: ['£14.00 is above the limit of £13.00 for one action'] },
  ])
})

test('without limits everything would have gone on by itself', async () => {
  const { will, changed } = await tried(settings({}))
  expect(will.actions).toBe(0)
  expect(changed).toMatchObject([{ willBeHeld: false, value: { minor: 1_900 } }])
})

test('a limit of the customer counts what came before, in this desk, and a limit of the day begins anew each day', async () => {
  expect((await tried(settings({ customerYear: 3_000 }))).will.actions).toBe(1) // 12.00 + 19.00
  expect((await tried(settings({ agentDay: 2_500 }))).will.actions).toBe(1) // the second of the first day only
  // The shop’s second day: 14.00, then 37.00 of the supervisor; its first day: 12.00 + 19.00.
  expect((await tried(settings({}, 3_000))).will.actions).toBe(2)
})

test('the page tries what is typed, keeps it in the form, and saves nothing', async () => {
  const before = await desk.as('ada').call(getActionSettings)
  const ada = visitor(desk, 'ada')

  const shown = await ada.send(TRIAL, { undoSeconds: '0', 'agent.action': '13.00' }, LIMITS)
  expect(shown.text).toContain('4 actions of £82.00 were confirmed.')
  expect(shown.text).toContain('<th scope="row">As tried</th><td>2</td><td>£33.00</td>')
  expect(shown.text).toContain('value="13.00"')
  const [changed] = (await tried(settings({ action: 1_300 }))).changed
  // by the clocks of the workspace
  expect(shown.text).toContain(`${timeIn('UTC', new Date(changed?.at ?? 0))}, £14.00</a> would wait: £14.00 is above`)
  expect((await ada.send(TRIAL, { 'agent.action': 'a lot' }, LIMITS)).status).toBe(400)
  expect(await desk.as('ada').call(getActionSettings)).toEqual(before)
})
