import { htmlToText } from 'html-to-text'
import { readerOfCharacters } from './entities.ts'

/** Longer HTML is read by cutting its tags out: a layout tree of it would not fit. */
const HTML_CHARACTERS = 1_000_000
const MANY_LINKS = 5_000
/** Each quote marks the lines of all quotes in it, and each list moves those of its lists: the text of 48 kB of deeper ones was 8 MB, and took 12 seconds. */
const DEEPEST = 50

/** A picture that stands in the HTML itself: megabytes without a word. */
const DATA = /\bdata:[\w/+.;=-]{1,200},[^"'<>\s)]*/gi

/** The text of an HTML mail; never throws. */
export function textOfHtml(written: string): string {
  const html = written.replace(DATA, '')
  if (html.length > HTML_CHARACTERS || depthOf(html) > DEEPEST) return withoutTags(html)
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

/** How many quotes and lists stand within each other at most. */
function depthOf(html: string): number {
  let [depth, deepest] = [0, 0]
  for (const [, closes] of html.matchAll(/<(\/?)(?:blockquote|[uo]l)\b/gi)) {
    depth = closes ? Math.max(0, depth - 1) : depth + 1
    deepest = Math.max(deepest, depth)
  }
  return deepest
}

/** In pieces, so that no list of a million tags is ever there. */
function withoutTags(html: string): string {
  const withCharacters = readerOfCharacters()
  let text = ''
  for (let at = 0; at < html.length; ) {
    const close = html.length - at > PIECE ? html.lastIndexOf('>', at + PIECE) : -1
    const end = close > at ? close + 1 : at + PIECE
    text += withCharacters(strippedOf(html.slice(at, end)))
    at = end
  }
  return text
}

const PIECE = 256_000

const strippedOf = (html: string): string =>
  html
    .replace(/<(style|script)\b[^<]*<\/\1>/gi, ' ')
    .replace(/<(br|\/(p|div|li|tr|h[1-6]|blockquote))\b[^<>]{0,2000}>\s*/gi, '\n')
    .replace(/<[^<>]{0,2000}>/g, ' ')

/** What a mail says, which may be written as text, as HTML or as both. */
export const textOf = ({ text, html }: { text: string; html: string }): string =>
  storable((text.trim() ? text : html ? textOfHtml(html) : text).replace(/\r\n?/g, '\n'))

/** Text that PostgreSQL and JSON can hold. */
export const storable = (text: string, characters = Number.POSITIVE_INFINITY): string =>
  text.replaceAll('\0', '').slice(0, characters).toWellFormed()
