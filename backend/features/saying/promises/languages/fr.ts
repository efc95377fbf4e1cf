import { type Speech, words } from './speech.ts'

export const fr: Speech = {
  back: words(
    '(?:je|nous) (?:reviens|reviendrai|revenons|reviendrons) vers vous',
    '(?:je|nous) vous (?:répond(?:s|rai|ons|rons)|écri(?:s|rai|vons|rons)|rappell?(?:e|erai|ons|erons)|(?:re)?contact(?:e|erai|ons|erons)|tiendr(?:ai|ons)|donner(?:ai|ons)|inform(?:e|erai|ons|erons))',
    '(?:je vais|nous allons) (?:vous )?(?:répondre|écrire|rappeler|(?:re)?contacter|revenir vers vous|donner|tenir|informer)',
    'vous (?:aurez|recevrez) (?:une réponse|de nos nouvelles|des nouvelles)',
  ),
  unsure: words('ne', 'pas', 'jamais', 'si', 'quand', 'lorsque', 'dès que', 'peut-être', 'sans doute', 'probablement'),
  span: words(
    "(?:dans|sous|d['’]ici|en)(?: les| le)?(?: prochaine?s?)? (\\d{1,3}|[a-z]+) (?:prochaine?s? )?(minutes?|heures?|h|jours?)(?! ouvr)",
  ),
  hours: /^h/,
  numbers: [['un', 'une'], ['deux'], ['trois'], ['quatre'], ['cinq'], ['six']],
  today: "aujourd['’]hui|ce soir|cet après-midi",
  tomorrow: 'demain',
  dayAfter: 'après-demain',
  weekdays: [['dimanche'], ['lundi'], ['mardi'], ['mercredi'], ['jeudi'], ['vendredi'], ['samedi']],
  next: 'prochain|en huit',
  months: [
    ['janvier'],
    ['février'],
    ['mars'],
    ['avril'],
    ['mai'],
    ['juin'],
    ['juillet'],
    ['août'],
    ['septembre'],
    ['octobre'],
    ['novembre'],
    ['décembre'],
  ],
  parts: [words('matin', 'midi', 'matinée'), words('après-midi'), words('soir', 'soirée')],
  clock: /(?<![\d.:-])(\d{1,2}) ?h(?:eures?)?(?: ?(\d{2}))?(?![\p{L}\d])/giu,
  slashed: true,
}
