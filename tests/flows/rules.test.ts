import { afterAll, beforeAll, expect, test } from '@jest/globals'
import {
  addRule,
  listRuleRuns,
  listRules,
  moveRule,
  type Rule,
  type RuleDefinition,
  type RuleInput,
  removeRule,
  writeRule,
} from '../../shared/rules.ts'
import { getTicket, listTimeline, tagTicket } from '../../shared/tickets.ts'
import { refusalOf } from '../support/caller.ts'
import { startDesk } from '../support/desk.ts'
import { type SlaDesk, slaDesk } from '../support/sla-desk.ts'

let desk: SlaDesk
beforeAll(async () => {
  desk = slaDesk(await startDesk())
})
afterAll(() => desk.stop())

const event = (name: RuleDefinition['when'] extends infer W ? Extract<W, { on: 'event' }>['event'] : never) =>
  ({ on: 'event', event: name }) as const

const rule = (wish: Partial<RuleInput> & Pick<RuleInput, 'when' | 'acts'>): RuleInput => ({
  name: 'A rule',
  all: [],
  any: [],
  on: true,
  ...wish,
})

const add = (wish: Parameters<typeof rule>[0]): Promise<Rule> => desk.as('ada').call(addRule, { body: rule(wish) })
const removeAll = async () => {
  for (const { id } of (await desk.as('ada').call(listRules)).items)
    await desk.as('ada').call(removeRule, { params: { ruleId: id } })
}
const card = (ticketId: string) => desk.as('nora').call(getTicket, { params: { ticketId } })
const runs = async (ticketId: string) =>
  (await desk.as('vera').call(listRuleRuns, { query: { limit: 100 } })).items.filter(({ ticket }) => ticket.id === ticketId)

test('what a mail says decides what happens to it, and the ticket tells which rule it was', async () => {
  await removeAll()
  await add({
    name: 'Broken first',
    when: event('ticket_created'),
    all: [{ about: 'message', is: 'has', words: ['arrived broken'] }],
    acts: [
      { do: 'priority', priority: 'urgent' },
      { do: 'tag', tags: ['Broken jar'] },
      { do: 'note', text: 'Ask for a picture.' },
    ],
  })
  const { id } = await desk.mail({ text: 'My jar ARRIVED  broken, sadly.' })
  const other = await desk.mail({ text: 'It arrived. Not broken at all.' })
  await desk.settle()
  expect(await card(id)).toMatchObject({ priority: 'urgent', tags: ['broken-jar'] })
  expect((await card(other.id)).priority).toBe('normal')
  expect((await card(id)).messages[0]).toMatchObject({ direction: 'note', author: { name: 'Rule «Broken first»' } })
  const { items } = await desk.as('nora').call(listTimeline, { params: { ticketId: id } })
  expect(items.map(({ actor, words }) => `${actor.name}: ${words}`)).toEqual(
    expect.arrayContaining([
      'Rule «Broken first»: By rule: priority set to urgent, tags added, note added',
      'Rule «Broken first»: Priority Normal to Urgent',
    ]),
  )
  expect(await runs(id)).toMatchObject([
    { rule: { name: 'Broken first' }, outcome: 'applied', words: ['priority set to urgent', 'tagged broken-jar', 'note added'] },
  ])
  expect(await runs(other.id)).toEqual([])
})
