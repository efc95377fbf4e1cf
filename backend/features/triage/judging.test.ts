import { expect, test } from '@jest/globals'
import type { Category } from '../../../shared/triage.ts'
import { DEFAULT_KEYWORDS } from './defaults.ts'
import { judgeOf, verdictOn } from './judging.ts'
import { languageIn } from './language.ts'

const CATEGORIES: Category[] = ['order', 'product', 'billing', 'technical', 'other'].map((id) => ({
  id,
  labels: {},
  retired: false,
}))
const judged = (text: string, languages = ['en']) =>
  verdictOn(judgeOf(DEFAULT_KEYWORDS, CATEGORIES, languages), '', text)

test.each([
  ...'urgent, emergency, asap, immediately, critical, down, broken, not working'
    .split(', ')
    .map((word) => ['urgent', word]),
  ...'important, soon, quickly, problem, issue, error, failed'.split(', ').map((word) => ['high', word]),
  ...'question, wondering, curious, feedback, suggestion'.split(', ').map((word) => ['low', word]),
])('as delivered, %s is said by «%s»', (priority, word) => {
  expect(judged(`Hello, ${word}, thank you`)).toMatchObject({ priority, priorityWord: word })
})

test.each([
  ...'order, purchase, bought, delivery, shipping, tracking, received'.split(', ').map((word) => ['order', word]),
  ...'product, item, quality, defect, size, color, description'.split(', ').map((word) => ['product', word]),
  ...'invoice, payment, charge, refund, price, cost, bill'.split(', ').map((word) => ['billing', word]),
  ...'login, password, account, access, error, bug, not working'.split(', ').map((word) => ['technical', word]),
])('as delivered, %s is said by «%s»', (category, word) => {
  expect(judged(`Hello, ${word}, thank you`)).toMatchObject({ category, categoryWord: word })
})

test('what says none is normal and other; the strongest list and the first category count', () => {
  expect(judged('Hello, and thank you')).toMatchObject({ priority: 'normal', priorityWord: null, category: 'other' })
  expect(judged('A question: my order failed, answer asap')).toMatchObject({ priority: 'urgent', category: 'order' })
})

test('words count in their own language; where nobody knows it, those of all languages of the workspace do', () => {
  const german = 'Guten Tag, ich habe meine Rechnung noch nicht. Dringend!'
  expect(judged(german)).toMatchObject({ language: 'de', priority: 'normal', category: 'other' })
  expect(judged(german, ['en', 'de'])).toMatchObject({
    priority: 'urgent',
    priorityWord: 'dringend',
    category: 'billing',
  })
  const english = 'Hello, this is the question that I have for you: what is in it? The frage?'
  expect(judged(english, ['en', 'de'])).toMatchObject({ language: 'en', priorityWord: 'question' })
  expect(judged('Rechnung dringend', ['en', 'de'])).toMatchObject({ language: null, priorityWord: 'dringend' })
})

test.each([
  ['en', 'Hello, where is my order? Thanks'],
  ['de', 'Hallo, ich habe meine Bestellung noch nicht erhalten. Danke'],
  ['fr', "Bonjour, je n'ai pas reçu ma commande"],
  ['es', 'Hola, no he recibido mi pedido, gracias'],
  ['it', 'Buongiorno, non ho ricevuto il mio ordine, grazie'],
  ['nl', 'Hallo, ik heb mijn bestelling nog niet ontvangen'],
  ['pt', 'Olá, ainda não recebi o meu pedido, obrigado'],
  ['pl', 'Dzień dobry, nie dostałem jeszcze mojego zamówienia'],
  ['sv', 'Hej, jag har inte fått min beställning'],
  ['da', 'Hej, jeg har ikke fået min ordre'],
  [null, 'FF-20418'],
  [null, 'ok'],
  [null, ''],
  [null, 'Hello danke the und'],
])('%s is the language of «%s»', (language, text) => {
  expect(languageIn(text)).toBe(language)
})
