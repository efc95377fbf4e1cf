import { expect, test } from '@jest/globals'
import type { Card } from '../../../workbench/apps-script/card-service/json.ts'
import {
  applyAnswer,
  choose,
  currentStack,
  dropMessage,
  emptyPanel,
  goBack,
  openPeek,
  type PanelState,
  showRoot,
} from '../../../workbench/host/panel/panel-state.ts'

const card = (name: string): Card => ({ name, header: { title: name } })
const names = (state: PanelState) =>
  currentStack(state).map((frame) => ('card' in frame ? frame.card.name : `[${frame.list.map((each) => each.name)}]`))
const answer = (...navigations: NonNullable<Parameters<typeof applyAnswer>[1]['navigations']>) => ({ navigations })

const home = showRoot(emptyPanel, 'home', [card('queue')])
const mail = showRoot(home, 'contextual', [card('ticket')])

test('homepage and message have stacks of their own', () => {
  const deeper = applyAnswer(mail, answer({ pushCard: card('note') }), {})
  expect(names(deeper)).toEqual(['ticket', 'note'])
  expect(names(dropMessage(deeper))).toEqual(['queue'])
})

test('leaving a message drops its whole stack', () => {
  const left = dropMessage(applyAnswer(mail, answer({ pushCard: card('note') }), {}))
  expect(left.stacks.contextual).toEqual([])
  expect(left.place).toBe('home')
})

test('a pushed card has a way back; an updated one has none', () => {
  const pushed = applyAnswer(mail, answer({ pushCard: card('note') }), {})
  expect(names(goBack(pushed))).toEqual(['ticket'])
  const updated = applyAnswer(mail, answer({ updateCard: card('changed') }), {})
  expect(names(updated)).toEqual(['changed'])
  expect(names(goBack(updated))).toEqual(['changed'])
})

test('the root is never popped', () => {
  expect(names(applyAnswer(mail, answer({ pop: true }, { pop: true }), {}))).toEqual(['ticket'])
  expect(names(goBack(mail))).toEqual(['ticket'])
})

test('popToRoot and popToNamedCard go as far as they say; an unknown name goes nowhere', () => {
  const deep = applyAnswer(mail, answer({ pushCard: card('a') }, { pushCard: card('b') }, { pushCard: card('c') }), {})
  expect(names(applyAnswer(deep, answer({ popToRoot: true }), {}))).toEqual(['ticket'])
  expect(names(applyAnswer(deep, answer({ popToCard: 'a' }), {}))).toEqual(['ticket', 'a'])
  expect(names(applyAnswer(deep, answer({ popToCard: 'z' }), {}))).toEqual(['ticket', 'a', 'b', 'c'])
})

test('several steps of one navigation are taken in order', () => {
  const steps = answer({ popToRoot: true }, { updateCard: card('fresh') }, { pushCard: card('next') })
  expect(names(applyAnswer(applyAnswer(mail, answer({ pushCard: card('a') }), {}), steps, {}))).toEqual([
    'fresh',
    'next',
  ])
})

test('several cards become a list of their headers, and the chosen one opens on top', () => {
  const listed = showRoot(home, 'contextual', [card('one'), card('two')])
  expect(names(listed)).toEqual(['[one,two]'])
  expect(names(choose(listed, 1))).toEqual(['[one,two]', 'two'])
  expect(names(choose(listed, 7))).toEqual(['[one,two]'])
})

test('stateChanged makes the homepage stale, and drawing it anew makes it fresh', () => {
  const changed = applyAnswer(mail, { stateChanged: true }, {})
  expect(changed.homeIsStale).toBe(true)
  expect(showRoot(changed, 'home', [card('queue')]).homeIsStale).toBe(false)
  expect(applyAnswer(mail, {}, {}).homeIsStale).toBe(false)
})

test('entered values stay only when the action persists them', () => {
  const values = { note: { stringInputs: { value: ['typed'] } } }
  const kept = applyAnswer(mail, answer({ updateCard: card('form') }), values)
  expect(currentStack(kept)[0]).toMatchObject({ values })
  const gone = applyAnswer(kept, answer({ updateCard: card('form') }), {})
  expect(currentStack(gone)[0]).toMatchObject({ values: {} })
})

test('a notification is shown once', () => {
  const told = applyAnswer(mail, { notification: { text: 'Saved' } }, {})
  expect(told.notification).toBe('Saved')
  expect(applyAnswer(told, {}, {}).notification).toBeUndefined()
})

test('a peeking card leaves the homepage in sight until it is opened', () => {
  const peeking = showRoot(home, 'contextual', [{ ...card('ticket'), displayStyle: 'PEEK' }])
  expect([names(peeking), peeking.place]).toEqual([['queue'], 'home'])
  const opened = openPeek(peeking)
  expect([names(opened), opened.place]).toEqual([['ticket'], 'contextual'])
})

test('peeking is only for one card', () => {
  const two = showRoot(home, 'contextual', [{ ...card('a'), displayStyle: 'PEEK' }, card('b')])
  expect(names(two)).toEqual(['[a,b]'])
})
