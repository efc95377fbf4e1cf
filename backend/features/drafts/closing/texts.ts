type Words = { asks: string; closes: string }

/** What a customer is asked when nobody has heard from them; what follows only stands where the ticket will be closed. */
const ENGLISH: Words = {
  asks: 'Hello {customer},\n\nwe have not heard from you about "{subject}" ({ticket}). Do you still need our help? Just answer this mail.',
  closes: 'If all is well, you need not do anything: we close this request in {days} days.',
}

const TEXTS: Record<string, Words> = {
  de: {
    asks: 'Guten Tag {customer},\n\nzu „{subject}“ ({ticket}) haben wir noch nichts von Ihnen gehört. Brauchen Sie noch unsere Hilfe? Antworten Sie einfach auf diese Mail.',
    closes: 'Ist alles in Ordnung, brauchen Sie nichts zu tun: In {days} Tagen schließen wir die Anfrage.',
  },
  fr: {
    asks: 'Bonjour {customer},\n\nnous sommes sans nouvelles de vous au sujet de « {subject} » ({ticket}). Avez-vous encore besoin de notre aide ? Il suffit de répondre à ce message.',
    closes: 'Si tout va bien, vous n’avez rien à faire : nous fermerons cette demande dans {days} jours.',
  },
  es: {
    asks: 'Hola, {customer}:\n\nno hemos tenido noticias suyas sobre «{subject}» ({ticket}). ¿Todavía necesita ayuda? Basta con responder a este correo.',
    closes: 'Si todo está bien, no tiene que hacer nada: cerraremos esta consulta en {days} días.',
  },
  it: {
    asks: 'Buongiorno {customer},\n\nnon abbiamo più avuto Sue notizie riguardo a «{subject}» ({ticket}). Ha ancora bisogno del nostro aiuto? Basta rispondere a questa mail.',
    closes: 'Se è tutto a posto non deve fare nulla: chiuderemo la richiesta tra {days} giorni.',
  },
  nl: {
    asks: 'Beste {customer},\n\nwe hebben niet meer van u gehoord over “{subject}” ({ticket}). Hebt u onze hulp nog nodig? Beantwoord dan gewoon deze mail.',
    closes: 'Is alles in orde, dan hoeft u niets te doen: over {days} dagen sluiten we deze vraag.',
  },
  pt: {
    asks: 'Olá {customer},\n\nnão tivemos mais notícias suas sobre “{subject}” ({ticket}). Ainda precisa da nossa ajuda? Basta responder a este e-mail.',
    closes: 'Se estiver tudo bem, não precisa de fazer nada: fecharemos este pedido dentro de {days} dias.',
  },
  pl: {
    asks: 'Dzień dobry {customer},\n\nnie mamy wiadomości w sprawie „{subject}” ({ticket}). Czy nadal możemy pomóc? Wystarczy odpowiedzieć na tę wiadomość.',
    closes: 'Jeśli wszystko jest w porządku, nic nie trzeba robić: zamkniemy zgłoszenie za {days} dni.',
  },
  sv: {
    asks: 'Hej {customer},\n\nvi har inte hört något mer om ”{subject}” ({ticket}). Behöver du fortfarande vår hjälp? Svara i så fall på det här mejlet.',
    closes: 'Är allt i sin ordning behöver du inte göra något: vi stänger ärendet om {days} dagar.',
  },
  da: {
    asks: 'Hej {customer},\n\nvi har ikke hørt mere om “{subject}” ({ticket}). Har du stadig brug for vores hjælp? Så svar blot på denne mail.',
    closes: 'Er alt i orden, behøver du ikke gøre noget: vi lukker sagen om {days} dage.',
  },
}

/** @param days until the ticket is closed; null when it stays open */
export function ownText(language: string, days: number | null): string {
  const { asks, closes } = TEXTS[language] ?? ENGLISH
  return days === null ? asks : `${asks}\n\n${closes}`
}

export type ReminderValues = { customer: string; ticket: string; subject: string; days: string }

/** Puts values where a text names them; anything else in braces stays. */
export const fillReminder = (text: string, values: ReminderValues): string =>
  text.replace(/\{(customer|ticket|subject|days)\}/g, (_place, name: keyof ReminderValues) => values[name])
