import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { getAssignmentSettings, listAgents } from '../../shared/assignment.ts'
import { getClaimSettings } from '../../shared/claims.ts'
import { type Desk, startDesk } from '../support/desk.ts'
import { visitor } from '../support/visitor.ts'

let desk: Desk
let ada: ReturnType<typeof visitor>
let vera: ReturnType<typeof visitor>
beforeAll(async () => {
  desk = await startDesk()
  ada = visitor(desk, 'ada')
  vera = visitor(desk, 'vera')
})
afterAll(() => desk.stop())

const PATH = '/settings/assignment'
const sent = (fields: Record<string, string>) =>
  ada.send(PATH, { mode: 'round_robin', capacity: '12', minutes: '15', ...fields })

const agent = async (name: string) => {
  const { items } = await desk.as('vera').call(listAgents)
  return items.find(({ staff }) => staff.name === name)
}

test('an admin says how tickets find their owner and how long a claim lives, and finds the page among the settings', async () => {
  expect((await ada.open('/settings')).text).toContain(`href="${PATH}"`)
  expect((await ada.open(PATH)).text).toContain('Off: people take tickets themselves')
  const saved = await sent({ sameAgent: 'on' })
  expect(saved).toMatchObject({ status: 200, path: `${PATH}?saved=1` })
  expect(saved.text).toContain('Saved')
  expect(await desk.as('ada').call(getAssignmentSettings)).toEqual({
    mode: 'round_robin',
    capacity: 12,
    sameAgent: true,
  })
  expect(await desk.as('ada').call(getClaimSettings)).toEqual({ minutes: 15 })
  await sent({})
  expect((await desk.as('ada').call(getAssignmentSettings)).sameAgent).toBe(false)
})

test.each([
  [{ capacity: '0' }, 'Tickets of one person: write a whole number, 1 to 500.'],
  [{ capacity: 'many' }, 'Tickets of one person: write a whole number, 1 to 500.'],
  [{ minutes: '121' }, 'Minutes of a claim: write a whole number, 1 to 120.'],
])('%j is refused with what was typed still there, and nothing is saved', async (fields, words) => {
  const before = [await desk.as('ada').call(getAssignmentSettings), await desk.as('ada').call(getClaimSettings)]
  const refused = await sent({ mode: 'by_skill', ...fields })
  expect(refused.status).toBe(400)
  expect(refused.text).toContain(words)
  expect(refused.text).toContain(`value="${Object.values(fields)[0]}"`)
  expect([await desk.as('ada').call(getAssignmentSettings), await desk.as('ada').call(getClaimSettings)]).toEqual(
    before,
  )
})

test('a supervisor says what somebody takes; before and after are noted', async () => {
  const person = `${PATH}/people/${desk.staff.nora.id}`
  expect((await vera.open(PATH)).text).toContain(`href="${person}"`)
  const saved = await vera.send(person, {
    'category-billing': 'on',
    'category-order': 'on',
    languages: 'de,en',
    tags: 'vip',
    capacity: '5',
  })
  expect(saved).toMatchObject({ status: 200, path: `${person}?saved=1` })
  expect(await agent('Nora')).toMatchObject({
    capacity: 5,
    skills: { capacity: 5, categories: ['billing', 'order'], languages: ['de', 'en'], tags: ['vip'] },
  })
  expect((await vera.open(PATH)).text).toContain('Billing, Order · in de, en · tagged vip')
  const changes = (await desk.events('setting.changed')).map(({ payload }) => (payload as { setting: string }).setting)
  expect(changes).toContain('skills')
})

test.each([
  [{ languages: 'german' }, 'A language is two letters like de'],
  [{ capacity: '2.5' }, 'write a whole number up to 500'],
  [{ capacity: '501' }, 'Tickets at most'],
])('skills %j are refused with what was typed still there', async (fields, words) => {
  const person = `${PATH}/people/${desk.staff.sam.id}`
  const refused = await vera.send(person, {
    'category-order': 'on',
    languages: '',
    tags: 'shoes',
    capacity: '',
    ...fields,
  })
  expect(refused.status).toBe(400)
  expect(refused.text).toContain(words)
  expect(refused.text).toContain('value="shoes"')
  expect(refused.text).toMatch(/name="category-order" checked[^>]*> Order/)
  expect((await agent('Sam'))?.skills.categories).toEqual([])
})

test('a supervisor sets somebody available or away', async () => {
  const person = `${PATH}/people/${desk.staff.sam.id}`
  await vera.send(`${person}/availability`, { to: 'here' }, person)
  expect((await agent('Sam'))?.available).toBe(true)
  await vera.send(`${person}/availability`, { to: 'hand_back' }, person)
  expect((await agent('Sam'))?.available).toBe(false)
})

test('what the workspace wants is for admins, what people take for who leads them', async () => {
  expect((await vera.open(PATH)).text).not.toContain('name="capacity"')
  const form = { mode: 'off', capacity: '1', minutes: '1' }
  expect((await vera.send(PATH, form, `${PATH}/people/${desk.staff.sam.id}`)).status).toBe(403)
  expect((await visitor(desk, 'nora').open(PATH)).status).toBe(403)
  expect((await vera.open(`${PATH}/people/${desk.staff.frank.id}`)).status).toBe(404)
})
