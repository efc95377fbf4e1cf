import type { Widget } from './card.ts'
import { type ActionOf, clickOn } from './click.ts'
import { remark } from './text.ts'

/** A button, and why it cannot be pressed; null while it can. */
export type Button = { made: GoogleAppsScript.Card_Service.TextButton; off: string | null }

type Look = { off?: string | null; filled?: boolean; needs?: readonly string[] }

export function button(label: string, action: ActionOf, look: Look = {}): Button {
  const made = drawn(label, look).setOnClickAction(clickOn(action, look.needs))
  return { made, off: look.off ?? null }
}

/** A button that opens a draft in Gmail's own window. */
export function draftButton(label: string, action: ActionOf, place: 'reply' | 'standalone', look: Look = {}): Button {
  const { REPLY_AS_DRAFT, STANDALONE_DRAFT } = CardService.ComposedEmailType
  const made = drawn(label, look).setComposeAction(
    clickOn(action),
    place === 'reply' ? REPLY_AS_DRAFT : STANDALONE_DRAFT,
  )
  return { made, off: look.off ?? null }
}

/** A button that opens a page in a tab of its own. */
export function linkButton(label: string, url: string): Button {
  const made = drawn(label, {}).setOpenLink(CardService.newOpenLink().setUrl(url))
  return { made, off: null }
}

/** A row of buttons, with each reason why one is off said once below it. */
export function buttons(...row: readonly (Button | null)[]): Widget[] {
  const shown = row.filter((each) => each !== null)
  if (shown.length === 0) return []
  const set = CardService.newButtonSet()
  for (const { made } of shown) set.addButton(made)
  const reasons = shown.map(({ off }) => off).filter((off) => off !== null)
  return [set, ...reasons.filter((reason, at) => reasons.indexOf(reason) === at).map(remark)]
}

function drawn(label: string, { off, filled }: Look) {
  const { FILLED, OUTLINED } = CardService.TextButtonStyle
  return CardService.newTextButton()
    .setText(label)
    .setTextButtonStyle(filled ? FILLED : OUTLINED)
    .setDisabled(Boolean(off))
}
