import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { RULES } from '../../backend/features/analytics/checking/rules.ts'
import { figureOf } from '../../backend/features/analytics/index.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { FigureQuestion } from '../../shared/analytics.ts'
import { categoriseTicket, createTicket, getTicket, type Ticket, tagTicket } from '../../shared/tickets.ts'
import { type Desk, startDesk } from '../support/desk.ts'
import { clockRow, idOf, messageRow, startFigureDesk, ticketRow } from '../support/figure-desk.ts'
import { type LakeOfDesk, lakeOf } from '../support/lake-desk.ts'
import { pageReader } from '../support/page-reader.ts'

describe('rules for data', () => {
  let desk: Awaited<ReturnType<typeof startFigureDesk>>
  let vera: ReturnType<typeof pageReader>
  beforeAll(async () => {
    desk = await startFigureDesk()
    vera = pageReader(desk, 'vera')
  })
  afterAll(() => desk.stop())

  test('say that nothing is known while there is no lake', async () => {
    await vera.open('/reports/data')
    expect(vera.words()).toContain('not known Solved without a category')
  })

  test('find each what breaks them, and nothing else', async () => {
    const solved = { status: 'solved', resolved_at: '2026-11-03 09:00' }
    await desk.write({
      ticket: [
        ticketRow(1, '2026-11-02 09:00', { ...solved, category: 'order' }), // nothing is wrong with it
        ticketRow(2, '2026-11-02 09:00', solved),
        ticketRow(3, '2026-11-02 09:00', { category: 'jars' }),
        ticketRow(4, '2026-11-02 09:00', { category: 'order' }), // answered at 8
        ticketRow(6, '2026-11-02 09:00', { ...solved, category: 'order', resolved_at: '2026-11-01 09:00' }),
        ticketRow(7, '2026-11-02 09:00', { ...solved, category: 'order', status: 'closed' }), // its clock runs
        ticketRow(8, '2026-11-02 09:00', { void_reason: 'merged', merged_into_id: idOf(9) }),
        ticketRow(9, '2026-11-02 09:00', { void_reason: 'spam', spam: true, category: 'jars' }),
      ],
      message: [
        messageRow(1, '2026-11-02 09:00', 'in'),
        messageRow(1, '2026-11-02 10:00', 'out'),
        messageRow(4, '2026-11-02 08:00', 'out'),
        messageRow(4, '2026-11-02 07:00', 'out', { automatic: true }),
      ],
      clock: [
        clockRow(1, 'first', '2026-11-02 09:00', { state: 'running' }), // the ticket is not closed
        clockRow(7, 'resolution', '2026-11-02 09:00', { state: 'paused' }),
      ],
      action: [
        {
          id: idOf(80),
          ticket_id: idOf(1),
          state: 'done',
          created_at: '2026-11-02 09:00',
          ended_at: '2026-11-02 09:05',
        },
        {
          id: idOf(81),
          ticket_id: idOf(2),
          state: 'done',
          created_at: '2026-11-02 09:00',
          ended_at: '2026-11-02 09:05',
        },
      ],
      step: [{ id: idOf(90), action_id: idOf(80), ticket_id: idOf(1), kind: 'refund', state: 'done' }],
    })
    const broken: Record<string, string[]> = {
      'solved-without-category': ['TKT-000002'],
      'unknown-category': ['TKT-000003'],
      'answer-before-question': ['TKT-000004'],
      'solved-before-it-began': ['TKT-000006'],
      'clock-without-end': ['TKT-000007'],
      'action-without-step': ['TKT-000002'],
      'merged-into-nothing': ['TKT-000008'],
    }
    expect(Object.keys(broken)).toEqual(RULES.map(({ id }) => id))
    await vera.open('/reports/data')
    for (const { name } of RULES) expect(vera.words()).toContain(`1 ${name}`)
    for (const { id, name } of RULES) {
      await vera.follow(name)
      expect(vera.page().path).toBe(`/reports/data/${id}`)
      expect(vera.words().match(/TKT-\d{6}/g)).toEqual(broken[id])
      await vera.open('/reports/data')
    }
  })

  test('list what breaks them page by page, and know no other rule', async () => {
    await desk.write({
      ticket: Array.from({ length: 60 }, (_, n) => ticketRow(n + 1, '2026-11-02 09:00', { category: 'jars' })),
    })
    await vera.open('/reports/data/unknown-category')
    expect(vera.words().match(/TKT-\d{6}/g)).toHaveLength(50)
    await vera.follow('Older')
    expect(vera.words().match(/TKT-\d{6}/g)).toHaveLength(10)
    expect((await vera.open('/reports/data/nonsense')).status).toBe(404)
  })
})

