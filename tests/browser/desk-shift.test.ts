import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { TicketCardView } from '../../shared/tickets.ts'
import { SHOP } from '../../workbench/scenarios/fern-and-fig.ts'
import { callAs } from '../../workbench/start/desk-api.ts'
import { until } from '../support/until.ts'
import { faultsOf } from './support/axe.ts'
import { openShop, type Shop } from './support/open-shop.ts'
import { openPage } from './support/page-screen.ts'

/** A working day on a phone, without Gmail. */
let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop?.close())

type Phone = Awaited<ReturnType<typeof openPage>>

/** A field, by the first words above it. */
const field = ({ page }: Phone, words: string) => page.getByLabel(new RegExp(`^${words}`))

/** Every page of the day is looked through. */
async function looked(phone: Phone, at: string): Promise<string> {
  expect((await phone.stumblingBlocks()).map((block) => `${at} ${block}`)).toEqual([])
  expect((await phone.smallTargets()).map((target) => `${at} ${target}`)).toEqual([])
  return phone.text()
}

test.each([
  ['without a script', false, 'light'],
  ['live, in the dark', true, 'dark'],
] as const)('a whole shift of one agent on a phone, %s', async (_how, scripts, scheme) => {
  const phone = await openPage(shop, scheme, { scripts })
  const tablet = await openPage(shop, scheme, { scripts })
  await phone.open('/desk', 'sam')
  await tablet.open('/desk', 'sam')
  const { origin } = new URL(phone.page.url())

  expect(await looked(phone, 'at the beginning')).toContain('You are not logged in.')
  await phone.press('Log in')
  expect(await looked(phone, 'logged in')).toContain('You are logged in.')
  if (scripts) await tablet.page.getByText('At work since').waitFor()
  else {
    await tablet.press('Log in')
    expect(await looked(tablet, 'on a second device')).toContain(
      'You were logged in already, perhaps on another device.',
    )
  }

  await phone.press('Take next')
  expect(await looked(phone, 'taken')).toContain('It is yours')
  const place = phone.page.url().replace(/\?.*/, '')
  const number = /TKT-\d{6}/.exec(await phone.text())?.[0] ?? ''

  await field(phone, 'Answer').fill('Hello,\n\nthank you for your patience. It is with my colleagues.')
  await phone.press('Timeline')
  expect(await looked(phone, 'reading the timeline')).toMatch(/Timeline, newest first.*Sam Okafor/)
  await phone.press('Ticket, with what you typed')
  expect(await field(phone, 'Answer').inputValue()).toContain('with my colleagues')

  await field(phone, 'Internal note').fill('Asked the warehouse.')
  await phone.press('Add note')
  expect(await looked(phone, 'noted')).toContain('Note added')
  expect(await field(phone, 'Answer').inputValue()).toContain('with my colleagues')
  await field(phone, 'When I send').selectOption('keep')
  await phone.press('Send')
  expect(await looked(phone, 'answered')).toContain('The answer is on its way')
  await until('the answer to be read back', async () => {
    await phone.page.goto(place)
    return /answer · /.test(await phone.text())
  })
  await phone.page.goto(place) // as it stands after the answer
  expect((await ticketAt(place)).status).toBe('open')
  await field(phone, 'Status').selectOption('on_hold')
  await phone.press('Set Status')
  expect(await looked(phone, 'set aside')).toContain('Status set')
  expect((await ticketAt(place)).status).toBe('on_hold')

  await phone.page.goto(`${origin}/desk`)
  await phone.press(/^Lunch/)
  expect(await looked(phone, 'on a break')).toContain('Your break began.')
  await phone.page.goto(place)
  expect(await looked(phone, 'a ticket on a break')).toMatch(/Lunch since/)
  await tablet.page.goto(`${origin}/desk`)
  await tablet.press('I am back')
  expect(await tablet.text()).toContain('Welcome back.')
  await phone.press('I am back')
  expect(await looked(phone, 'back')).toContain('Welcome back.')

  await phone.page.goto(place)
  await field(phone, 'Snooze').selectOption('tomorrow')
  await phone.press('Set Snooze')
  expect(await looked(phone, 'snoozed')).toMatch(/Snoozed ?until/)
  await phone.page.goto(`${origin}/desk`)
  expect(await phone.text()).not.toContain(number)

  await phone.press('Take next')
  const last = phone.page.url()
  await phone.page.goto(`${origin}/desk`)
  await callAs(shop.workbench.google, `nora@${SHOP.domain}`, `${origin}/v1/work`, 'PUT')
  await phone.press('Log out')
  expect(await looked(phone, 'leaving')).toContain('you are on it')
  await field(phone, 'To').selectOption('Nora Lindqvist')
  await field(phone, 'How it stands').fill('She waits for a call.')
  await phone.press('Hand over and log out')
  expect(await looked(phone, 'logged out')).toContain('You are logged out.')
  expect((await ticketAt(last)).assignee?.name).toBe('Nora Lindqvist')
  if (scripts) expect(await faultsOf(phone.page)).toEqual([])
  await Promise.all([phone.close(), tablet.close()])
})

/** The ticket that a page shows, as the API shows it. */
async function ticketAt(url: string): Promise<TicketCardView> {
  return (await shop.read(`tickets/${idIn(url)}`)) as TicketCardView
}

test('what a colleague says shows on an open page by itself, and takes nothing away that was being typed', async () => {
  const phone = await openPage(shop, 'light', { scripts: true })
  await phone.open('/desk/queues/open', 'sam')
  await phone.page.locator('a[href^="/desk/tickets/"]').first().tap()
  await phone.page.getByText('Live.').waitFor()
  await field(phone, 'Answer').fill('Half an answer')
  await shop.write(`tickets/${idIn(phone.page.url())}/notes`, 'POST', { text: 'I called her just now.' })
  await phone.page.getByText('I called her just now.').waitFor()
  expect(await field(phone, 'Answer').inputValue()).toBe('Half an answer')
  for (const button of ['Show it anew, with what I typed', 'Refresh']) {
    await phone.press(button)
    expect(await field(phone, 'Answer').inputValue()).toBe('Half an answer')
  }
  expect(await phone.text()).toContain('I called her just now.')
  await phone.close()
})

test('a page with several live parts asks for them in one stream', async () => {
  const phone = await openPage(shop, 'light', { scripts: true })
  const asked: string[] = []
  phone.page.on('request', (request) => void (request.resourceType() === 'eventsource' && asked.push(request.url())))
  await phone.open('/desk', 'sam')
  await phone.page.getByText('Live.').waitFor()
  expect(asked.map((url) => new URL(url).searchParams.getAll('part').map((part) => part.replace(/\?.*/, '')))).toEqual([
    ['/desk/live/work', '/desk/live/queues/mine'],
  ])
  await phone.close()
})

const idIn = (url: string) => /tickets\/([0-9a-f-]{36})/.exec(url)?.[1] ?? ''
