const ENTITY = /&(?!(?:amp|lt|gt|quot|apos|nbsp|#\d{1,7}|#x[\da-f]{1,6});)/gi
const TAG = /<(\/?)([a-z]+)((?:\s[^<>]*)?)\/?>/gi
const PLAIN = ['b', 'i', 'u', 's', 'time']

export const escapeText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/** The HTML a card's text may hold ([WA]/concepts/widgets#text_formatting); every other tag is shown as written. */
export function formattedText(text: string): string {
  const open: string[] = []
  let html = ''
  let end = 0
  for (const match of text.matchAll(TAG)) {
    const [whole, slash, name = '', attributes = ''] = match
    html +=
      literal(text.slice(end, match.index)) +
      (tag(slash === '/', name.toLowerCase(), attributes, open) ?? escapeText(whole))
    end = match.index + whole.length
  }
  return html + literal(text.slice(end)) + open.reverse().map(close).join('')
}

/** A tag of the subset with only the attributes it may have; undefined for any other. */
function tag(closes: boolean, name: string, attributes: string, open: string[]): string | undefined {
  if (name === 'br') return '<br>'
  if (!PLAIN.includes(name) && name !== 'font' && name !== 'a') return undefined
  if (closes) return open.includes(name) ? closed(name, open) : ''
  open.push(name)
  if (name === 'font') return `<span class="sd-colored" style="--given:${color(attributes)}">`
  if (name === 'a') return `<a href="${escapeText(link(attributes))}" target="_blank" rel="noopener noreferrer">`
  return `<${name}>`
}

/** Closes what was opened inside first, so that the result is well formed whatever was written. */
function closed(name: string, open: string[]): string {
  let html = ''
  for (let last = open.pop(); last !== undefined; last = open.pop()) {
    html += close(last)
    if (last === name) break
  }
  return html
}

const close = (name: string) => `</${name === 'font' ? 'span' : name}>`
const attribute = (attributes: string, name: string) =>
  new RegExp(`\\b${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"']+))`, 'i')
    .exec(attributes)
    ?.slice(1)
    .find((value) => value !== undefined) ?? ''
const color = (attributes: string) => (/^#[0-9a-f]{3,6}$/i.exec(attribute(attributes, 'color')) ?? ['inherit'])[0]

function link(attributes: string): string {
  const url = attribute(attributes, 'href').replaceAll('&amp;', '&')
  return /^(https?:|mailto:)/i.test(url) ? url : '#'
}

const literal = (text: string) =>
  text
    .replaceAll(ENTITY, '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\n', '<br>')
