import { html } from 'htm/preact'
import type { VNode } from 'preact'
import { renderToString } from 'preact-render-to-string'

export { html }
export type Markup = VNode | VNode[] | string | null

export const toHtml = (markup: Markup): string =>
  markup === null ? '' : renderToString(html`<${Whole}>${markup}<//>` as VNode)

/** Text with tags of the subset, already escaped by formattedText. */
export const inner = (markup: string) => ({ __html: markup })

const Whole = ({ children }: { children?: Markup }) => children ?? null
