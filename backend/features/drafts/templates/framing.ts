/** How a mail is framed: {text} and {signature} have their places. */
export type Frame = {
  layout: string
  /** Empty: plain text alone. */
  html: string
  signature: string
}

export type Framed = { text: string; html: string | null }

const PLACES = /\{(text|signature)\}/g

/** Puts a text into the layout of its language. Without one it stands alone, above the signature. */
export function frame(text: string, { layout, html, signature }: Frame): Framed {
  const values = { text, signature }
  const plain = (layout || '{text}\n\n{signature}').replace(PLACES, (_place, name: keyof typeof values) => values[name])
  return {
    text: plain.trim(),
    html: html === '' ? null : html.replace(PLACES, (_place, name: keyof typeof values) => asHtml(values[name]).trim()),
  }
}

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

const asHtml = (text: string): string =>
  text.replace(/[&<>"]/g, (sign) => ESCAPES[sign] ?? sign).replace(/\r?\n/g, '<br>\n')
