import { type Html, html } from '../../../../host/views/html.ts'
import type { Instant } from '../../store/records/ids.ts'
import { state, tone, when } from '../words.ts'

export type Place = 'orders' | 'stock' | 'money' | 'webhooks' | 'shop'

export interface Frame {
  title: string
  place: Place
  shop: { domain: string; name: string; status: string }
  shops: { domain: string; name: string }[]
  /** What the last act did or why it did not; shown once. */
  said?: { words: string; refused: boolean } | undefined
  now: Date
}

const PLACES: Record<Place, string> = {
  orders: 'Orders',
  stock: 'Stock',
  money: 'Money',
  webhooks: 'Webhooks',
  shop: 'Shop',
}

export const ledgerOf = (domain: string) => `/${domain}/admin/ledger`

export const framePage = (frame: Frame, content: Html | Html[]): Html => html`
  <html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>${frame.title} · ${frame.shop.name}</title>
      <link rel="icon" href="data:," />
      <link rel="stylesheet" href=${`${ledgerOf(frame.shop.domain)}/style.css`} />
    </head>
    <body>
      <header class="bar">
        <a class="brand" href=${ledgerOf(frame.shop.domain)}>${frame.shop.name}</a>
        <span class="label" title="Drawn by Sidedesk's workbench. Not Shopify's own interface.">Emulation</span>
        ${frame.shop.status !== 'open' && html`<span class="state bad">${state(frame.shop.status)}</span>`}
        <nav aria-label="Places">${(Object.keys(PLACES) as Place[]).map((place) => placeLink(frame, place))}</nav>
        <nav class="shops" aria-label="Shops">
          ${frame.shops
            .filter(({ domain }) => domain !== frame.shop.domain)
            .map(({ domain, name }) => html`<a href=${ledgerOf(domain)}>Go to ${name}</a>`)}
        </nav>
      </header>
      <main>
        ${frame.title === PLACES[frame.place] && html`<h1 class="only-heard">${frame.title}</h1>`}
        ${frame.said && html`<p class=${frame.said.refused ? 'said refused' : 'said'} role=${frame.said.refused ? 'alert' : 'status'}>${frame.said.words}</p>`}
        ${content}
      </main>
    </body>
  </html>`

const placeLink = ({ place, shop }: Frame, one: Place) => html`
  <a href=${one === 'orders' ? ledgerOf(shop.domain) : `${ledgerOf(shop.domain)}/${one}`} aria-current=${one === place ? 'page' : undefined}>${PLACES[one]}</a>`

export const badge = (name: string): Html => html`<span class=${`state ${tone(name)}`}>${state(name)}</span>`

export const badges = (...shown: (Html | Html[])[]): Html => html`<span class="states">${shown}</span>`

export const moment = (at: Instant, now: Date): Html => html`<time datetime=${at} title=${at}>${when(at, now)}</time>`

/** A table that becomes a list of cards on a phone: each cell carries its column's name. */
export const table = (caption: string, columns: readonly string[], rows: readonly (readonly unknown[])[]): Html =>
  rows.length === 0
    ? html`<p class="nothing">${caption}: none yet.</p>`
    : html`
        <table>
          <caption>${caption}</caption>
          <thead><tr>${columns.map((column) => html`<th scope="col">${column}</th>`)}</tr></thead>
          <tbody>${rows.map((cells) => html`<tr>${cells.map((cell, i) => html`<td data-label=${columns[i]}>${cell}</td>`)}</tr>`)}</tbody>
        </table>`
