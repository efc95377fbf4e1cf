import type { Button, Color } from '../../../apps-script/card-service/json.ts'
import { clickAttributes } from './clicks.ts'
import { icon } from './images.ts'
import { html, type Markup } from './markup.ts'

export function button(given: Button): Markup {
  const isImage = given.text === undefined || given.text === null
  const kind = isImage ? 'image' : buttonKind(given)
  const style = kind === 'filled' && given.color ? { style: filling(given.color) } : {}
  const attributes = given.disabled ? {} : clickAttributes(given.onClick)
  return html`<button type="button" class="sd-button sd-${kind}" disabled=${given.disabled === true} title=${given.altText ?? given.text}
    aria-label=${given.altText} ...${style} ...${attributes}>${icon(given.icon)}${isImage ? null : html`<span class="sd-cut">${given.text}</span>`}</button>` as Markup
}

export const buttonList = (buttons: readonly Button[]): Markup =>
  html`<div class="sd-buttons">${buttons.map(button)}</div>` as Markup

/** A colour makes a button FILLED in the card JSON, but has no effect on one that is OUTLINED ([CS]/text-button). */
function buttonKind({ type }: Button): string {
  return (type ?? 'OUTLINED').toLowerCase().replace('_', '-')
}

function filling({ red, green, blue }: Color): string {
  const parts = [red ?? 0, green ?? 0, blue ?? 0]
  const bright = (parts[0] ?? 0) * 0.3 + (parts[1] ?? 0) * 0.59 + (parts[2] ?? 0) * 0.11 > 0.6
  return `background:rgb(${parts.map((part) => Math.round(part * 255)).join(' ')});color:${bright ? '#202124' : '#fff'}`
}
