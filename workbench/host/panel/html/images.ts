import type { Icon } from '../../../apps-script/card-service/json.ts'
import { glyph } from './glyphs.ts'
import { html, type Markup } from './markup.ts'

const PRIVATE_HOST =
  /^(localhost|127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|169\.254\.|\[?::1|.*\.(local|internal|localhost)$)/i

/** Google fetches images through its own proxy: only public https addresses of PNG, JPEG or GIF are ever shown. */
export function imageProblem(url: string, { data = false } = {}): string | undefined {
  if (url.startsWith('data:'))
    return data && /^data:image\/(png|jpe?g|gif);/i.test(url) ? undefined : 'data URLs are not shown here'
  if (!URL.canParse(url)) return 'not a URL'
  const { protocol, hostname, pathname } = new URL(url)
  if (protocol !== 'https:') return 'only https images are shown'
  if (PRIVATE_HOST.test(hostname)) return 'the host is not public'
  return /\.svg$/i.test(pathname) ? 'SVG is not shown' : undefined
}

export function picture(url: string, alt: string, className: string, options: { data?: boolean } = {}): Markup {
  const problem = imageProblem(url, options)
  if (problem)
    return html`<span class="sd-no-image ${className}" title=${`Google would not show ${url}: ${problem}`}>${alt || 'image'}</span>` as Markup
  return html`<img class=${className} src=${url} alt=${alt} />` as Markup
}

export function icon(given: Icon | null | undefined): Markup {
  if (!given) return null
  const name = given.materialIcon?.name ?? given.knownIcon
  if (given.iconUrl)
    return picture(given.iconUrl, given.altText ?? '', given.imageType === 'CIRCLE' ? 'sd-icon sd-round' : 'sd-icon')
  return name && name !== 'NONE' ? drawing(name, given.altText ?? '', given.materialIcon?.fill === true) : null
}

/** One of our drawings; a name we have not drawn becomes its first letter in a box. */
export function drawing(name: string, alt = '', filled = false): Markup {
  const path = glyph(name)
  const label = alt ? { role: 'img', 'aria-label': alt } : { 'aria-hidden': 'true' }
  if (!path)
    return html`<span class="sd-icon sd-letter" title=${name} ...${label}>${name.charAt(0).toUpperCase()}</span>` as Markup
  return html`<svg class="sd-icon ${filled ? 'sd-filled' : ''}" viewBox="0 0 24 24" ...${label}><path d=${path} /></svg>` as Markup
}
