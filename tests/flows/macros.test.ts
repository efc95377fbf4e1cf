import { afterAll, beforeAll, expect, test } from '@jest/globals'
import {
  listSavedReplies,
  type SavedReplyInput,
  writeSavedReply,
  writeSignature,
  writeTemplate,
} from '../../shared/drafts.ts'
import { draftSavedReply, searchSavedReplies, showSavedReply, useSavedReply } from '../../shared/sending.ts'
import { getTicket, lookUpTicket, tagTicket } from '../../shared/tickets.ts'
import { refusalOf } from '../support/caller.ts'
import { SUPPORT } from '../support/desk.ts'
import { textOf, widgetsOf } from '../support/panel-hands.ts'
import { type ShopDesk, startShopDesk } from '../support/shop.ts'

let desk: ShopDesk
beforeAll(async () => {
  desk = await startShopDesk()
})
afterAll(() => desk.stop())

let people = 0
const someone = () => `customer${++people}@home.example`

async function given(from = someone(), text = 'It is broken.'): Promise<{ ticketId: string; from: string }> {
  const mail = { from, name: 'Ada Lovell', to: SUPPORT, subject: 'My jar', text }
  const { messageId } = await desk.google.customers.write(mail)
  await desk.settle()
  const { ticket } = await desk.as('nora').call(lookUpTicket, { body: { messageId } })
  return { ticketId: ticket?.id ?? '', from }
}

async function saved(
  input: Partial<SavedReplyInput> & { title: string },
  who: 'vera' | 'nora' = 'vera',
): Promise<string> {
  const savedReplyId = crypto.randomUUID()
  const body = { text: 'Hello {first_name}, about {ticket}: sorry. {agent}', ...input }
  await desk.as(who).call(writeSavedReply, { params: { savedReplyId }, body })
  return savedReplyId
}

const MACRO = {
  title: 'Broken, solved',
  acts: { sending: 'solve', priority: 'high', category: 'product', tags: ['broken'], take: true },
} as const

test('a macro sends its text and does all its acts in one press, and is counted', async () => {
  const savedReplyId = await saved({ ...MACRO, acts: { ...MACRO.acts, tags: [...MACRO.acts.tags] } })
  const { ticketId, from } = await given()
  const card = await desk.as('nora').call(showSavedReply, { params: { ticketId, savedReplyId } })
  expect(textOf(card)).toContain('solved when it is sent; priority high; category product; tagged broken; you take it')
  const typed = widgetsOf(card).find((widget) => widget.kind === 'input')
  const text = typed?.kind === 'input' ? typed.value : ''
  expect(text).toMatch(/^Hello Ada, about TKT-\d+: sorry\. Nora$/)
  await desk.as('nora').call(useSavedReply, { params: { ticketId, savedReplyId }, body: { text } })
  await desk.settle()
  expect(desk.google.customers.inbox(from)).toHaveLength(1)
  expect(await desk.as('nora').call(getTicket, { params: { ticketId } })).toMatchObject({
    status: 'solved',
    priority: 'high',
    category: 'product',
    tags: ['broken'],
    assignee: { name: 'Nora' },
  })
  const { items } = await desk.as('nora').call(listSavedReplies, {})
  expect(items.find(({ id }) => id === savedReplyId)?.used).toBe(1)
  expect(await desk.events('macro.used')).toHaveLength(1)
})

test('a macro may give the ticket to a named person, and says so before; all languages are offered where no customer is known', async () => {
  const savedReplyId = await saved({
    title: 'Sam knows',
    text: 'Sam looks at it. {agent}',
    variants: { de: 'Sam sieht es sich an. {agent}' },
    acts: { assigneeId: desk.staff.sam.id },
  })
  const { ticketId } = await given()
  const params = { ticketId, savedReplyId }
  expect(textOf(await desk.as('nora').call(showSavedReply, { params }))).toContain('Also: given to Sam.')
  await desk.as('nora').call(useSavedReply, { params, body: { text: 'Sam looks at it.' } })
  expect((await desk.as('nora').call(getTicket, { params: { ticketId } })).assignee?.name).toBe('Sam')
  const { items } = await desk.as('nora').call(listSavedReplies, { query: { filled: 'true' } })
  expect(items.find(({ id }) => id === savedReplyId)?.variants).toEqual({ de: 'Sam sieht es sich an. Nora' })
  const twice = { title: 'Both', text: 'x', acts: { take: true as const, assigneeId: desk.staff.sam.id } }
  expect((await refusalOf(saved(twice))).message).toContain('not to both')
})

