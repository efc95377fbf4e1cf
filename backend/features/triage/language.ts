import type { Language } from '../../../shared/settings.ts'
import { isAscii, wordsIn } from '../../platform/words.ts'

/** Small words that people of each language cannot do without, as `wordsIn` gives them. */
const COMMON: Record<Language, string> = {
  en: 'the and you is my for have not with was that this are it please thanks thank hello hi your of to in but would can how when where what been has i on from there dear any will just could',
  de: 'der die das und ich ist nicht mein meine fur haben habe mit war dass sie bitte danke hallo ein eine auf zu es wir aber wie wann wo den dem von noch auch kann guten tag sehr gruss freundlichen uns wurde bei einen meiner',
  fr: 'le la les et je est pas mon ma pour avez avec que vous merci bonjour un une des du en mais comment quand ou dans sur ce cette ai suis votre nous ne au aux il elle cordialement plus',
  es: 'el la los las y es no mi por para con que gracias hola un una del en pero como cuando donde este esta he su usted muy lo me se al yo nos buenos dias favor pedido tengo',
  it: 'il lo la gli le e non mio mia per con che grazie buongiorno ciao un una di del della in ma come quando dove questo questa ho sono vostro molto mi si al alla ordine sul nel vi salve',
  nl: 'de het een en ik is niet mijn voor heb met dat bedankt hallo van in maar hoe wanneer waar dit deze ben jullie uw graag wij op aan nog ook zijn er geen kunnen kan beste groet naar bij',
  pt: 'o a os as e nao meu minha por para com que obrigado obrigada ola um uma do da em mas como quando onde este esta eu voces seu muito ao na no nos bom dia foi ainda pelo pedido tenho',
  pl: 'i w na nie jest to sie z do ze moje moj dla prosze dziekuje dzien dobry czy jak kiedy gdzie ale mam za od po ten ta tego jestem byl byla przez oraz panstwo pozdrawiam zamowienie mi',
  sv: 'och jag ar inte min mitt for har med att tack hej en ett det den som pa av till men hur nar var vi ni kan kunde fran skulle vill mig er han vanligen halsningar bestallning detta',
  da: 'og jeg er ikke min mit for har med at tak hej en et det den som pa af til men hvordan hvornar hvor vi i kan kunne fra skulle vil mig jer venlig hilsen ordre dette blev fik ogsaa',
}

/** Letters that only one of the languages writes. */
const LETTERS: readonly [RegExp, Language][] = [
  [/ß/u, 'de'],
  [/[łążźśćęń]/iu, 'pl'],
  [/[ñ¿¡]/iu, 'es'],
  [/[ãõ]/iu, 'pt'],
  [/[øæ]/iu, 'da'],
  [/[êœ]/iu, 'fr'],
]

const LANGUAGES_OF = new Map<string, Language[]>()
for (const [language, text] of Object.entries(COMMON) as [Language, string][])
  for (const word of new Set(text.split(' '))) LANGUAGES_OF.set(word, [...(LANGUAGES_OF.get(word) ?? []), language])

/** Characters that are looked at. */
const LOOKED_AT = 3_000
/** Whoever is ahead by less is not known. */
const LEAD = 2

/**
 * The language in which a text is written: the one whose common words it says most, ahead of all others.
 * @returns null when it is unsure: too short, mixed, or none that the desk knows
 */
export function languageIn(text: string): Language | null {
  const start = text.slice(0, LOOKED_AT)
  const isPlain = isAscii(start)
  const beginning = isPlain ? start : start.normalize('NFC')
  const scores = new Map<Language, number>()
  const count = (language: Language) => scores.set(language, (scores.get(language) ?? 0) + 1)
  for (const word of wordsIn(beginning)) LANGUAGES_OF.get(word)?.forEach(count)
  if (!isPlain) for (const [letters, language] of LETTERS) if (letters.test(beginning)) count(language)
  const [first, second] = [...scores].sort(([, a], [, b]) => b - a)
  if (first === undefined) return null
  const [language, score] = first
  const next = second?.[1] ?? 0
  return score - next >= LEAD && score >= next * 1.2 ? language : null
}
