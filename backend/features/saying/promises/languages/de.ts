import { type Speech, words } from './speech.ts'

export const de: Speech = {
  back: words(
    'melden? (?:ich|wir) (?:mich|uns)',
    '(?:ich|wir) (?:werden? )?(?:melden?|antworten?|schreiben?|rufen?|geben?)',
    '(?:ich|wir) werden? .{0,80}(?<!\\p{L})(?:melden|antworten|schreiben|anrufen|bescheid geben)',
    'sie (?:hören|erhalten|bekommen) .{0,60}(?<!\\p{L})von (?:mir|uns)',
  ),
  unsure: words('nicht', 'nie', 'wenn', 'falls', 'sobald', 'vielleicht', 'wahrscheinlich'),
  span: words(
    '(?:in|innerhalb(?: von| der)?|binnen)(?: den| der)?(?: nächsten)? (\\d{1,3}|[a-zü]+) (minuten?|stunden?|tag(?:en?)?)',
  ),
  hours: /^s/,
  numbers: [['einer', 'einem', 'eine'], ['zwei'], ['drei'], ['vier'], ['fünf'], ['sechs']],
  today: 'heute',
  tomorrow: '(?<!guten )(?<!am )morgen',
  dayAfter: 'übermorgen',
  weekdays: [
    ['sonntag'],
    ['montag'],
    ['dienstag'],
    ['mittwoch'],
    ['donnerstag'],
    ['freitag'],
    ['samstag', 'sonnabend'],
  ],
  next: 'nächsten|nächster|nächste',
  months: [
    ['januar', 'jan'],
    ['februar', 'feb'],
    ['märz'],
    ['april', 'apr'],
    ['mai'],
    ['juni', 'jun'],
    ['juli', 'jul'],
    ['august', 'aug'],
    ['september', 'sept', 'sep'],
    ['oktober', 'okt'],
    ['november', 'nov'],
    ['dezember', 'dez'],
  ],
  parts: [words('vormittag', 'mittag', 'früh'), words('nachmittag'), words('abend')],
}
