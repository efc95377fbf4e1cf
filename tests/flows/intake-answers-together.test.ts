import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { tokenAddress } from '../../backend/features/tickets/index.ts'
import { archiveOf } from '../support/archive.ts'
import { type Desk, SUPPORT, startDesk } from '../support/desk.ts'
import { randomFrom, seedOfRun } from '../support/random.ts'
import { statementsOf } from '../support/statements.ts'
import { planOf, worldOf } from '../support/threading/batches.ts'
import { threadingAt } from '../support/threading-desk.ts'

let desk: Desk
beforeAll(async () => {
  desk = await startDesk()
})
afterAll(() => desk.stop())

const WRITES = /insert into desk\.message \(/

test('answers on different tickets are written together, though new mails stand between them; each is with its ticket', async () => {
  const at = threadingAt(desk)
  const people = ['ada', 'bo', 'cy', 'di', 'eve']
  for (const name of people) at.deliver({ from: `${name}@${name}.example`, id: `${name}@x`, subject: `Of ${name}` })
  await archiveOf(desk).poll()
  for (const name of people) {
    at.deliver({ from: `${name}@${name}.example`, id: `${name}2@x`, subject: `Re: Of ${name}`, inReplyTo: `${name}@x` })
    at.deliver({ from: `new-${name}@${name}.example`, id: `new-${name}@x`, subject: `New of ${name}` })
  }
  expect(await statementsOf(WRITES, () => archiveOf(desk).poll())).toHaveLength(2) // new ones, and answers
  for (const name of people) {
    const card = await at.card(`${name}2@x`)
    expect(card.id).toBe((await at.card(`${name}@x`)).id)
    expect(card.messageCount).toBe(2)
  }
})

test('mails of one ticket are filed one after another, as they came', async () => {
  const at = threadingAt(desk)
  at.deliver({ from: 'flo@flo.example', id: 'flo@x', subject: 'Lamp' })
  at.deliver({ from: 'gus@gus.example', id: 'gus@x', subject: 'Chair' })
  await archiveOf(desk).poll()
  for (const n of [2, 3, 4]) {
    at.deliver({
      from: 'flo@flo.example',
      id: `flo${n}@x`,
      subject: 'Re: Lamp',
      inReplyTo: `flo${n === 2 ? '' : n - 1}@x`,
    })
    at.deliver({ from: 'gus@gus.example', id: `gus${n}@x`, subject: 'Re: Chair', inReplyTo: 'gus@x' })
  }
  expect(await statementsOf(WRITES, () => archiveOf(desk).poll())).toHaveLength(3) // one of each at a time
  for (const name of ['flo', 'gus']) expect((await at.card(`${name}4@x`)).messageCount).toBe(4)
})

test('mails of one ticket are filed one after another as well when one is known by an id and the other by an address that we signed', async () => {
  const at = threadingAt(desk)
  at.deliver({ from: 'hal@hal.example', id: 'hal@x', subject: 'Pan' })
  at.deliver({ from: 'ida@ida.example', id: 'ida@x', subject: 'Pot' })
  await archiveOf(desk).poll()
  const { number } = await at.card('hal@x')
  const to = tokenAddress(desk.ctx.signer, desk.workspaceId, SUPPORT, Number(number.slice(4)), null)
  at.deliver({ from: 'hal@hal.example', id: 'hal2@x', subject: 'Re: Pan', inReplyTo: 'hal@x' })
  at.deliver({ from: 'jo@jo.example', to, id: 'jo@x', subject: 'Another matter', references: ['ida@x'] })
  await archiveOf(desk).poll()
  const card = await at.card('jo@x')
  expect([card.number, card.messageCount]).toEqual([number, 3])
})

test('copies of mails that are here already are looked up once each, and not all of them for each', async () => {
  const at = threadingAt(desk)
  const copies = 12
  const deliver = () => {
    for (let n = 0; n < copies; n++)
      at.deliver({ from: `k${n}@k.example`, id: `k${n}@x`, subject: `Of ${n}`, text: `Words ${n}.` })
  }
  deliver()
  await archiveOf(desk).poll()
  deliver()
  const questions = await statementsOf(/with sender as materialized/, () => archiveOf(desk).poll())
  expect((await at.card('k7@x')).messageCount).toBe(1)
  expect(questions.length).toBeGreaterThanOrEqual(copies)
  expect(questions.length).toBeLessThanOrEqual(copies + 4) // once for those of a batch, and each when its turn comes
})

test('what several answers of a batch promise is kept and told by one statement each', async () => {
  const at = threadingAt(desk)
  const people = ['lea', 'max', 'ned', 'oli']
  for (const name of people) at.deliver({ from: `${name}@${name}.example`, id: `${name}@x`, subject: `Of ${name}` })
  await archiveOf(desk).poll()
  for (const name of people) {
    const head = `From: ${SUPPORT}\r\nTo: ${name}@${name}.example\r\nSubject: Re: Of ${name}\r\nIn-Reply-To: <${name}@x>\r\n`
    desk.google.users.send('sam@fern.example', {
      bytes: Buffer.from(`${head}Message-ID: <ours-${name}@x>\r\n\r\nI will reply tomorrow morning.`),
      at: desk.clock.now(),
    })
  }
  const promised = await statementsOf(/insert into "?desk"?\."?spoken_promise"?/i, () => archiveOf(desk).poll())
  expect(promised).toHaveLength(1)
  const tickets = await Promise.all(people.map((name) => at.card(`${name}@x`)))
  const told = await desk.events('promise.found')
  expect(told.map(({ ticketId }) => ticketId).sort()).toEqual(tickets.map(({ id }) => id).sort())
})

test('mails that are filed together leave tickets, messages and the record as mails that are filed one by one', async () => {
  const seed = seedOfRun()
  console.log(`SEED=${seed} repeats this run`)
  const plan = planOf(randomFrom(seed), 30)
  const alone = await worldOf(desk, plan, 'alone', false)
  const together = await worldOf(desk, plan, 'together', true)
  expect(alone.mails.length).toBeGreaterThan(30)
  expect(together.mails).toEqual(alone.mails)
  expect(together.tickets).toEqual(alone.tickets)
})
