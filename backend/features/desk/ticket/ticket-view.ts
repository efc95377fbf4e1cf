import type { TimelineEntry } from '../../../../shared/tickets.ts'
import { html } from '../../../platform/html.ts'
import { present } from '../../../platform/panel.ts'
import { runningSection } from '../../queues/index.ts'
import { formToken, liveLine, livePlace, type Visit } from '../../settings/index.ts'
import { STATUS_WORDS } from '../../tickets/index.ts'
import { ordersView } from '../orders/orders-view.ts'
import { clockWords } from '../panel/clock.ts'
import { enterButton } from '../panel/enter-button.ts'
import type { Scene } from '../panel/scene.ts'
import { anchorOf, sectionsView } from '../panel/sections.ts'
import { ticketPath } from '../paths.ts'
import type { Typed } from '../pressing/typed.ts'
import type { Said } from '../said.ts'
import { breakView } from './break-view.ts'
import { liveTicketPath } from './live-ticket.ts'
import { liveHtml } from './live-view.ts'
import type { TicketRead } from './reading.ts'

/** What the page tells besides the ticket: what a press came to, what was typed, and what others did meanwhile. */
export type Told = { said: Said | null; typed: Typed; changes: readonly TimelineEntry[] }

/** A ticket: what its card in the panel shows and offers, with the whole of what was said. */
export function ticketView(visit: Pick<Visit, 'formToken'>, read: TicketRead, told: Told) {
  const { ticket, clock, work } = read
  const { id, number, status, subject } = ticket
  const scene: Scene = { clock, typed: told.typed, ticketId: id, holdsTexts: true, apart: true }
  return html`
    <h1>${number} · ${STATUS_WORDS[status]}</h1>
    <p><strong>${subject || '(no subject)'}</strong></p>
    ${saidView(told.said)}
    ${changesView(told.changes, scene)}
    ${jumps(read)}
    <form method="post" action=${ticketPath(id)} autocomplete="off">
      ${formToken(visit)}${enterButton}<input type="hidden" name="seen" value=${clock.now.toISOString()} />
      ${breakView(work, clock)}
      ${sectionsView([...present(runningSection(ticket.running)), ...ticket.sections], scene)}
      ${ordersView(ticket, scene)}
      ${liveView(read)}
      ${sectionsView(ticket.below, scene)}
    </form>`
}

/** What was said, and whose it is, changes by itself. */
const liveView = ({ ticket: { id, version }, standing, conversation, clock }: TicketRead) => html`
  ${livePlace(liveTicketPath(id, version), liveHtml({ ticketId: id, standing, conversation, clock }, version))}
  ${liveLine(html`<button class="quiet" name="press" value="stay">Refresh</button>`)}`

export const saidView = (said: Said | null) =>
  said && html`<p class=${said.bad ? 'bad' : 'good'} role=${said.bad ? 'alert' : 'status'}>${said.text}</p>`

const changesView = (changes: readonly TimelineEntry[], { clock }: Scene) =>
  changes.length > 0 &&
  html`<section aria-label="What changed meanwhile"><h2>What changed meanwhile</h2>
    <ul>${changes.map(
      ({ actor, words, occurredAt }) =>
        html`<li>${words} <span class="soft">${actor.name}, ${clockWords(new Date(occurredAt), clock)}</span></li>`,
    )}</ul></section>`

/** On a phone an answer is written far below the mail. */
function jumps({ ticket }: TicketRead) {
  const fields = [...ticket.sections, ...ticket.below].flatMap(({ widgets }) =>
    widgets.flatMap((widget) => ('name' in widget ? [widget.name] : [])),
  )
  const ways = [
    { word: 'Conversation', to: 'conversation' },
    ...(ticket.shop.connected ? [{ word: 'Orders', to: 'orders' }] : []),
    ...WAYS.filter(({ field }) => fields.includes(field)).map(({ word, field }) => ({ word, to: anchorOf(field) })),
  ]
  return html`<nav aria-label="On this page"><p class="row">${ways.map(({ word, to }) => html`<a href=${`#${to}`}>${word}</a>`)}</p></nav>`
}

const WAYS = [
  { word: 'Answer', field: 'reply' },
  { word: 'Note', field: 'note' },
  { word: 'Status', field: 'status' },
]
