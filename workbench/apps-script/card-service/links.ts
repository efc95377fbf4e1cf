import { isAllowed } from '../allow-list.ts'
import type { Outcome } from '../execution/execution.ts'
import { clickablesOf, widgetsOf } from './card-parts.ts'
import type { Card } from './json.ts'

/** The first link of an answer that the manifest's openLinkUrlPrefixes do not cover: from OpenLink or from <a href>. */
export function refusedLink(outcome: Outcome, prefixes: readonly string[]): string | undefined {
  return linksOf(outcome).find((url) => !isAllowed(url, prefixes, { bareStar: true }))
}

function linksOf(outcome: Outcome): string[] {
  switch (outcome.kind) {
    case 'card':
      return cardLinks(outcome.json)
    case 'cards':
      return outcome.json.flatMap(cardLinks)
    case 'authorization':
      return outcome.json.cards.flatMap(cardLinks)
    case 'universal':
      return [...outcome.json.cards.flatMap(cardLinks), ...present(outcome.json.link?.url)]
    case 'action': {
      const { navigations = [], link } = outcome.json.renderActions.action
      const cards = navigations.flatMap((step) =>
        'pushCard' in step ? [step.pushCard] : 'updateCard' in step ? [step.updateCard] : [],
      )
      return [...cards.flatMap(cardLinks), ...present(link?.url)]
    }
    default:
      return []
  }
}

function cardLinks(card: Card): string[] {
  const texts = [
    ...(card.sections ?? []).map((section) => section.header),
    ...widgetsOf(card).flatMap(({ textParagraph, decoratedText }) => [textParagraph?.text, decoratedText?.text]),
  ]
  const written = texts.flatMap((text) =>
    [...(text ?? '').matchAll(/<a\s[^>]*href\s*=\s*["']?([^"'\s>]+)/gi)].map((match) => match[1]),
  )
  return [...clickablesOf(card).map(({ onClick }) => onClick.openLink?.url), ...written].flatMap(present)
}

const present = (url: string | null | undefined): string[] => (url ? [url] : [])
