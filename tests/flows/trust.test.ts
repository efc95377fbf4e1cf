import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { knownWith } from '../../backend/features/intake/trust/known-senders.ts'
import { inviteStaff } from '../../backend/features/settings/index.ts'
import { systemOf } from '../../backend/platform/actor.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { sendReply, startReplyDraft, writeSavedReply } from '../../shared/drafts.ts'
import { showDoubtfulAnswer, showSavedReply, useSavedReply } from '../../shared/sending.ts'
import { answerTicket, type TicketCardView } from '../../shared/tickets.ts'
import { refusalOf } from '../support/caller.ts'
import { mailAt, someone } from '../support/customer-mail.ts'
import { ownerOf } from '../support/database.ts'
import { type Desk, SUPPORT, startDesk } from '../support/desk.ts'
import { expectIndexed } from '../support/plans/expecting.ts'
import { plannerOf } from '../support/plans/planner.ts'
import { rawMail } from '../support/raw-mail.ts'
import { visitor } from '../support/visitor.ts'

let desk: Desk
let mail: ReturnType<typeof mailAt>
beforeAll(async () => {
  desk = await startDesk()
  mail = mailAt(desk)
  await inviteStaff(
    desk.ctx,
    desk.workspaceId,
    { email: 'clara@fern.example', name: 'Clara Weidner', role: 'agent' },
    systemOf(desk.workspaceId),
  )
})
afterAll(() => desk.stop())

let mails = 0

/** A mail with headers of a stranger's choice, as it arrives straight at the archive. */
async function arrives(
  headers: Record<string, string>,
  authentication: 'pass' | 'fail' | 'none' = 'pass',
): Promise<TicketCardView> {
  const id = `<trust${++mails}@x.example>`
  const from = /<([^>]+)>/.exec(headers['From'] ?? '')?.[1] ?? headers['From'] ?? ''
  desk.google.deliver(
    rawMail({ To: SUPPORT, Subject: 'Hello', 'Message-ID': id, ...headers }, 'Where is my jar?'),
    { from, to: ['archive@fern.example'] },
    { authentication },
  )
  await desk.settle()
  return mail.card(id)
}

const warnings = ({ sections }: TicketCardView): string[] =>
  sections.flatMap(({ widgets }) =>
    widgets.flatMap((widget) => (widget.kind === 'text' && widget.tone === 'warning' ? [widget.text] : [])),
  )
const remarks = ({ sections }: TicketCardView): string[] =>
  sections.flatMap(({ widgets }) =>
    widgets.flatMap((widget) => (widget.kind === 'text' && widget.tone === 'remark' ? [widget.text] : [])),
  )

test('a proved mail says nothing of itself, and its codes are stored with it', async () => {
  const from = someone()
  const card = await arrives({ From: from })
  expect(card.messages[0]?.trust).toEqual({
    level: 'proven',
    dmarc: 'pass',
    dkim: 'pass',
    spf: 'pass',
    signs: [],
    warns: false,
    words: [],
  })
  expect(warnings(card)).toEqual([])
  const [row] = await inWorkspace(
    desk.ctx,
    desk.workspaceId,
    (tx) => tx.message.findMany({ where: { ticketId: card.id }, select: { trust: true, dmarc: true, signs: true } }),
    { reads: true },
  )
  expect(row).toEqual({ trust: 'proven', dmarc: 'pass', signs: [] })
})

test('who is not proved is shown so: loudly where the check failed, quietly where there is nothing to check', async () => {
  const forged = await arrives({ From: someone() }, 'fail')
  expect(forged.messages[0]?.trust).toMatchObject({ level: 'unproven', dmarc: 'fail', warns: true })
  expect(warnings(forged)[0]).toContain('Google checked and it failed')
  const plain = await arrives({ From: someone() }, 'none')
  expect(plain.messages[0]?.trust).toMatchObject({ level: 'unproven', dkim: 'none', spf: 'none', warns: false })
  expect(warnings(plain)).toEqual([])
  expect(remarks(plain)[0]).toContain('Not proved to come from')
})

test('a verdict that the mail brought along proves nothing: only the topmost line counts', async () => {
  const from = someone()
  const pass =
    'mx.google.com; dkim=pass header.i=@home.example; spf=pass smtp.mailfrom=home.example; dmarc=pass header.from=home.example'
  const card = await arrives(
    { 'Authentication-Results': pass, 'ARC-Authentication-Results': `i=1; ${pass}`, From: from },
    'fail',
  )
  expect(card.messages[0]?.trust).toMatchObject({ level: 'unproven', dmarc: 'fail' })
})

test('a forged mail of an agent is a stranger’s mail with a warning', async () => {
  const card = await arrives({ From: 'Nora <nora@fern.example>', To: SUPPORT }, 'fail')
  expect(card.messages[0]).toMatchObject({
    direction: 'in',
    author: { kind: 'customer' },
    trust: { level: 'forged', signs: ['forged_team'], warns: true },
  })
  expect(warnings(card)[0]).toContain('It claims to come from nora@fern.example')
})

