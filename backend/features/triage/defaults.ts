import type { Language } from '../../../shared/settings.ts'
import type { KeywordList } from '../../../shared/triage.ts'

const words = (text: string): string[] => text.split(', ')

type Words = Partial<Record<Language, string>>

const PRIORITIES: Record<'urgent' | 'high' | 'low', Words> = {
  urgent: {
    en: 'urgent, emergency, asap, immediately, critical, down, broken, not working',
    de: 'urgent, dringend, eilt, eilig, notfall, sofort, umgehend, kritisch, ausgefallen, zerbrochen, kaputt, funktioniert nicht, geht nicht',
  },
  high: {
    en: 'important, soon, quickly, problem, issue, error, failed',
    de: 'wichtig, bald, schnell, schnellstmöglich, problem, fehler, fehlgeschlagen',
  },
  low: {
    en: 'question, wondering, curious, feedback, suggestion',
    de: 'frage, neugierig, rückmeldung, feedback, vorschlag, anregung',
  },
}

const CATEGORIES: Record<'order' | 'product' | 'billing' | 'technical', Words> = {
  order: {
    en: 'order, purchase, bought, delivery, shipping, tracking, received',
    de: 'bestellung, bestellt, gekauft, kauf, lieferung, geliefert, versand, sendung, sendungsnummer, erhalten, paket',
  },
  product: {
    en: 'product, item, quality, defect, size, color, description',
    de: 'produkt, artikel, ware, qualität, defekt, mangel, größe, farbe, beschreibung',
  },
  billing: {
    en: 'invoice, payment, charge, refund, price, cost, bill',
    de: 'rechnung, zahlung, bezahlt, abgebucht, erstattung, rückerstattung, preis, kosten, gutschrift',
  },
  technical: {
    en: 'login, password, account, access, error, bug, not working',
    de: 'anmeldung, einloggen, passwort, konto, zugang, fehler, funktioniert nicht, geht nicht',
  },
}

const listsOf = (kind: KeywordList['kind'], lists: Record<string, Words>): KeywordList[] =>
  Object.entries(lists).flatMap(([value, byLanguage]) =>
    Object.entries(byLanguage).map(([language, text]) => ({
      kind,
      value,
      language: language as Language,
      words: words(text),
    })),
  )

/** The keywords of a workspace that has edited none. */
export const DEFAULT_KEYWORDS: readonly KeywordList[] = [
  ...listsOf('priority', PRIORITIES),
  ...listsOf('category', CATEGORIES),
]
