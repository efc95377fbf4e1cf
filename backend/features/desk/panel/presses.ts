import type { PanelPress } from '../../../../shared/panel.ts'
import { html } from '../../../platform/html.ts'
import type { View } from '../../settings/index.ts'
import { cardPath, pageOfCard, ticketPath } from '../paths.ts'
import { pressValue } from '../pressing/form-press.ts'
import { type InSection, sentBy } from './scene.ts'

/** How something that can be pressed looks, and what stands in it. */
type Look = { inside: View | string | (View | string)[]; name: string; off?: boolean }

/** Something to press: a link where nothing is sent, else a button of the form; nothing for what only works inside Gmail. */
export function pressView(press: PanelPress, scene: InSection, { inside, name, off = false }: Look) {
  switch (press.kind) {
    case 'draft':
    case 'mail':
      return null // is about a window of Gmail, which a page has not
    case 'link':
      return off ? button('', true) : html`<a class=${linkLook(name)} href=${press.url}>${inside}</a>`
    case 'ticket':
    case 'open':
      return off ? button('', true) : ticketView(press.ticketId)
    case 'call': {
      const to = press.method === 'GET' && !off ? lookedAt(press.path) : null
      return to === null
        ? button(pressValue(press, { own: sentBy(scene) }), off)
        : html`<a class=${linkLook(name)} href=${to}>${inside}</a>`
    }
    case 'change':
      return button(pressValue(press, { first: scene.acting }), off)
  }

  /** Where a look leads; null where texts must go along. */
  function lookedAt(path: string): string | null {
    return pageOfCard(path) ?? (scene.holdsTexts ? null : cardPath(path, scene.ticketId))
  }

  /** Back to the ticket with what had been typed there, or to another one. */
  function ticketView(ticketId: string) {
    return scene.holdsTexts && ticketId === scene.ticketId
      ? html`<button class=${name} name="press" value="stay" formaction=${ticketPath(ticketId)}>${inside}</button>`
      : html`<a class=${linkLook(name)} href=${ticketPath(ticketId)}>${inside}</a>`
  }

  function button(value: string, disabled: boolean) {
    return html`<button class=${name} name="press" value=${value} disabled=${disabled}>${inside}</button>`
  }
}

/** What is a line is one as a link too; everything else that leads on looks like a button. */
const linkLook = (name: string): string => (name === 'line' ? name : `button ${name}`)
