import { expect, test } from '@jest/globals'
import { promiseIn } from './reading.ts'

/** A Friday, 10:00 in Berlin. */
const SENT = new Date('2026-11-20T09:00:00.000Z')
const at = (text: string) => promiseIn(text, SENT, 'Europe/Berlin')?.at.toISOString() ?? null

test.each([
  ['I will get back to you by Tuesday 15:00.', '2026-11-24T14:00:00.000Z'],
  ["I'll get back to you tomorrow.", '2026-11-21T17:00:00.000Z'],
  ['We will get back to you in 2 hours.', '2026-11-20T11:00:00.000Z'],
  ['We will let you know within the next two days.', '2026-11-22T09:00:00.000Z'],
  ['You will hear from us by Monday at 3 pm.', '2026-11-23T14:00:00.000Z'],
  ['I will reply tomorrow morning', '2026-11-21T11:00:00.000Z'],
  ['We will answer by 24 November.', '2026-11-24T17:00:00.000Z'],
  ['I will call you by November 24th at 9:30.', '2026-11-24T08:30:00.000Z'],
  ['We will update you today by 17:00.', '2026-11-20T16:00:00.000Z'],
  ['Hello Ada,\n\nthank you. We will be in touch on 2026-12-01.\nNora', '2026-12-01T17:00:00.000Z'],
  ['Ich melde mich bis Dienstag um 15 Uhr bei Ihnen.', '2026-11-24T14:00:00.000Z'],
  ['Wir melden uns morgen Vormittag.', '2026-11-21T11:00:00.000Z'],
  ['Guten Morgen, wir antworten Ihnen übermorgen.', '2026-11-22T17:00:00.000Z'],
  ['Sie hören innerhalb von 3 Stunden von uns.', '2026-11-20T12:00:00.000Z'],
  ['Bis zum 24.11. melden wir uns bei Ihnen.', '2026-11-24T17:00:00.000Z'],
  [
    'Bis morgen um 15.30 Uhr gebe ich Ihnen Bescheid. Ich melde mich bis morgen um 15.30 Uhr.',
    '2026-11-21T14:30:00.000Z',
  ],
])('«%s» promises %s', (text, instant) => {
  expect(at(text)).toBe(instant)
})

test.each([
  'Your parcel arrives on Tuesday.',
  'We will get back to you soon.',
  'We will get back to you next week.',
  'I will get back to you next Tuesday.',
  'I will get back to you on Friday.',
  'I will not get back to you before Tuesday.',
  'If it is still broken, we will write on Tuesday.',
  'Will you be there when we call on Tuesday?',
  'We will call you on Monday or Tuesday.',
  'We will reply between 9:00 and 11:00 tomorrow.',
  'We will get back to you yesterday at 8:00.',
  'Please answer by Tuesday.',
  'We will reply by 31.02.',
  'Wir melden uns, sobald der Händler am Montag antwortet.',
  'We will answer by 3/4.',
])('«%s» promises nothing clear', (text) => {
  expect(at(text)).toBeNull()
})

test('a day that changes its clock keeps the hour of the clock', () => {
  const spring = promiseIn('We will reply on Sunday at 15:00.', new Date('2027-03-26T09:00:00.000Z'), 'Europe/Berlin')
  expect(spring?.at.toISOString()).toBe('2027-03-28T13:00:00.000Z')
})

test.each([
  ['Nous reviendrons vers vous mardi à 15 h.', '2026-11-24T14:00:00.000Z'],
  ["Je vous réponds d'ici deux heures.", '2026-11-20T11:00:00.000Z'],
  ['Nous vous répondrons avant le 24 novembre.', '2026-11-24T17:00:00.000Z'],
  ['Nous vous écrirons le 24/11.', '2026-11-24T17:00:00.000Z'],
  ['Le responderemos el martes a las 15:00.', '2026-11-24T14:00:00.000Z'],
  ['Le escribiré mañana por la mañana.', '2026-11-21T11:00:00.000Z'],
  ['Nos pondremos en contacto en 3 horas.', '2026-11-20T12:00:00.000Z'],
  ['Le respondemos el 24 de noviembre.', '2026-11-24T17:00:00.000Z'],
  ['Le risponderemo martedì alle 15.', '2026-11-24T14:00:00.000Z'],
  ['Vi faremo sapere entro 2 giorni.', '2026-11-22T09:00:00.000Z'],
  ['La ricontatterò domani pomeriggio.', '2026-11-21T16:00:00.000Z'],
  ['Wij komen dinsdag om 15 uur bij u terug.', '2026-11-24T14:00:00.000Z'],
  ['We laten het u morgenmiddag weten.', '2026-11-21T16:00:00.000Z'],
  ['U hoort binnen twee dagen van ons.', '2026-11-22T09:00:00.000Z'],
  ['Entraremos em contacto na terça-feira às 15h.', '2026-11-24T14:00:00.000Z'],
  ['Responderei amanhã de manhã.', '2026-11-21T11:00:00.000Z'],
  ['Odpowiemy we wtorek o 15:00.', '2026-11-24T14:00:00.000Z'],
  ['Odezwę się w ciągu dwóch godzin.', '2026-11-20T11:00:00.000Z'],
  ['Damy znać do 24 listopada.', '2026-11-24T17:00:00.000Z'],
  ['Vi återkommer på tisdag kl. 15.', '2026-11-24T14:00:00.000Z'],
  ['Jag hör av mig i morgon.', '2026-11-21T17:00:00.000Z'],
  ['Vi svarar inom två timmar.', '2026-11-20T11:00:00.000Z'],
  ['Vi vender tilbage på tirsdag kl. 15.', '2026-11-24T14:00:00.000Z'],
  ['Jeg svarer inden for 3 dage.', '2026-11-23T09:00:00.000Z'],
])('in every language of the desk: «%s» promises %s', (text, instant) => {
  expect(at(text)).toBe(instant)
})

test.each([
  'Nous vous répondrons sous deux jours ouvrés.',
  'Nous reviendrons vers vous mardi prochain.',
  'Si le colis n’arrive pas mardi, nous vous répondrons.',
  'Le responderemos en 2 días laborables.',
  'Le escribiremos cuando llegue el martes.',
  'Le risponderemo appena possibile, forse martedì.',
  'Wij hebben uw antwoord dinsdag naar het magazijn gemaild en bellen.',
  'Responderemos em 3 dias úteis.',
  'Nie odpowiemy przed wtorkiem.',
  'Vi återkommer nästa tisdag.',
  'Vi svarer, når pakken kommer på tirsdag.',
  'Votre colis arrive mardi.',
])('in every language of the desk: «%s» promises nothing clear', (text) => {
  expect(at(text)).toBeNull()
})
