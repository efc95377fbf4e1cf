import { type Speech, words } from './speech.ts'

export const it: Speech = {
  back: words(
    '(?:le|la|vi|ti) (?:rispond(?:o|iamo|erò|eremo)|scriv(?:o|iamo|erò|eremo)|richiam(?:o|iamo|erò|eremo)|(?:ri)?contatt(?:o|iamo|erò|eremo)|aggiorn(?:o|iamo|erò|eremo)|far(?:ò|emo) sapere|dar(?:ò|emo))',
    '(?:riceverà|avrà|riceverai|avrai) (?:una risposta|notizie|nostre notizie)',
    '(?:mi|ci) far(?:ò|emo) (?:sentire|viv[oi])',
  ),
  unsure: words('non', 'mai', 'se', 'quando', 'appena', 'forse', 'probabilmente'),
  span: words(
    '(?:entro|tra|fra|in)(?: le| i| un)?(?: prossim[ei])? (\\d{1,3}|[a-z]+) (minut[oi]|or[ae]|giorn[oi])(?! lavorativ)',
  ),
  hours: /^o/,
  numbers: [['un', 'una', 'uno'], ['due'], ['tre'], ['quattro'], ['cinque'], ['sei']],
  today: 'oggi|stasera',
  tomorrow: 'domani',
  dayAfter: 'dopodomani',
  weekdays: [['domenica'], ['lunedì'], ['martedì'], ['mercoledì'], ['giovedì'], ['venerdì'], ['sabato']],
  next: 'prossimo|prossima',
  months: [
    ['gennaio'],
    ['febbraio'],
    ['marzo'],
    ['aprile'],
    ['maggio'],
    ['giugno'],
    ['luglio'],
    ['agosto'],
    ['settembre'],
    ['ottobre'],
    ['novembre'],
    ['dicembre'],
  ],
  parts: [words('mattina', 'mattino', 'mezzogiorno'), words('pomeriggio'), words('sera', 'stasera')],
  clock: /(?<!\p{L})(?:alle|entro le|le) (?:ore )?(\d{1,2})(?:[:.](\d{2}))?(?![\d])(?! ?(?:or[ae]|giorn))/giu,
  slashed: true,
}
