import { html } from 'htm/preact'
import { Fragment, h, type VNode } from 'preact'
import { render } from 'preact-render-to-string'

/** `html` is the tagged template for pages; every value is escaped. */
export { html }

/** A part of a page as HTML. */
export const htmlOf = (view: VNode | VNode[]): string => render(h(Fragment, null, view))

/** A whole HTML document from a view. */
export const document = (view: VNode | VNode[]): string => `<!doctype html>${render(h('html', { lang: 'en' }, view))}`

/** An address that may go on in the next line behind its @, and not in the middle of a word. @param address of a mailbox */
export function brokenAtSign(address: string) {
  const at = address.lastIndexOf('@') + 1
  return html`${address.slice(0, at)}<wbr />${address.slice(at)}`
}