test.each([
  ['a letter away', 'ada@fernn.example', 'fernn.example looks like your own fern.example'],
  ['digits for letters', 'ada@fem.example', 'fem.example looks like your own fern.example'],
  ['another alphabet', 'ada@xn--frn-rdd.example', 'looks like your own fern.example'],
  ['another ending', 'ada@fern.test', 'fern.test looks like your own fern.example'],
  ['our own in front', 'ada@fern.example.pay.test', 'looks like your own fern.example'],
  ['a dash for the dot', 'ada@fern-example.test', 'fern-example.test looks like your own fern.example'],
])('a domain that looks like our own, by %s, is told', async (_how, from, words) => {
  const card = await arrives({ From: from })
  expect(card.messages[0]?.trust?.signs).toContain('like_own_domain')
  expect(warnings(card)[0]).toContain(words)
})

test('an address that looks like a customer’s usual one is told, and the real one is not', async () => {
  const usual = 'ada.berg@ottohaus.example'
  await arrives({ From: usual })
  const other = await arrives({ From: 'ada.berg@0ttohaus.example' })
  expect(other.messages[0]?.trust).toMatchObject({ level: 'proven', signs: ['like_known_sender'], warns: true })
  expect(warnings(other)[0]).toBe(
    `ada.berg@0ttohaus.example looks like ${usual}, who wrote before, and is another address.`,
  )
  expect(warnings(await arrives({ From: usual }))).toEqual([])
  expect(warnings(await arrives({ From: 'ada.berg@gmail.com' }))).toEqual([])
  expect(warnings(await arrives({ From: 'ada.berg@ymail.com' }))).toEqual([])
})

test.each([
  ['as it is', 'Clara Weidner'],
  ['the other way round', 'Weidner, Clara'],
  ['with more around it', 'Clara Weidner (Support)'],
  ['in letters of another alphabet', 'Сlara Wеidner'],
  ['with a letter between that cannot be seen', 'Clara\u200b Weidner'],
])('somebody outside who bears the name of one of the team is told: %s', async (_how, name) => {
  const encoded = `=?utf-8?b?${Buffer.from(name).toString('base64')}?=`
  const card = await arrives({ From: `${encoded} <office@else.example>` })
  expect(card.messages[0]?.trust?.signs).toEqual(['team_name'])
  expect(warnings(card)[0]).toContain(`“${name}”`)
})

test('a name that shares one word with the team is told of nobody', async () => {
  const card = await arrives({ From: 'Clara Weidnerson <c.weidnerson@else.example>' })
  expect(card.messages[0]?.trust?.signs).toEqual([])
})

test('a name that is written as somebody else’s address is told, and one that is the sender’s own is not', async () => {
  const card = await arrives({ From: '"grace@home.example" <shop@else.example>' })
  expect(card.messages[0]?.trust).toMatchObject({ level: 'proven', signs: ['address_as_name'], warns: true })
  expect(warnings(card)[0]).toContain('“grace@home.example”; the mail is from shop@else.example')
  expect(card.customer).toMatchObject({ name: 'shop@else.example', email: 'shop@else.example' }) // also under later mails
  const both = await arrives({ From: '"Grace (grace@home.example)" <news@else.example>' })
  expect(both.customer).toMatchObject({ name: 'Grace', email: 'news@else.example' })
  const own = await arrives({ From: '"Grace@home.example" <grace+shop@home.example>' })
  expect(own.messages[0]?.trust?.signs).toEqual([])
})

test('a mail that wants its answer elsewhere is told, and the answer goes where the card says, with a warning first', async () => {
  const from = someone()
  const card = await arrives({ From: from, 'Reply-To': 'desk@collect.example' })
  expect(card.messages[0]?.trust?.signs).toEqual(['reply_to_elsewhere'])
  expect(warnings(card)[0]).toContain('asks that answers go to desk@collect.example')
  const fields = card.below.flatMap(({ widgets }) => widgets.filter((widget) => widget.kind === 'input'))
  expect(fields.map(({ name }) => name)).not.toContain('reply')
  const presses = card.below.flatMap(({ widgets }) =>
    widgets.flatMap((widget) => (widget.kind === 'buttons' ? widget.buttons : [])),
  )
  expect(presses.find(({ label }) => label === 'Answer all the same')?.press).toMatchObject({
    path: `/v1/tickets/${card.id}/doubtful-answer/card`,
  })
  const warned = await desk.as('nora').call(showDoubtfulAnswer, { params: { ticketId: card.id } })
  expect(JSON.stringify(warned)).toContain(`"label":"Goes to","text":"${from}"`)
  expect(JSON.stringify(warned)).toContain('"name":"reply"')
  const send = (body: { text: string; despiteDoubt?: boolean }) =>
    desk.as('nora').call(answerTicket, { params: { ticketId: card.id }, body })
  await send({ text: 'On its way.', despiteDoubt: true })
  await desk.settle()
  expect(desk.google.customers.inbox(from)).toHaveLength(1)
  expect(desk.google.customers.inbox('desk@collect.example')).toEqual([])
  const answered = await mail.card(`<trust${mails}@x.example>`)
  expect(
    answered.below.flatMap(({ widgets }) => widgets).some((widget) => 'name' in widget && widget.name === 'reply'),
  ).toBe(true)
})

