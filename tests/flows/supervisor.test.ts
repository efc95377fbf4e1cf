import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import { createApiKey } from '../../backend/features/settings/index.ts'
import { systemOf } from '../../backend/platform/actor.ts'
import { newId } from '../../backend/platform/ids.ts'
import { getQueue, type QueueName, type QueueTicket, showQueue } from '../../shared/queues.ts'
import { pageReader } from '../support/page-reader.ts'
import { textOf } from '../support/panel-hands.ts'
import { randomFrom, seedOfRun } from '../support/random.ts'
import { startTeamDesk, type TeamDesk } from '../support/team-desk.ts'
import { teamNow, teamOn } from '../support/team-now.ts'
import { type Counted, drawnTicket } from '../support/wall-desk.ts'
import { partAt, watching } from '../support/watching.ts'

let team: TeamDesk
beforeAll(async () => {
  team = await startTeamDesk()
})
afterEach(() => team.empty())
afterAll(() => team.stop())

const { homeOf, linesOf, lineOf, followed } = teamNow(() => team.desk)

const plain: Counted = {
  status: 'open',
  whose: null,
  due: null,
  waits: null,
  snoozed: false,
  created: -60,
  solved: null,
  isVoid: false,
}

test('whoever leads finds on their homepage how the team stands, and nobody else does', async () => {
  for (const name of ['vera', 'ada'] as const)
    expect(await linesOf(name)).toMatchObject({
      'At work': { text: 'nobody', below: null },
      Open: { text: '0', below: '0 with nobody' },
      'Due next': { text: '0', below: null },
    })
  for (const name of ['nora', 'frank', 'rhea'] as const) expect(teamOn(await homeOf(name))).toBeUndefined()
  const { key } = await createApiKey(
    team.desk.ctx,
    team.desk.workspaceId,
    { name: 'sheet', scopes: ['tickets:read'] },
    systemOf(team.desk.workspaceId),
  )
  expect(teamOn(await team.desk.withToken(key).call(showQueue, { params: { view: 'mine' } }))).toBeUndefined()
})

