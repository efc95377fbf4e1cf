import type { Card, CardHeader, Section } from '../../../apps-script/card-service/json.ts'
import { button } from './buttons.ts'
import { clickAttributes } from './clicks.ts'
import type { Drawing } from './drawing.ts'
import { drawing as glyphDrawing, picture } from './images.ts'
import { html, type Markup } from './markup.ts'
import { section } from './section.ts'

const MOST_WIDGETS = 100

/** A card as the side panel draws it. */
export function cardHtml(card: Card, drawing: Drawing): Markup {
  return html`<article class="sd-card" data-card=${card.name ?? undefined}>
    ${header(card)}
    ${drawnSections(card).map((each) => section(each, drawing))}
    ${footer(card)}
  </article>` as Markup
}

/** The section whose widgets pass 100 in the card, and all after it, are dropped without a word ([RPC]#card). */
export function drawnSections({ sections = [] }: Card): Section[] {
  let widgets = 0
  const end = sections.findIndex((each) => {
    widgets += each.widgets?.length ?? 0
    return widgets > MOST_WIDGETS
  })
  return end < 0 ? sections : sections.slice(0, end)
}

export function headerLine({ title, subtitle, imageUrl, imageType, imageAltText }: CardHeader): Markup {
  return html`${imageUrl ? picture(imageUrl, imageAltText ?? '', `sd-avatar ${imageType === 'CIRCLE' ? 'sd-round' : ''}`) : null}
    <span class="sd-lines"><span class="sd-title sd-cut" title=${title}>${title}</span>
      ${subtitle ? html`<span class="sd-label sd-cut" title=${subtitle}>${subtitle}</span>` : null}</span>` as Markup
}

function header(card: Card): Markup {
  const actions = card.cardActions ?? []
  if (!card.header && actions.length === 0) return null
  const menu = html`<details class="sd-menu"><summary aria-label="Card actions">${glyphDrawing('more_vert')}</summary>
    <div class="sd-menu-items" role="menu">
      ${actions.map(({ actionLabel, onClick }) => html`<button type="button" role="menuitem" ...${clickAttributes(onClick)}>${actionLabel}</button>`)}
    </div></details>`
  return html`<header class="sd-header">${card.header ? headerLine(card.header) : null}${actions.length > 0 ? menu : null}</header>` as Markup
}

function footer({ fixedFooter }: Card): Markup {
  if (!fixedFooter?.primaryButton) return null // a secondary button alone is ignored
  const { primaryButton, secondaryButton } = fixedFooter
  return html`<footer class="sd-footer">${secondaryButton ? button(secondaryButton) : null}${button(primaryButton)}</footer>` as Markup
}
