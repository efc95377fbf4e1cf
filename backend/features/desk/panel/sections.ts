import type { PanelSection } from '../../../../shared/panel.ts'
import { html } from '../../../platform/html.ts'
import { timedText } from './clock.ts'
import { type InSection, inSection, type Scene } from './scene.ts'
import { widgetView } from './widgets.ts'

/** Sections of a card as parts of a page, one under the other. */
export const sectionsView = (sections: readonly PanelSection[], scene: Scene) =>
  sections.map((section) => sectionView(section, inSection(scene, section)))

/** A section is found on the page by its first field. */
function sectionView({ title, folded, widgets }: PanelSection, scene: InSection) {
  const shown = folded === null ? widgets : widgets.slice(0, folded)
  const rest = folded === null ? [] : widgets.slice(folded)
  const words = title && timedText(title, scene.clock)
  const inside = html`
    ${words && html`<h2>${words}</h2>`}
    ${shown.map((widget) => widgetView(widget, scene))}
    ${
      rest.length > 0 &&
      html`<details open=${scene.own.some((name) => name in scene.typed)}><summary>${summaryOf(words, shown.length)}</summary>
        ${rest.map((widget) => widgetView(widget, scene))}</details>`
    }`
  const id = scene.own[0] === undefined ? null : anchorOf(scene.own[0])
  return words
    ? html`<section id=${id} aria-label=${words}>${inside}</section>`
    : html`<div class="card" id=${id}>${inside}</div>`
}

export const anchorOf = (field: string): string => `at-${field}`

const summaryOf = (title: string | null, shown: number): string => {
  if (shown > 0) return title === 'More' ? 'All the rest' : `More${title ? ` of ${title.toLowerCase()}` : ''}`
  return title ? `Open ${title.toLowerCase()}` : 'Open'
}
