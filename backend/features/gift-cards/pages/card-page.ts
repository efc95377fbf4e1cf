import type { StaffRole } from '../../../../shared/roles.ts'
import { html } from '../../../platform/html.ts'
import { formToken, type View, type Visit } from '../../settings/index.ts'
import { maskedCode } from '../codes.ts'
import { type Card, stateWords } from './log-page.ts'

const AT_WORK: readonly StaffRole[] = ['agent', 'supervisor', 'admin']
const OVER_CARDS: readonly StaffRole[] = ['supervisor', 'admin']

/** One card: what is known of it, and what may be done with it. */
export const cardPage = (card: Card, visit: Visit): View => html`
  <h1>Gift card ${maskedCode(card.last)}</h1>
  ${card.work && workLine(card.work, card.id)}
  <dl>
    <dt>State</dt><dd>${stateWords(card)}</dd>
    <dt>Amount</dt><dd>${card.amount.text}</dd>
    <dt>Left on it</dt><dd>${card.balance?.text ?? 'not known yet'}</dd>
    <dt>Good until</dt><dd>${card.expiresOn ?? 'for ever'}</dd>
    <dt>Reason</dt><dd>${card.reason}</dd>
    <dt>Issued</dt><dd>${card.issuedAt?.slice(0, 10) ?? 'not yet'} by ${card.by}${card.imported ? ', before the desk' : ''}</dd>
    <dt>Order</dt><dd>${card.orderNumber ?? '–'}</dd>
    <dt>Shop</dt><dd>${card.shop.name}</dd>
  </dl>
  ${card.replacedById && html`<p><a href=${`/gift-cards/${card.replacedById}`}>The card that replaces it</a></p>`}
  ${actsOn(card, visit)}
  <p><a href="/gift-cards">All gift cards</a></p>
`

const DOING = { deactivation: 'Taking it back', reissue: 'The new card', notification: 'The mail to the customer' }
const ENDS = {
  waiting: { tone: 'soft', words: 'is on its way.' },
  done: { tone: 'good', words: 'is done.' },
  refused: { tone: 'bad', words: 'was refused.' },
  unclear: { tone: 'bad', words: 'may have happened or not.' },
}

const workLine = ({ what, state, words }: NonNullable<Card['work']>, id: string): View => html`
  <p class=${ENDS[state].tone} role="status">
    ${DOING[what]} ${ENDS[state].words} ${words ?? ''}
    ${state === 'waiting' && html` <a href=${`/gift-cards/${id}`}>Look again</a>`}
  </p>
`

function actsOn(card: Card, visit: Visit): View | null {
  const { role } = visit.actor
  const waits = card.work?.state === 'waiting'
  if (waits || card.imported || card.state === 'planned' || card.state === 'refused') return null
  const ours = AT_WORK.includes(role)
  const leads = OVER_CARDS.includes(role)
  const isNew = card.state === 'issued'
  const mayReissue = isNew || card.replacedById === null || card.work?.state === 'refused'
  return html`
    ${ours && press(visit, card, { act: 'code', word: 'Show the code', why: 'Who looked is recorded.' })}
    ${ours && isNew && press(visit, card, { act: 'notification', word: 'Mail it again', why: 'Shopify mails the card to its customer once more.' })}
    ${
      leads &&
      mayReissue &&
      press(visit, card, {
        act: 'deactivation',
        word: 'Deactivate and reissue',
        why: 'This code ends for good, and what is left on it is given on a new card to the same customer.',
        reissue: true,
      })
    }
    ${
      leads &&
      isNew &&
      press(visit, card, {
        act: 'deactivation',
        word: 'Deactivate',
        why: 'This code ends for good; what is left on it is lost.',
      })
    }
  `
}

type Press = { act: string; word: string; why: string; reissue?: boolean }

const press = (visit: Visit, { id }: Card, { act, word, why, reissue }: Press): View => html`
  <section aria-label=${word}>
    <form method="post" action=${`/gift-cards/${id}/${act}`}>
      ${formToken(visit)}
      ${act === 'deactivation' && html`<input type="hidden" name="reissue" value=${reissue ? 'yes' : 'no'} />`}
      <p>${why}</p>
      <button class=${reissue ? undefined : 'second'}>${word}</button>
    </form>
  </section>
`

/** The only page that holds a whole code. */
export const codePage = (code: string, giftCardId: string): View => html`
  <h1>Code of a gift card</h1>
  <p><strong><code>${code}</code></strong></p>
  <p>Whoever knows it can spend it. That you looked is recorded.</p>
  <p><a href=${`/gift-cards/${giftCardId}`}>Back to the card</a></p>
`
