import { type Speech, words } from './speech.ts'

export const es: Speech = {
  back: words(
    '(?:le|les|te|os) (?:respond(?:o|emos|eré|eremos)|escrib(?:o|imos|iré|iremos)|contest(?:o|amos|aré|aremos)|llam(?:o|amos|aré|aremos)|inform(?:o|amos|aré|aremos)|contact(?:o|amos|aré|aremos)|avis(?:o|amos|aré|aremos)|dir(?:é|emos)|dar(?:é|emos))',
    '(?:me|nos) (?:pongo|ponemos|pondré|pondremos) en contacto',
    '(?:tendrá|recibirá|tendrás|recibirás) (?:una respuesta|noticias)',
    '(?:voy|vamos) a (?:responder|escribir|llamar|contactar|informar)(?:le|les|te)',
  ),
  unsure: words('no', 'nunca', 'si', 'cuando', 'en cuanto', 'quizás?', 'tal vez', 'probablemente'),
  span: words(
    '(?:en|dentro de)(?: las| los)?(?: próxim[oa]s)? (\\d{1,3}|[a-z]+) (minutos?|horas?|días?)(?! (?:hábiles|laborables))',
  ),
  hours: /^h/,
  numbers: [['un', 'una'], ['dos'], ['tres'], ['cuatro'], ['cinco'], ['seis']],
  today: 'hoy|esta tarde|esta noche',
  tomorrow: '(?<!(?:la|esta) )(?<!pasado )mañana',
  dayAfter: 'pasado mañana',
  weekdays: [['domingo'], ['lunes'], ['martes'], ['miércoles'], ['jueves'], ['viernes'], ['sábado']],
  next: 'próximo|que viene',
  months: [
    ['enero'],
    ['febrero'],
    ['marzo'],
    ['abril'],
    ['mayo'],
    ['junio'],
    ['julio'],
    ['agosto'],
    ['septiembre', 'setiembre'],
    ['octubre'],
    ['noviembre'],
    ['diciembre'],
  ],
  parts: [words('(?:la|esta) mañana', 'mediodía'), words('tarde'), words('noche')],
  clock: /(?<!\p{L})a las? (\d{1,2})(?:[:.](\d{2}))?(?!\d)/giu,
  slashed: true,
}
