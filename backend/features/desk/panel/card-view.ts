import type { PanelCard } from '../../../../shared/panel.ts'
import { html } from '../../../platform/html.ts'
import { formToken, type Visit } from '../../settings/index.ts'
import { CARD, HOME, ticketPath } from '../paths.ts'
import type { Typed } from '../pressing/typed.ts'
import { type Clock, timed } from './clock.ts'
import { enterButton } from './enter-button.ts'
import { sectionsView } from './sections.ts'

/** What a card lies on, and what it shows besides itself. */
export type Around = {
  clock: Clock
  /** Its path, to be asked again; null for what came of a press. */
  path: string | null
  /** The ticket below it, and what had been typed there. */
  ticketId: string | null
  kept: Typed
  typed: Typed
  problem: string | null
}

/** A card that the API describes, as a page of its own. */
export function cardView(visit: Pick<Visit, 'formToken'>, card: PanelCard, around: Around) {
  const { title, subtitle, sections, say } = card
  const { clock, path, ticketId, kept, typed, problem } = around
  const holdsTexts = Object.keys(kept).length > 0
  return html`
    <h1>${timed(title, clock)}</h1>
    ${subtitle && html`<p class="soft">${timed(subtitle, clock)}</p>`}
    ${say && html`<p class="good" role="status">${timed(say, clock)}</p>`}
    ${problem && html`<p class="bad" role="alert">${problem}</p>`}
    <form method="post" action=${CARD} autocomplete="off">
      ${formToken(visit)}${enterButton}${hidden('card', path)}${hidden('ticket', ticketId)}
      ${Object.entries(kept).map(([name, [text = '']]) => hidden(`kept.${name}`, text))}
      ${sectionsView(sections, { clock, typed, ticketId, holdsTexts, apart: false })}
      <p>${wayBack(ticketId, holdsTexts)}</p>
    </form>`
}

const hidden = (name: string, value: string | null) =>
  value !== null && html`<input type="hidden" name=${name} value=${value} />`

const wayBack = (ticketId: string | null, holdsTexts: boolean) => {
  if (ticketId === null) return html`<a href=${HOME}>Desk</a>`
  return holdsTexts
    ? html`<button class="second" name="press" value="stay" formaction=${ticketPath(ticketId)}>Ticket, with what you typed</button>`
    : html`<a href=${ticketPath(ticketId)}>Ticket</a>`
}
