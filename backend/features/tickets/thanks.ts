/**
 * Whether a mail says thanks and nothing else: read word by word against closed lists, so that one unknown word makes it a mail like
 * any other. A mail that needs an answer and is taken for thanks costs more than thanks that somebody reads.
 */

/** More than this is never only thanks. */
const LONGEST = 160

/** Of these there must be one. */
const THANKS =
  'thanks thank thx thankyou tysm cheers ta danke dankeschön dankeschoen dank merci gracias grazie obrigado obrigada bedankt dankjewel dankuwel dziękuję dzięki dziekuje tack tak takk'

/** These may stand beside it. */
const BESIDE = [
  // English
  'you your u so very much many a lot again for the all everything help quick fast kind lovely great good perfect super awesome amazing wonderful brilliant excellent fantastic service support team job work reply answer response replying answering helping it that this is was has works worked arrived solved fixed fine ok okay cool nice best regards kind kindly warm yours sincerely hi hello hey dear have day weekend evening too and really appreciate appreciated i we love received got sorted',
  // German
  'vielen vielmals herzlichen besten lieben schön schönen schöne für die das den alles hilfe schnelle schneller schnell nette antwort rückmeldung bearbeitung unterstützung service super toll klasse prima perfekt gut alles klar hat geklappt angekommen ist erledigt viele liebe beste freundliche mit freundlichen grüße grüßen gruß lg mfg vg hallo guten tag ihnen euch dir ihr team und auch nochmal nochmals sehr wunderbar passt einen noch wochenende abend',
  // French, Spanish, Italian, Dutch, Portuguese
  'beaucoup bien pour votre ton aide réponse rapide parfait super cordialement bonjour bonne journée très vous mille à tous muchas muchísimas por su tu ayuda respuesta rápida todo perfecto saludos hola un buen día mille tante molte per il vostro tuo aiuto risposta tutto perfetto saluti buona giornata ciao hartelijk erg veel voor je uw hulp snelle reactie antwoord groeten dank wel dag muito pela ajuda resposta rápida',
].join(' ')

const wordsOf = (list: string): ReadonlySet<string> => new Set(list.split(/\s+/))
const THANKING = wordsOf(THANKS)
const KNOWN = new Set([...THANKING, ...wordsOf(BESIDE)])

/**
 * @param fresh what is new in the mail, without what it quotes
 * @param names of who writes: a mail may be signed by them
 */
export function isOnlyThanks(fresh: string, names: readonly string[] = []): boolean {
  if (fresh.length > LONGEST || /[?¿\d@]|https?:/u.test(fresh)) return false
  const signed = new Set(names.flatMap(wordsIn))
  const words = wordsIn(fresh)
  return words.some((word) => THANKING.has(word)) && words.every((word) => KNOWN.has(word) || signed.has(word))
}

const wordsIn = (text: string): string[] =>
  text
    .toLowerCase()
    .normalize('NFC')
    .match(/[\p{L}’']+/gu) ?? []
