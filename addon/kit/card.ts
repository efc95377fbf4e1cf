import { escaped } from './escape.ts'

export type Card = GoogleAppsScript.Card_Service.Card
/** A section, and how many widgets are in it: Google drops what is beyond the hundredth of a card. */
export type Section = { made: GoogleAppsScript.Card_Service.CardSection; size: number }
export type Widget = GoogleAppsScript.Card_Service.Widget
export type MenuItem = GoogleAppsScript.Card_Service.CardAction

/** A card of the sections that have something to say. */
export function card(
  heading: { title: string; subtitle?: string },
  sections: readonly (Section | null)[],
  menu: readonly MenuItem[] = [],
): Card {
  const header = CardService.newCardHeader().setTitle(heading.title)
  if (heading.subtitle) header.setSubtitle(heading.subtitle)
  const builder = CardService.newCardBuilder().setHeader(header)
  for (const each of sections) if (each) builder.addSection(each.made)
  for (const item of menu) builder.addCardAction(item)
  return builder.build()
}

export const MOST_WIDGETS = 100

export const sizeOf = (sections: readonly (Section | null)[]): number =>
  sections.reduce((sum, each) => sum + (each ? each.size : 0), 0)

type Content = Widget | readonly Widget[] | null

/** A section, or null when nothing is in it: Google refuses empty ones. */
export const section = (title: string | null, ...content: readonly Content[]): Section | null =>
  foldedSection(title, null, ...content)

/** A section of which only the first widgets show until it is opened. @param shown how many; null for all */
export function foldedSection(
  title: string | null,
  shown: number | null,
  ...content: readonly Content[]
): Section | null {
  const widgets = ([] as Widget[]).concat(...content.map((each) => (each === null ? [] : (each as Widget | Widget[]))))
  if (widgets.length === 0) return null
  const made = CardService.newCardSection()
  if (title) made.setHeader(escaped(title))
  for (const widget of widgets) made.addWidget(widget)
  if (shown !== null) made.setCollapsible(true).setNumUncollapsibleWidgets(shown)
  return { made, size: widgets.length }
}
