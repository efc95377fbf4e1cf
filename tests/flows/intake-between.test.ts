import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { archiveOf } from '../support/archive.ts'
import { type Desk, startDesk } from '../support/desk.ts'
import { statementsOf } from '../support/statements.ts'
import { threadingAt } from '../support/threading-desk.ts'

let desk: Desk
let at: ReturnType<typeof threadingAt>
beforeAll(async () => {
  desk = await startDesk()
  at = threadingAt(desk)
})
afterAll(() => desk.stop())

const numbersOf = async (ids: readonly string[]): Promise<string[]> => {
  const cards = []
  for (const id of ids) cards.push(await at.card(id))
  return cards.map(({ number }) => number)
}

test('new mails are written together, though answers stand between them; each answer is with its ticket', async () => {
  at.deliver({ from: 'ada@ada.example', id: 'known@x' })
  await desk.settle()
  at.deliver({ from: 'bo@bo.example', id: 'b@x' })
  at.deliver({ from: 'ada@ada.example', id: 'answer@x', subject: 'Re: Broken jar', inReplyTo: 'known@x' })
  at.deliver({ from: 'cy@cy.example', id: 'c@x' })
  at.deliver({ from: 'bo@bo.example', id: 'b2@x', subject: 'Re: Broken jar', inReplyTo: 'b@x' })
  at.deliver({ from: 'di@di.example', id: 'd@x' })
  expect(await statementsOf(/insert into desk\.ticket \(/, () => archiveOf(desk).poll())).toHaveLength(1)
  const [known, b, answer, c, b2, d] = await numbersOf(['known@x', 'b@x', 'answer@x', 'c@x', 'b2@x', 'd@x'])
  expect([answer, b2]).toEqual([known, b])
  expect(new Set([known, b, c, d]).size).toBe(4)
})

test('what has to do with a mail that waits for its turn is filed behind it: the one that it answers, and others of its writer', async () => {
  at.deliver({ from: 'eve@eve.example', id: 'early@x', subject: 'Re: Lid', inReplyTo: 'late@x' })
  at.deliver({ from: 'flo@flo.example', id: 'f@x', subject: 'Glass' })
  at.deliver({ from: 'gus@gus.example', id: 'late@x', subject: 'Lid' })
  at.deliver({ from: 'eve@eve.example', id: 'other@x', subject: 'Another thing' })
  await archiveOf(desk).poll()
  const [early, late, other] = await numbersOf(['early@x', 'late@x', 'other@x'])
  expect(late).toBe(early)
  expect([early, other]).toEqual([early, other].sort())
  expect(other).not.toBe(early)
})
