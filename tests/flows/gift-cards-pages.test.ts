import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type CardDesk, cardsAt } from '../support/gift-card-desk.ts'
import { FERN, type ShopDesk, startShopDesk } from '../support/shop.ts'
import { visitor } from '../support/visitor.ts'

let desk: ShopDesk
let cards: CardDesk
beforeAll(async () => {
  desk = await startShopDesk({ connect: [FERN] })
  cards = cardsAt(desk)
})
afterAll(() => desk.stop())

/** The words of a page, without its markup. */
const wordsOf = (html: string) =>
  html
    .replace(/<style>.*?<\/style>/s, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')

test('an agent finds a card by its last characters, opens it, and sees its code on the record', async () => {
  const customer = desk.fern.customer({ email: 'pages@home.example' })
  const card = await cards.issued({ customerId: customer.id, notify: true })
  const nora = visitor(desk, 'nora')
  const log = await nora.open(`/gift-cards?last=${card.code.slice(-8)}`)
  expect(log.text).toContain(`/gift-cards/${card.id}`)
  const opened = await nora.open(`/gift-cards/${card.id}`)
  expect(wordsOf(opened.text)).toContain(`Gift card ccgc…${card.last}`)
  expect(opened.text).not.toContain(card.code)
  const shown = await nora.send(`/gift-cards/${card.id}/code`, {}, `/gift-cards/${card.id}`)
  expect(shown.text).toContain(card.code)
  expect(await desk.events('gift_card.code_shown')).toHaveLength(1)
})

test('an agent may show and mail a card, a supervisor may also take it back, and others may only look', async () => {
  const card = await cards.issued()
  const buttons = async (name: 'nora' | 'vera' | 'frank' | 'rhea') => {
    const { text } = await visitor(desk, name).open(`/gift-cards/${card.id}`)
    return [...text.matchAll(/action="\/gift-cards\/[^"]*\/(\w+)"/g)].map(([, act]) => act)
  }
  expect(await buttons('nora')).toEqual(['code', 'notification'])
  expect(await buttons('vera')).toEqual(['code', 'notification', 'deactivation', 'deactivation'])
  expect(await buttons('frank')).toEqual([])
  expect(await buttons('rhea')).toEqual([])
  const forced = await visitor(desk, 'nora').send(
    `/gift-cards/${card.id}/deactivation`,
    { reissue: 'yes' },
    `/gift-cards/${card.id}`,
  )
  expect(forced.status).toBe(403)
})

test('deactivate and reissue is one press, and the page leads to the new card', async () => {
  const card = await cards.issued({ minor: 4_000 })
  const vera = visitor(desk, 'vera')
  const pressed = await vera.send(`/gift-cards/${card.id}/deactivation`, { reissue: 'yes' }, `/gift-cards/${card.id}`)
  expect(pressed.path).toBe(`/gift-cards/${card.id}`)
  expect(wordsOf(pressed.text)).toContain('is on its way. Look again')
  await desk.settle()
  const after = await vera.open(`/gift-cards/${card.id}`)
  expect(wordsOf(after.text)).toContain('The new card is done.')
  const { replacedById } = await cards.view(card.id)
  expect(after.text).toContain(`href="/gift-cards/${replacedById}"`)
  expect(after.text).not.toContain('Deactivate')
})

test('a press that cannot be says why', async () => {
  const card = await cards.issued()
  const vera = visitor(desk, 'vera')
  await cards.takeBack(card.id)
  const refused = await vera.send(`/gift-cards/${card.id}/deactivation`, { reissue: 'no' }, '/gift-cards')
  expect(refused.status).toBe(409)
  expect(wordsOf(refused.text)).toContain('This card is just being taken back. Look again in a minute.')
})

test('figures and the import of a history are pages, too', async () => {
  const ada = visitor(desk, 'ada')
  const csv =
    'issued_on,amount,currency,last4,reason\r\n2026-03-02,12.50,GBP,pg2c,Late parcel\r\n2026-02-30,1,GBP,pg2d,late'
  const imported = await ada.send('/gift-card-imports', { shop: desk.shopId(FERN), csv })
  expect(wordsOf(imported.text)).toContain('1 new, 0 known already.')
  expect(wordsOf(imported.text)).toContain('Line 3: issued_on is no date')
  const figures = await visitor(desk, 'frank').open('/gift-card-figures?by=reason')
  expect(wordsOf(figures.text)).toContain('Late parcel 1 £12.50 £0.00 £12.50')
  expect((await visitor(desk, 'nora').open('/gift-card-figures')).status).toBe(403)
})