test('the language of the customer chooses the text, and a hand may choose another', async () => {
  const savedReplyId = await saved({ title: 'Sorry', text: 'Sorry.', variants: { de: 'Tut uns leid.' } })
  const { ticketId } = await given()
  const params = { ticketId, savedReplyId }
  expect((await desk.as('nora').call(draftSavedReply, { params })).text).toContain('Sorry.')
  expect((await desk.as('nora').call(draftSavedReply, { params, query: { language: 'de' } })).text).toContain(
    'Tut uns leid.',
  )
  await desk.as('nora').call(tagTicket, { params: { ticketId }, body: { add: ['lang:de'] } })
  expect((await desk.as('nora').call(draftSavedReply, { params })).text).toContain('Tut uns leid.')
})

test('what is not known keeps its place, and the card says so', async () => {
  const savedReplyId = await saved({ title: 'Tracking', text: 'Your parcel {tracking} is on its way.' })
  const { ticketId, from } = await given()
  const card = await desk.as('nora').call(showSavedReply, { params: { ticketId, savedReplyId } })
  expect(textOf(card)).toContain('Still to be filled by hand: {tracking}')
  const params = { ticketId, savedReplyId }
  const send = (text: string) => desk.as('nora').call(useSavedReply, { params, body: { text } })
  expect((await refusalOf(send('Your parcel {tracking} is on its way.'))).message).toBe(
    'Fill in {tracking} in the answer, or take it out: the customer would read it so.',
  )
  await send('Your parcel is on its way.')
  await desk.settle()
  expect(desk.google.customers.inbox(from)).toHaveLength(1)
})

test('the order and its parcel are filled in for whoever bought it, and for nobody else who names it', async () => {
  const savedReplyId = await saved({ title: 'On its way', text: '{customer}: {order} is on its way as {tracking}.' })
  const from = someone()
  const order = desk.fern.buy({ customerId: desk.fern.customer({ email: from }).id })
  desk.fern.ship(order.id, 'RM123456785GB')
  await desk.settle()
  const filled = async ({ ticketId }: { ticketId: string }) => {
    const card = await desk.as('nora').call(showSavedReply, { params: { ticketId, savedReplyId } })
    const typed = widgetsOf(card).find((widget) => widget.kind === 'input')
    return typed?.kind === 'input' ? typed.value : ''
  }
  expect(await filled(await given(from))).toBe(`Ada Lovell: ${order.name} is on its way as RM123456785GB.`)
  const stranger = await given(someone(), `Where is ${order.name}?`)
  expect(await filled(stranger)).toBe('Ada Lovell: {order} is on its way as {tracking}.')
})

test('an agent keeps own saved replies, which others neither see nor use', async () => {
  const savedReplyId = await saved({ title: 'My own words', scope: 'own' }, 'nora')
  const { ticketId } = await given()
  const search = (who: 'nora' | 'sam') =>
    desk.as(who).call(searchSavedReplies, { params: { ticketId }, body: { fields: { words: ['OWN words'] } } })
  expect(textOf(await search('nora'))).toContain('My own words')
  expect(textOf(await search('sam'))).toContain('No title has «OWN words» in it.')
  const refused = await refusalOf(desk.as('sam').call(showSavedReply, { params: { ticketId, savedReplyId } }))
  expect(refused.code).toBe('not_found')
})

test('an answer is framed by the layout of its language and signed by its writer', async () => {
  const { ticketId, from } = await given()
  await desk.as('nora').call(writeSignature, { body: { text: 'Nora, Fern' } })
  const template = {
    language: 'en',
    layout: 'FERN\n\n{text}\n\n{signature}',
    html: '<h1>Fern</h1><p>{text}</p>',
  } as const
  await desk.as('vera').call(writeTemplate, { body: template })
  const savedReplyId = await saved({ title: 'Short', text: 'Sorry & hello.' })
  await desk.as('nora').call(useSavedReply, { params: { ticketId, savedReplyId }, body: { text: 'Sorry & hello.' } })
  await desk.settle()
  const [mail] = desk.google.customers.inbox(from)
  expect(mail?.text).toContain('FERN\n\nSorry & hello.\n\nNora, Fern')
  const refused = await refusalOf(desk.as('vera').call(writeTemplate, { body: { ...template, layout: 'nothing' } }))
  expect(refused.message).toContain('{text}')
  await desk.as('vera').call(writeTemplate, { body: { language: 'en', layout: '', html: '' } })
})
