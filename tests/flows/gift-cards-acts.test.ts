import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import { resumeGiftCards } from '../../backend/features/gift-cards/carrying-out.ts'
import { pauseEffects } from '../../backend/features/settings/index.ts'
import { deactivateGiftCard, resendGiftCard, showGiftCardCode } from '../../shared/gift-cards.ts'
import type { FaultKind } from '../../workbench/emulators/shopify/faults.ts'
import { changePolicy } from '../../workbench/emulators/shopify/resources/policies.ts'
import { refusalOf } from '../support/caller.ts'
import { type CardDesk, cardsAt } from '../support/gift-card-desk.ts'
import { FERN, type ShopDesk, startShopDesk } from '../support/shop.ts'

let desk: ShopDesk
let cards: CardDesk
beforeAll(async () => {
  desk = await startShopDesk({ connect: [FERN] })
  cards = cardsAt(desk)
})
afterEach(() => {
  desk.shopify.faults.clear()
  desk.shopify.settings.setIndexLag(FERN, 0)
})
afterAll(() => desk.stop())

const takeBack = (giftCardId: string, reissue = false) => cards.takeBack(giftCardId, reissue)
const mailAgain = (giftCardId: string) => desk.as('nora').call(resendGiftCard, { params: { giftCardId } })

const inBooks = (gid: string) => {
  const card = cards.inShop().find(({ id }) => id === gid)
  if (!card) throw new Error(`Shopify has no card ${gid}`)
  return card
}
const spend = (gid: string, left: number) =>
  desk.fern.changeGiftCard(inBooks(gid), { balance: { minor: left, currency: 'GBP' } })

/** Cards that Shopify holds with the note of a reissue. */
const replacements = (id: string | null) => cards.inShop().filter(({ note }) => note === `gc:${id}`)

/** Jobs that failed come again after their pause, and what was left alone is taken up. */
async function calmDown() {
  for (let round = 0; round < 6; round++) {
    await desk.travel('5 min')
    await desk.settle()
  }
}

test('a supervisor takes a card back: nobody can spend it, and the record says what was left', async () => {
  const card = await cards.issued({ minor: 4_000 })
  spend(card.gid, 1_500)
  expect((await takeBack(card.id)).work).toEqual({ what: 'deactivation', state: 'waiting', words: null })
  await desk.settle()
  expect(inBooks(card.gid).deactivatedAt).not.toBeNull()
  expect(await cards.view(card.id)).toMatchObject({
    state: 'deactivated',
    replacedById: null,
    balance: { text: '£15.00' },
    work: { what: 'deactivation', state: 'done' },
  })
  const [event] = (await desk.events('gift_card.deactivated')).slice(-1)
  expect(event?.payload).toMatchObject({ giftCardId: card.id, balanceMinor: 1_500, replacedById: null })
  expect(event?.actorId).toBe(desk.staff.vera.id)
  expect((await refusalOf(takeBack(card.id))).code).toBe('already_done')
})

test('only supervisors and admins take cards back', async () => {
  const { id: giftCardId } = await cards.issued()
  const call = desk.as('nora').call(deactivateGiftCard, { params: { giftCardId }, body: {} })
  expect((await refusalOf(call)).code).toBe('forbidden')
})

test('one press takes a card back and gives what was left on a new one, to the same customer until the same day', async () => {
  const customer = desk.fern.customer({ email: 'reissue@home.example' })
  const card = await cards.issued({ customerId: customer.id, expiresOn: '2030-01-31', notify: true, reason: 'late' })
  spend(card.gid, 1_500)
  await takeBack(card.id, true)
  await desk.settle()
  const old = await cards.view(card.id)
  expect(old).toMatchObject({ state: 'deactivated', work: { what: 'reissue', state: 'done' } })
  const [made, ...more] = replacements(old.replacedById)
  expect(more).toEqual([])
  expect(made).toMatchObject({
    balance: { minor: 1_500, currency: 'GBP' },
    customerId: customer.id,
    expiresOn: '2030-01-31',
  })
  const next = await cards.view(old.replacedById ?? '')
  expect(next).toMatchObject({ state: 'issued', amount: { text: '£15.00' }, reason: 'late', by: 'Vera' })
  const shown = await desk.as('nora').call(showGiftCardCode, { params: { giftCardId: next.id } })
  expect(shown.code).toBe(made?.code)
  expect(shown.code).not.toBe(card.code)
})

