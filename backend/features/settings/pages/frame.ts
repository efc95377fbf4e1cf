import { document, html } from '../../../platform/html.ts'
import type { View, Visit } from './page.ts'
import { PAGE_STYLE } from './page-style.ts'

/** The hidden field that proves that a form was made by us for this person. */
export const formToken = ({ formToken: value }: Pick<Visit, 'formToken'>) =>
  html`<input type="hidden" name="form" value=${value} />`

/** What one page has beside the look of all: scripts by their paths, and a style. */
export type Extras = { scripts?: readonly string[]; style?: string | undefined }

type Surroundings = {
  name: string
  formToken: string
  menu: readonly { path: string; word: string; covers: readonly string[] }[]
  here: string
  shadow: 'workspace' | 'mailbox' | null
}

/** A whole page: who is signed in, where else they may go, and what the feature shows. */
export const framed = (
  title: string,
  body: View,
  { name, formToken: token, menu, here, shadow }: Surroundings,
  extras: Extras = {},
): string =>
  whole(
    title,
    html`
      <header>
        <nav aria-label="Pages">
          ${menuView(menu, here)}
        </nav>
        <form method="post" action="/sign-out" class="who">
          ${formToken({ formToken: token })}<span>${name}</span><button class="quiet">Sign out</button>
        </form>
      </header>
      <main>${shadow && html`<p class="bad" role="status">${SHADOW[shadow]}</p>`}${body}</main>
    `,
    extras,
  )

const SHADOW = {
  workspace: 'Shadow mode: Sidedesk reads everything and writes nothing outside.',
  mailbox: 'Shadow mode in a mailbox: nothing is written outside for its tickets.',
}

/** One word stands out: of the page on which one is, or else of the nearest above it. */
function menuView(menu: Surroundings['menu'], here: string) {
  const places = menu.flatMap(({ path, covers }) => [path, ...covers].map((place) => ({ path, place })))
  const above = places.filter(({ place }) => here === place || here.startsWith(`${place}/`))
  const nearest = above.toSorted((one, other) => other.place.length - one.place.length)[0]?.path
  const current = nearest === here ? 'page' : 'true'
  return menu.map(
    ({ path, word }) => html`<a href=${path} aria-current=${path === nearest ? current : undefined}>${word}</a>`,
  )
}

/** What a browser shows when a page could not be made. */
export const failurePage = (words: string, reference: string): string =>
  plainPage(
    'This did not work',
    html`<h1>This did not work</h1>
      ${words.split('\n').map((line) => html`<p>${line}</p>`)}
      <p><small>Reference ${reference}</small></p>`,
  )

/** A page for somebody who is not signed in, or may not go on. */
export const plainPage = (title: string, body: View, extras: Extras = {}): string =>
  whole(title, html`<main>${body}</main>`, extras)

const whole = (title: string, body: View, { scripts = [], style = '' }: Extras = {}): string =>
  document(html`
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <title>${title} · Sidedesk</title>
      <link rel="manifest" href="/manifest.webmanifest" />
      <link rel="apple-touch-icon" href="/logo.png" />
      <style>${PAGE_STYLE}${style}</style>
      ${scripts.map((path) => html`<script type="module" src=${path}></script>`)}
    </head>
    <body>${body}</body>
  `)
