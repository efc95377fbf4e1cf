import { htmlToText } from 'html-to-text'

/** Longer HTML is read by cutting its tags out: a layout tree of it would not fit. */
const HTML_CHARACTERS = 1_000_000
const MANY_LINKS = 5_000

/** The text of an HTML mail; never throws. */
export function textOfHtml(html: string): string {
  if (html.length > HTML_CHARACTERS) return withoutTags(html.slice(0, HTML_CHARACTERS * 3))
  try {
    return htmlToText(html, {
      wordwrap: false,
      limits: { maxInputLength: HTML_CHARACTERS },
      selectors: [
        { selector: 'img', format: 'skip' },
        {
          selector: 'a',
          options: { hideLinkHrefIfSameAsText: true, noAnchorUrl: true, ignoreHref: linksIn(html) > MANY_LINKS },
        },
      ],
    })
  } catch {
    return withoutTags(html) // nested too deeply for the parser's stack
  }
}

function linksIn(html: string): number {
  let count = 0
  for (let at = html.indexOf('<a '); at >= 0; at = html.indexOf('<a ', at + 3)) count++
  return count
}

const withoutTags = (html: string): string =>
  html
    .replace(/<(style|script)\b[^<]*<\/\1>/gi, ' ')
    .replace(/<[^<>]{0,2000}>/g, ' ')
    .replace(/&nbsp;/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')

/** Text that PostgreSQL and JSON can hold. */
export const storable = (text: string, characters = Number.POSITIVE_INFINITY): string =>
  text.replaceAll('\0', '').slice(0, characters).toWellFormed()