test('it stays with every list, and is not repeated on further pages of one', async () => {
  await team.wall.tickets(Array.from({ length: 12 }, () => plain))
  const open = await homeOf('vera', 'open')
  expect(teamOn(open)).toBeDefined()
  const [, cursor = ''] = /\?cursor=([^"]+)/.exec(JSON.stringify(open)) ?? []
  const next = await team.desk.as('vera').call(showQueue, { params: { view: 'open' }, query: { cursor } })
  expect(textOf(next)).toContain('TKT-')
  expect(teamOn(next)).toBeUndefined()
})

test('who is on, on a break, over it and not here, by name, as the wallboard has it', async () => {
  await team.work.planned('sam', -60, 400)
  await team.work.planned('ada', 60, 400)
  for (const name of ['nora', 'vera', 'ada'] as const) await team.work.in(name)
  await team.work.pause('nora', 'short')
  await team.desk.travel('10 min')
  await team.work.pause('vera', 'lunch')
  expect(await lineOf('At work')).toMatchObject({
    text: '3, 2 on a break, 1 missing',
    below: 'Nora: Short break, 10 of 10 min; Vera: Lunch, 0 of 30 min; Sam: not here',
  })
  await team.desk.travel('2 min')
  expect(await lineOf('At work')).toMatchObject({
    text: '3, 2 on a break, 1 over it, 1 missing',
    below: 'Nora: Short break, 2 min over 10 min; Vera: Lunch, 2 of 30 min; Sam: not here',
  })
  const { text } = await followed('At work')
  expect(text).toContain('2 on a break, 1 over it, 1 missing')
})

test('of many who are away five are named, first who is over a break', async () => {
  const staff = ['nora', 'sam', 'vera', 'ada'] as const
  for (const name of staff) await team.work.in(name)
  for (const name of staff) await team.work.pause(name, name === 'sam' ? 'short' : 'lunch')
  await team.desk.travel('12 min')
  for (let number = 1; number <= 3; number++) await absent(`Zoe ${number}`)
  const { below } = (await lineOf('At work')) ?? {}
  expect(below).toMatch(/^Sam: Short break, 2 min over 10 min; Ada: .*; Nora: .*; Vera: .*; Zoe 1: not here; 2 more$/)
})

/** Somebody more, who has a shift and is not there. */
async function absent(name: string): Promise<void> {
  const id = newId(team.desk.clock.now())
  const now = team.desk.clock.now()
  await team.owner.query(
    `insert into desk.staff (workspace_id, id, email, email_key, name, role, state, created_at) values ($1, $2, $3, $3, $3, 'agent', 'active', $4)`,
    [team.desk.workspaceId, id, name, now],
  )
  await team.owner.query(
    `insert into desk.shift (workspace_id, id, staff_id, day, starts_at, ends_at, source)
     values ($1, $2, $2, ($3::timestamptz)::date, $3::timestamptz - interval '1 hour', $3::timestamptz + interval '1 hour', 'import')`,
    [team.desk.workspaceId, id, now],
  )
}

/** Every ticket of a list, page by page. */
async function listed(view: QueueName): Promise<QueueTicket[]> {
  const all: QueueTicket[] = []
  let cursor: string | undefined
  do {
    const query = { limit: 50, ...(cursor && { cursor }) }
    const page = await team.desk.as('vera').call(getQueue, { params: { view }, query })
    all.push(...page.items)
    cursor = page.next ?? undefined
  } while (cursor)
  return all
}

test('each count is that of the list that it leads to, whatever tickets there are', async () => {
  const seed = seedOfRun()
  process.stdout.write(`lines and their lists: SEED=${seed}\n`)
  const random = randomFrom(seed)
  for (let time = 0; time < 5; time++) {
    await team.wall.tickets(Array.from({ length: 80 }, () => drawnTicket(random)))
    const lines = await linesOf('vera')
    const [open, next, nobodys] = [await listed('open'), await listed('breaching'), await listed('unassigned')]
    const late = next.filter(({ dueAt }) => dueAt !== null && Date.parse(dueAt) <= team.desk.clock.now().getTime())
    expect(lines['Open']).toMatchObject({
      text: `${open.length}`,
      below: `${nobodys.length} with nobody`,
      leads: '/v1/queues/open/card',
    })
    expect(lines['Due next']).toMatchObject({
      text: `${next.length}`,
      below: late.length > 0 ? `${late.length} late` : null,
      leads: '/v1/queues/breaching/card',
    })
    const waits = open.flatMap(({ waitingSince }) => waitingSince ?? []).toSorted()
    const oldest = open.find(({ id }) => id === lines['Longest wait']?.leads)
    expect(oldest?.waitingSince).toBe(waits[0])
    expect(lines['Longest wait']?.below).toBe(oldest?.number)
    expect(await team.wall.board()).toMatchObject({ open: open.length, dueNext: next.length, late: late.length })
    await team.wall.empty()
  }
})

test('a thousand are counted, and then it says that there are more', async () => {
  await team.wall.tickets(Array.from({ length: 1_002 }, () => ({ ...plain, due: -5 })))
  expect(await linesOf('vera')).toMatchObject({
    Open: { text: '1000+', below: '1000+ with nobody' },
    'Due next': { text: '1000+', below: '1000+ late' },
  })
  expect((await linesOf('vera'))['Longest wait']).toBeUndefined()
})

test('the desk’s first page has the same lines as links, and changes while somebody looks', async () => {
  await team.wall.tickets([{ ...plain, whose: 'nora', due: -5, waits: -30 }])
  const vera = pageReader(team.desk, 'vera')
  await vera.open('/desk')
  expect(vera.words()).toMatch(
    /The team now.*At work.*nobody.*Open.*1.*Due next.*1 late.*Longest wait.*30 min.*TKT-000001/s,
  )
  await vera.follow(/^Due next/)
  expect(vera.page().path).toBe('/desk/queues/breaching')
  await vera.open('/desk')
  await vera.follow(/^Longest wait/)
  expect(vera.page().path).toMatch(/^\/desk\/tickets\//)

  const stream = watching(await vera.browser.ask(partAt('/desk/live/team')))
  try {
    await stream.shows('nobody')
    await team.work.in('nora')
    await team.work.pause('nora', 'lunch')
    await stream.shows('Nora: Lunch, 0 of 30 min')
  } finally {
    await stream.close()
  }
})

test('an agent’s first page has none of it, and their browser cannot listen to it', async () => {
  const nora = pageReader(team.desk, 'nora')
  expect((await nora.open('/desk')).text).not.toContain('The team now')
  const refused = await nora.browser.ask(partAt('/desk/live/team'))
  expect(refused.status).toBe(403)
  await refused.arrayBuffer()
})
