import type { AddonError } from '../errors.ts'
import { type AddonEvent, parametersOf } from '../event.ts'
import { refusedTicketCard } from '../features/tickets/reading.ts'
import type { Card } from '../kit/card.ts'
import { clickResponse, universalResponse } from '../kit/response.ts'
import { failureCard } from './failure-card.ts'
import { failuresOnTop, popsOf, type Retry, retryOf } from './retry.ts'

/** Turns a failure into what this kind of caller may be answered with. May fail itself, and is then asked no more. */
export type Answering<R> = (failure: AddonError, event: AddonEvent) => R

/** Refusals that the newest state of the ticket explains: it changed meanwhile, or what was typed does not do. */
const EXPLAINED_BY_TICKET: readonly AddonError['code'][] = [
  'stale_version',
  'move_not_allowed',
  'idempotency_key_reused',
  'already_done',
  'claimed',
  'proof_mismatch',
  'invalid_request',
  'too_large',
]

/** These are about what was typed: when that stands in a form on top of the ticket, the form stays. */
const ABOUT_WORDS: readonly AddonError['code'][] = ['invalid_request', 'too_large']

const SAID: Partial<Record<AddonError['code'], string>> = {
  stale_version: 'Someone changed this ticket meanwhile. This is the newest state; nothing of yours was saved.',
  idempotency_key_reused:
    'Something was already saved from that card. This is the newest state; look before you save again.',
}

export const asCard =
  (again: Retry): Answering<Card> =>
  (failure) =>
    failureCard(failure, again)

export const asUniversal =
  (again: Retry): Answering<GoogleAppsScript.Card_Service.UniversalActionResponse> =>
  (failure) =>
    universalResponse(failureCard(failure, again))

/** On top of the card that was clicked, so that the way back leads to it. */
export const asCardOnTop: Answering<GoogleAppsScript.Card_Service.ActionResponse> = (failure, event) =>
  clickResponse({ push: failureCard(failure, retryOf(event)) }, failuresOnTop(event))

/** The ticket as it is now, with the refusal above it and what was typed still in place; null when that explains nothing, as for a search. */
export function ticketAfterRefusal(failure: AddonError, event: AddonEvent) {
  const { ticketId, action, onTop = '0' } = parametersOf(event)
  if (!ticketId || action === 'searchOrders' || EXPLAINED_BY_TICKET.indexOf(failure.code) < 0) return null
  if (onTop !== '0' && ABOUT_WORDS.indexOf(failure.code) >= 0) return null
  const say = SAID[failure.code] ?? failure.message
  return clickResponse({ update: refusedTicketCard(event, ticketId, say), say, changed: true }, popsOf(event))
}

/** A draft can only be answered with a draft: Google shows the text of what is thrown. */
export const asThrown: Answering<never> = (failure) => {
  throw new Error(failure.reference ? `${failure.message} (reference ${failure.reference})` : failure.message)
}