test.each([
  ['a mail that wants its answer elsewhere', { 'Reply-To': 'desk@collect.example' }, 'pass', 'desk@collect.example'],
  [
    'a mail under the name of a colleague',
    { From: '"Clara Weidner" <office2@else.example>' },
    'pass',
    '“Clara Weidner”',
  ],
] as const)(
  '%s is answered by the API only when that is said, and the refusal tells why and what to do',
  async (_what, headers, authentication, why) => {
    const card = await arrives({ From: someone(), ...headers }, authentication)
    const params = { ticketId: card.id }
    const to = card.customer.email
    const refused = await refusalOf(desk.as('nora').call(sendReply, { params, body: { text: 'On its way.' } }))
    expect(refused).toMatchObject({ code: 'needs_confirmation', message: expect.stringContaining(why) })
    expect(refused.message).toContain(`An answer would go to ${to}`)
    expect(refused.message).toContain('despiteDoubt: true')
    const onCard = desk.as('nora').call(answerTicket, { params, body: { text: 'On its way.' } })
    expect(await refusalOf(onCard)).toMatchObject({ code: 'needs_confirmation' })
    await desk.settle()
    expect(await desk.as('nora').call(startReplyDraft, { params, body: {} })).toMatchObject({
      to,
      doubt: [expect.stringContaining(why)],
    })
    await desk.as('nora').call(sendReply, { params, body: { text: 'On its way.', despiteDoubt: true } })
    await desk.settle()
    await desk.as('nora').call(sendReply, { params, body: { text: 'One more thing.' } }) // somebody has answered, knowing
  },
)

test('an answer from the card behind the warning, and a saved reply, say that they know; a mail whose check failed needs no word', async () => {
  const card = await arrives({ From: someone(), 'Reply-To': 'desk@collect.example' })
  const params = { ticketId: card.id }
  const pressed = JSON.stringify(await desk.as('nora').call(showDoubtfulAnswer, { params }))
  expect(pressed).toContain('"body":{"despiteDoubt":true}')
  const savedReplyId = crypto.randomUUID()
  const body = { title: 'Thanks', text: 'Thank you.' }
  await desk.as('nora').call(writeSavedReply, { params: { savedReplyId }, body: { ...body, scope: 'own' } })
  const on = { ticketId: card.id, savedReplyId }
  const use = desk.as('nora').call(useSavedReply, { params: on, body: { text: 'Thank you.' } })
  expect(await refusalOf(use)).toMatchObject({ code: 'needs_confirmation' })
  const shown = JSON.stringify(await desk.as('nora').call(showSavedReply, { params: on }))
  expect(shown).toContain('asks that answers go to desk@collect.example')
  expect(shown).toContain('"body":{"despiteDoubt":true}')
  await desk.as('nora').call(useSavedReply, { params: on, body: { text: 'Thank you.', despiteDoubt: true } })
  const failed = await arrives({ From: someone() }, 'fail')
  const plain = { params: { ticketId: failed.id }, body: { text: 'On its way.' } }
  expect(await desk.as('nora').call(sendReply, plain)).toMatchObject({ state: 'planned' })
})

test.each([
  ['of the same house', 'shop@mail.lamp.example', 'service@lamp.example'],
  ['with a tag of the same address', 'ada.berg@gmail.com', 'ada.berg+shop@gmail.com'],
])('a Reply-To %s is no trick', async (_what, from, replyTo) => {
  const card = await arrives({ From: from, 'Reply-To': replyTo })
  expect(card.messages[0]?.trust?.signs).toEqual([])
})

test('a Reply-To of somebody else at the same large provider is told', async () => {
  const card = await arrives({ From: 'ada.berg@gmail.com', 'Reply-To': 'ada.berg77@gmail.com' })
  expect(card.messages[0]?.trust?.signs).toEqual(['reply_to_elsewhere'])
  expect(warnings(card)[0]).toContain('asks that answers go to ada.berg77@gmail.com')
})

test('the page of the desk says it above the message', async () => {
  const card = await arrives({ From: someone() }, 'fail')
  const page = await visitor(desk, 'nora').open(`/desk/tickets/${card.id}`)
  expect(page.text).toContain('Google checked and it failed')
})

test('who may be imitated is found by index among two hundred thousand', async () => {
  const owner = await ownerOf(desk.database)
  await owner.query(
    `insert into desk.known_sender (workspace_id, key, shape, last_at)
     select $1, 'p' || n || '@h' || (n % 500) || '.example', 'p' || n || '@h' || (n % 500) || '.example', now() from generate_series(1, 200000) n`,
    [desk.workspaceId],
  )
  await owner.query('vacuum analyze desk.known_sender')
  await owner.end()
  const planner = await plannerOf(desk.database, desk.workspaceId)
  const nodes = await planner.plan(knownWith(desk.workspaceId, ['p77', 'p78', 'ada.berg']))
  expectIndexed(nodes, { indexes: ['known_sender_shape'], most: 10 })
  await planner.end()
})
