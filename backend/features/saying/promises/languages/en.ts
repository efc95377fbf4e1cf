import { type Speech, words } from './speech.ts'

export const en: Speech = {
  back: words(
    "(?:i|we)\\s?(?:['’]ll|will|shall|am going to|are going to)(?!\\p{L}).{0,60}(?<!\\p{L})(?:get back|come back|be back|be in touch|reply|answer|respond|write|call|let you know|update you|contact|follow up)",
    "you\\s?(?:['’]ll| will) (?:hear|have an answer) from (?:me|us)",
  ),
  unsure: /\b(?:not|never|if|when|once|as soon as|unless|probably|maybe|perhaps)\b|n['’]t\b|\?/iu,
  span: words('(?:in|within)(?: the)?(?: next)? (\\d{1,3}|[a-z]+) (minutes?|hours?|days?)'),
  hours: /^h/,
  numbers: [['a', 'an', 'one'], ['two'], ['three'], ['four'], ['five'], ['six']],
  today: 'today|tonight|end of (?:the )?day',
  tomorrow: 'tomorrow',
  dayAfter: 'day after tomorrow',
  weekdays: [['sunday'], ['monday'], ['tuesday'], ['wednesday'], ['thursday'], ['friday'], ['saturday']],
  next: 'next',
  months: [
    ['january', 'jan'],
    ['february', 'feb'],
    ['march', 'mar'],
    ['april', 'apr'],
    ['may'],
    ['june', 'jun'],
    ['july', 'jul'],
    ['august', 'aug'],
    ['september', 'sept', 'sep'],
    ['october', 'oct'],
    ['november', 'nov'],
    ['december', 'dec'],
  ],
  parts: [words('morning', 'noon'), words('afternoon'), words('evening', 'tonight')],
}
