import { PassThrough } from 'node:stream'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import pg from 'pg'
import { serve } from '../../backend/app.ts'
import { DeskError } from '../../backend/platform/errors.ts'
import { createLog } from '../../backend/platform/log.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { listSavedReplies, sendReply, startReplyDraft, writeSavedReply } from '../../shared/drafts.ts'
import type { Endpoint } from '../../shared/endpoint.ts'
import { listGiftCards, showGiftCardCode } from '../../shared/gift-cards.ts'
import { getOrder, searchOrders } from '../../shared/orders.ts'
import { getQueue } from '../../shared/queues.ts'
import { getTicket, listMessages, listTickets, listTimeline, noteTicket, tagTicket } from '../../shared/tickets.ts'
import { caller, type Given, refusalOf } from '../support/caller.ts'
import { mailAt, someone } from '../support/customer-mail.ts'
import { type CardDesk, cardsAt } from '../support/gift-card-desk.ts'
import { FERN, type ShopDesk, startShopDesk } from '../support/shop.ts'

let desk: ShopDesk
let cards: CardDesk
let code: string
let ticketId: string
beforeAll(async () => {
  desk = await startShopDesk({ connect: [FERN] })
  cards = cardsAt(desk)
  code = (await cards.issued()).code
  ticketId = await writtenAbout(code)
})
afterAll(() => desk.stop())

/** A code as people write it. */
const grouped = (text: string) => (text.toUpperCase().match(/.{4}/g) ?? []).join('-')

/** A customer and the people of the desk put a code into everything that takes words. */
async function writtenAbout(pasted: string): Promise<string> {
  const { cardOfNew } = mailAt(desk)
  const from = someone()
  const order = desk.fern.buy({ customerId: desk.fern.customer({ email: from }).id })
  desk.fern.change(order.id, { note: `Gift: ${pasted}`, tags: [pasted] })
  const long = 'My card does not work. '.repeat(17)
  const text = `${long}${pasted} is what I typed.\n\n> ${grouped(pasted)}`
  const { id } = await cardOfNew({ from, subject: `Card ${grouped(pasted)} refused`, text })
  const params = { ticketId: id }
  const nora = desk.as('nora')
  await nora.call(noteTicket, { params, body: { text: `I looked at ${pasted}.` } })
  await nora.call(tagTicket, { params, body: { add: [pasted, grouped(pasted)] } })
  const saved = { title: `Your ${pasted}`, text: `Your card is ${grouped(pasted)}.` }
  await desk.as('vera').call(writeSavedReply, { params: { savedReplyId: crypto.randomUUID() }, body: saved })
  await nora.call(sendReply, { params, body: { text: `Please try ${grouped(pasted)} again.` } })
  await desk.settle()
  return id
}

/** Without all that people put between characters. */
const bare = (text: string) => text.toLowerCase().replace(/[^a-z0-9]/g, '')

/** What an endpoint answered, word for word. */
async function answer<E extends Endpoint>(endpoint: E, given: Given<E> = {}): Promise<string> {
  return JSON.stringify(await desk.as('nora').call(endpoint, given))
}

test('no card, list, page of messages, timeline or draft holds the code; each says which card it was', async () => {
  const params = { ticketId }
  const [saved] = (await desk.as('nora').call(listSavedReplies, {})).items
  const orderId = (await desk.as('nora').call(getTicket, { params })).shop.orders[0]?.id ?? ''
  const answers = {
    card: await answer(getTicket, { params }),
    messages: await answer(listMessages, { params }),
    list: await answer(listTickets, { query: { view: 'open' } }),
    queue: await answer(getQueue, { params: { view: 'open' } }),
    savedReplies: await answer(listSavedReplies),
    draft: await answer(startReplyDraft, { params, body: { savedReplyId: saved?.id ?? null } }),
    log: await answer(listGiftCards),
  }
  const secret = code.slice(4)
  for (const [name, text] of Object.entries(answers)) {
    expect([name, bare(text).includes(secret)]).toEqual([name, false])
    expect([name, text.includes(code.slice(-4))]).toEqual([name, true])
  }
  const others = [
    await answer(listTimeline, { params }),
    await answer(getOrder, { params: { ticketId, orderId } }),
    await answer(searchOrders, { params, body: { by: 'gift_card', text: code } }),
  ]
  for (const text of others) expect(bare(text)).not.toContain(secret)
})

test('nothing that is stored in the open holds it: no column, no event, no job', async () => {
  await desk.as('nora').call(showGiftCardCode, { params: { giftCardId: (await newest()).id } })
  const owner = new pg.Client({ connectionString: desk.database.ownerUrl })
  await owner.connect()
  const { rows: tables } = await owner.query<{ name: string }>(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
     where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`,
  )
  const holding = async (text: string) => {
    const found: string[] = []
    for (const { name } of tables) {
      const { rowCount } = await owner.query(
        `select from ${name} t where regexp_replace(lower(t::text), '[^a-z0-9]', '', 'g') like $1 limit 1`,
        [`%${text}%`],
      )
      if (rowCount !== 0) found.push(name)
    }
    return found
  }
  expect(await holding(`ccgc${code.slice(-4)}`)).toEqual(expect.arrayContaining(['desk.ticket', 'desk.saved_reply']))
  expect(await holding(code.slice(4))).toEqual([])
  await owner.end()
})

const newest = async () => {
  const [card] = (await desk.as('nora').call(listGiftCards, { query: { last: code.slice(-8) } })).items
  if (!card) throw new Error('The card is not in the log')
  return card
}

test('the customer’s mail itself stays as it was written, sealed', async () => {
  const bodies = await inWorkspace(
    desk.ctx,
    desk.workspaceId,
    async (tx) => {
      const box = await desk.ctx.keyring.box(tx)
      const rows = await tx.message.findMany({ where: { workspaceId: tx.workspaceId, ticketId } })
      return rows.map(({ id, body }) => box.openText('message.body', id, body))
    },
    { reads: true },
  )
  expect(bodies.filter((body) => body.includes(code)).length).toBeGreaterThan(0)
})

test('a reply to a mail with a code in its subject finds its ticket', async () => {
  const { write, card } = mailAt(desk)
  const from = someone()
  const subject = `About ${grouped(code)}`
  const first = await write({ from, text: 'It does not work.', subject })
  const second = await write({ from, text: 'Still not.', subject: `Re: ${subject}`, inReplyTo: first })
  expect((await card(second)).id).toBe((await card(first)).id)
})

test('an answer that is a failure, and the line that the log gets of it, do not hold it either', async () => {
  const destination = new PassThrough()
  const log = createLog('debug', 'test', { mask: desk.ctx.mask, destination })
  const failing = new Proxy(desk.ctx.keyring, {
    get: () => () =>
      Promise.reject(new DeskError('unavailable', `Shopify says: ${grouped(code)} has already been taken`)),
  })
  const api = await serve({ ...desk.ctx, log, keyring: failing })
  try {
    const { email } = desk.staff.nora
    const token = desk.tokenOf(email, desk.google.users.get(email).sub, 'fern.example')
    const nora = caller(`http://127.0.0.1:${api.port}`, () => token)
    const refused = await refusalOf(nora.call(listMessages, { params: { ticketId } }))
    expect(refused.message).toContain(`ccgc…${code.slice(-4)} has already been taken`)
    const lines = destination.read().toString()
    expect(lines).toContain('has already been taken')
    expect(bare(lines)).not.toContain(code.slice(4))
  } finally {
    await api.stop()
  }
})
