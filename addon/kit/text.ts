import type { Widget } from './card.ts'
import { type ActionOf, clickOn } from './click.ts'
import { escaped, escapedLines } from './escape.ts'

/** One labelled value. */
export const fact = (label: string, value: string): Widget => said(label, value)

export const paragraph = (text: string): Widget => CardService.newTextParagraph().setText(escapedLines(text))

/** A smaller voice: why something is off, or what a field is for. */
export const remark = (text: string): Widget =>
  CardService.newTextParagraph().setText(`<font color="#5f6368">${escapedLines(text)}</font>`)

/** What must be seen first. */
export const warning = (text: string): Widget =>
  CardService.newTextParagraph().setText(`<font color="#b3261e"><b>${escapedLines(text)}</b></font>`)

/** Something somebody wrote or did, with who and when above it. */
export function said(who: string, text: string, below = ''): GoogleAppsScript.Card_Service.DecoratedText {
  const made = CardService.newDecoratedText().setTopLabel(who).setText(escapedLines(text)).setWrapText(true)
  return below ? made.setBottomLabel(below) : made
}

/** Something with a small picture, where there is one; Google fetches it itself, from a public https address. */
export function pictured(imageUrl: string | null, of: string, text: string, below: string): Widget {
  const widget = CardService.newDecoratedText().setText(escaped(text)).setBottomLabel(below).setWrapText(true)
  if (!imageUrl) return widget
  return widget.setStartIcon(CardService.newIconImage().setIconUrl(imageUrl).setAltText(of))
}

/** Links open in a tab. */
export const links = (items: readonly { name: string; url: string }[]): Widget[] =>
  items.length === 0
    ? []
    : [
        CardService.newTextParagraph().setText(
          items.map(({ name, url }) => `<a href="${escaped(url)}">${escaped(name)}</a>`).join('<br>'),
        ),
      ]

type Line = { above: string; text: string; below: string }

/** A line of a list that opens what it names, with room for a button of its own. */
export function entry(
  { above, text, below }: Line,
  action: ActionOf,
  beside?: GoogleAppsScript.Card_Service.TextButton,
): Widget {
  const made = said(above, text, below).setOnClickAction(clickOn(action))
  return beside ? made.setButton(beside) : made
}

/** A line that opens a page in a tab of its own. */
export const linkEntry = ({ above, text, below }: Line, url: string): Widget =>
  said(above, text, below).setOpenLink(CardService.newOpenLink().setUrl(url))