describe('another category for old tickets', () => {
  let desk: Desk
  let lake: LakeOfDesk
  let vera: ReturnType<typeof pageReader>
  beforeAll(async () => {
    desk = await startDesk()
    lake = lakeOf(desk)
    vera = pageReader(desk, 'vera')
  })
  afterAll(async () => {
    await lake.stop()
    await desk.stop()
  })

  let made = 0
  async function given(category: string | null): Promise<Ticket> {
    const mail = {
      messageId: `<data-${++made}@ada.example>`,
      subject: `Jar ${made}`,
      from: 'ada@ada.example',
      sentAt: desk.clock.now().toISOString(),
      text: 'Broken.',
    }
    const { id, version } = await desk.as('nora').call(createTicket, { body: mail })
    return desk.as('nora').call(categoriseTicket, { params: { ticketId: id }, body: { category, version } })
  }
  const categoryOf = async ({ id }: Ticket) =>
    (await desk.as('nora').call(getTicket, { params: { ticketId: id } })).category
  const today = () => desk.clock.now().toISOString().slice(0, 10)
  const byCategory = async () => {
    await lake.pull()
    const question = { metric: 'new-tickets', from: today(), to: today(), by: ['category'] }
    const { rows } = await figureOf(desk.ctx, desk.workspaceId, FigureQuestion.parse(question))
    return Object.fromEntries(rows.map(({ keys, value }) => [keys[0], value]))
  }

  test('is shown first, done by a job, in the audit, in the figures, and taken back', async () => {
    const orders = [await given('order'), await given('order'), await given('order')]
    const bill = await given('billing')
    const before = await byCategory()
    expect(before).toEqual({ order: 3, billing: 1 })

    await vera.open(`/reports/data/categories?was=order&category=product&from=${today()}&to=${today()}`)
    expect(vera.words()).toContain('3 tickets, in 1 week')
    expect(await Promise.all(orders.map(categoryOf))).toEqual(['order', 'order', 'order']) // nothing happened yet
    const [changed] = orders as [Ticket]
    const { version } = await desk.as('nora').call(getTicket, { params: { ticketId: changed.id } })
    await desk
      .as('nora')
      .call(categoriseTicket, { params: { ticketId: changed.id }, body: { category: 'technical', version } })
    await vera.press('Give them the other category')
    await desk.settle()
    expect(await Promise.all([...orders, bill].map(categoryOf))).toEqual(['technical', 'product', 'product', 'billing'])
    await vera.follow('Look again')
    expect(vera.words()).toContain('Changed: 2. Were so already: 0. Left as they are: 1.')
    expect(await byCategory()).toEqual({ technical: 1, product: 2, billing: 1 })
    const told = await desk.events('bulk_act.started')
    expect(told.at(-1)).toMatchObject({ actorId: desk.staff.vera.id, payload: { kind: 'category', tickets: 3 } })

    await vera.press('Take it back')
    await desk.settle()
    expect(await Promise.all([...orders, bill].map(categoryOf))).toEqual(['technical', 'order', 'order', 'billing'])
    expect(await byCategory()).toEqual({ technical: 1, order: 2, billing: 1 })
  })

  test('goes back also to one that is in no list any more', async () => {
    const lost = await given(null)
    await inWorkspace(desk.ctx, desk.workspaceId, (tx) =>
      tx.ticket.update({
        where: { workspaceId_id: { workspaceId: desk.workspaceId, id: lost.id } },
        data: { category: 'jars' },
        select: { id: true },
      }),
    )
    await desk.as('nora').call(tagTicket, { params: { ticketId: lost.id }, body: { add: ['lost'], remove: [] } }) // the lake reads it anew
    await lake.pull()
    await vera.open(`/reports/data/categories?was=jars&category=product&from=${today()}&to=${today()}`)
    await vera.press('Give them the other category')
    await desk.settle()
    expect(await categoryOf(lost)).toBe('product')
    await vera.follow('Look again')
    await vera.press('Take it back')
    await desk.settle()
    expect(await categoryOf(lost)).toBe('jars')
  })

  test.each([
    ['the same category', { was: 'order', category: 'order' }, 'have this category already'],
    ['one that is in no list', { was: 'order', category: 'jars' }, 'in the list'],
    [
      'a period that ends before it begins',
      { was: 'order', category: 'product', from: '2026-11-09', to: '2026-11-01' },
      'before it begins',
    ],
  ])('is refused in words for %s', async (_, fields, words) => {
    const shown = await vera.open(
      `/reports/data/categories?${new URLSearchParams({ from: '2026-11-01', to: '2026-11-09', ...fields })}`,
    )
    expect(shown.status).toBe(400)
    expect(vera.words()).toContain(words)
  })

  test('is for supervisors and admins', async () => {
    const rhea = pageReader(desk, 'rhea')
    expect((await rhea.open('/reports/data/categories')).status).toBe(403)
  })
})