test('a card with nothing left is taken back and replaced by none', async () => {
  const card = await cards.issued()
  spend(card.gid, 0)
  await takeBack(card.id, true)
  await desk.settle()
  expect(await cards.view(card.id)).toMatchObject({ state: 'deactivated', replacedById: null })
})

test('a card that was taken back before is still given anew, and so is one that the owner took back in Shopify', async () => {
  const ours = await cards.issued()
  await takeBack(ours.id)
  await desk.settle()
  const theirs = await cards.issued()
  desk.fern.changeGiftCard(inBooks(theirs.gid), { deactivatedAt: desk.clock.now().toISOString() })
  for (const { id } of [ours, theirs]) {
    await takeBack(id, true)
    await desk.settle()
    expect(replacements((await cards.view(id)).replacedById)).toHaveLength(1)
  }
})

test('two supervisors press at the same moment: one card, and the other is told', async () => {
  const card = await cards.issued()
  const presses = await Promise.allSettled([1, 2, 3, 4].map(() => takeBack(card.id, true)))
  expect(presses.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  await desk.settle()
  expect(replacements((await cards.view(card.id)).replacedById)).toHaveLength(1)
  expect((await refusalOf(takeBack(card.id, true))).message).toMatch(/replaced already: by the one that ends with/)
})

const LOSSES: FaultKind[] = [
  'drop-before',
  'drop-after',
  '502-before',
  '502-after',
  'throttle',
  '503',
  'broken-json',
  'internal-error',
]

test.each(LOSSES)('whatever is lost by %s, the old card ends and one new card holds what was left', async (kind) => {
  const card = await cards.issued()
  spend(card.gid, 2_300)
  for (const operation of ['giftCardDeactivate', 'giftCardCreate']) desk.shopify.faults.add({ operation, kind })
  await takeBack(card.id, true)
  await desk.settle()
  await calmDown()
  const old = await cards.view(card.id)
  expect(old).toMatchObject({ state: 'deactivated', work: { what: 'reissue', state: 'done' } })
  expect(replacements(old.replacedById).map(({ balance }) => balance.minor)).toEqual([2_300])
  expect(cards.inShop().filter(({ id }) => id === card.gid)[0]?.deactivatedAt).not.toBeNull()
})

test('killed between the two, with its queue lost: the new card is still made, once', async () => {
  const card = await cards.issued()
  spend(card.gid, 1_700)
  desk.shopify.faults.add({ operation: 'giftCardCreate', kind: 'drop-before' })
  await takeBack(card.id, true)
  await desk.settle()
  expect(await cards.view(card.id)).toMatchObject({ state: 'deactivated', work: { what: 'reissue', state: 'waiting' } })
  await desk.pool.query('delete from graphile_worker._private_jobs')
  await desk.travel('5 min')
  await resumeGiftCards(desk.ctx, desk.workspaceId)
  await desk.settle()
  const old = await cards.view(card.id)
  expect(old.work).toMatchObject({ what: 'reissue', state: 'done' })
  expect(replacements(old.replacedById).map(({ balance }) => balance.minor)).toEqual([1_700])
})

test('a new card that Shopify made and its search does not show yet is found, not made twice', async () => {
  const card = await cards.issued()
  desk.shopify.settings.setIndexLag(FERN, 120)
  desk.shopify.faults.add({ operation: 'giftCardCreate', kind: 'drop-after' })
  await takeBack(card.id, true)
  await desk.settle()
  await calmDown()
  const old = await cards.view(card.id)
  expect(old.work).toMatchObject({ what: 'reissue', state: 'done' })
  expect(replacements(old.replacedById)).toHaveLength(1)
})

test('a new card that Shopify refuses leaves nothing hidden: the words say why, and a second press makes it', async () => {
  const card = await cards.issued()
  changePolicy(desk.shopify.shop(FERN), { giftCards: false })
  await takeBack(card.id, true)
  await desk.settle()
  const old = await cards.view(card.id)
  expect(old).toMatchObject({ state: 'deactivated', work: { what: 'reissue', state: 'refused' } })
  expect(old.work?.words).toContain('unavailable on your plan')
  expect((await cards.view(old.replacedById ?? '')).state).toBe('refused')
  changePolicy(desk.shopify.shop(FERN), { giftCards: true })
  await takeBack(card.id, true)
  await desk.settle()
  expect((await cards.view(card.id)).work).toMatchObject({ what: 'reissue', state: 'done' })
  expect(replacements(old.replacedById)).toHaveLength(1)
})

test('an ended card is not given anew, and a card that Shopify never confirmed is not taken back', async () => {
  const ended = await cards.issued({ expiresOn: '2020-01-31' })
  expect((await refusalOf(takeBack(ended.id, true))).message).toContain('Give a new card with the form')
  const planned = await cards.planned()
  expect((await refusalOf(takeBack(planned.id))).code).toBe('in_progress')
})

const mails = (gid: string) =>
  [...desk.shopify.shop(FERN).tables.effects.all()].filter(
    ({ kind, subjectId }) => subjectId === gid && kind.startsWith('notice'),
  )

test('Shopify mails a card once more, one mail for each press', async () => {
  const customer = desk.fern.customer({ email: 'again@home.example' })
  const card = await cards.issued({ customerId: customer.id, notify: true })
  const before = mails(card.gid).length
  for (let press = 1; press <= 2; press++) {
    await mailAgain(card.id)
    await desk.settle()
    expect(mails(card.gid)).toHaveLength(before + press)
  }
  expect((await cards.view(card.id)).work).toEqual({ what: 'notification', state: 'done', words: null })
  expect((await desk.events('gift_card.resent')).slice(-1)[0]?.actorId).toBe(desk.staff.nora.id)
})

test('a mail whose end nobody saw is not sent twice: a person is told where to look', async () => {
  const customer = desk.fern.customer({ email: 'unclear@home.example' })
  const card = await cards.issued({ customerId: customer.id, notify: true })
  const before = mails(card.gid).length
  desk.shopify.faults.add({ operation: 'giftCardSendNotificationToCustomer', kind: 'drop-after' })
  await mailAgain(card.id)
  await desk.settle()
  await calmDown()
  expect(mails(card.gid)).toHaveLength(before + 1)
  const { work } = await cards.view(card.id)
  expect(work).toMatchObject({ what: 'notification', state: 'unclear' })
  expect(work?.words).toContain('look there before you send it again')
})

test('a card of nobody cannot be mailed, and Shopify’s reason is told', async () => {
  const card = await cards.issued()
  await mailAgain(card.id)
  await desk.settle()
  expect((await cards.view(card.id)).work).toMatchObject({ what: 'notification', state: 'refused' })
  await takeBack(card.id)
  await desk.settle()
  expect((await refusalOf(mailAgain(card.id))).message).toContain('was taken back')
})

test('while writes outside are paused nothing leaves; it goes on when an admin resumes', async () => {
  const card = await cards.issued()
  await pauseEffects(desk.ctx, desk.workspaceId, true)
  await takeBack(card.id, true)
  await desk.settle()
  expect(inBooks(card.gid).deactivatedAt).toBeNull()
  await pauseEffects(desk.ctx, desk.workspaceId, false)
  await desk.settle()
  expect((await cards.view(card.id)).work).toMatchObject({ what: 'reissue', state: 'done' })
})
