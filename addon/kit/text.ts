import type { Widget } from './card.ts'
import { type ActionOf, clickOn } from './click.ts'
import { escaped, escapedLines } from './escape.ts'

/** One labelled value. */
export const fact = (label: string, value: string): Widget =>
  CardService.newDecoratedText().setTopLabel(label).setText(escaped(value)).setWrapText(true)

export const paragraph = (text: string): Widget => CardService.newTextParagraph().setText(escapedLines(text))

/** A smaller voice: why something is off, or what a field is for. */
export const remark = (text: string): Widget =>
  CardService.newTextParagraph().setText(`<font color="#5f6368">${escapedLines(text)}</font>`)

/** What must be seen first. */
export const warning = (text: string): Widget =>
  CardService.newTextParagraph().setText(`<font color="#b3261e"><b>${escapedLines(text)}</b></font>`)

/** Something somebody wrote or did, with who and when above it. */
export const said = (who: string, text: string, below = ''): Widget => {
  const widget = CardService.newDecoratedText().setTopLabel(who).setText(escapedLines(text)).setWrapText(true)
  return below ? widget.setBottomLabel(below) : widget
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

/** A line of a list that opens what it names. */
export const entry = (line: { above: string; text: string; below: string }, action: ActionOf): Widget =>
  CardService.newDecoratedText()
    .setTopLabel(line.above)
    .setText(escaped(line.text))
    .setBottomLabel(line.below)
    .setWrapText(true)
    .setOnClickAction(clickOn(action))
