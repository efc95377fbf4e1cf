import { document, html } from '../../../platform/html.ts'
import type { View, Visit } from './page.ts'
import { PAGE_STYLE } from './page-style.ts'

/** The hidden field that proves that a form was made by us for this person. */
export const formToken = ({ formToken: value }: Pick<Visit, 'formToken'>) =>
  html`<input type="hidden" name="form" value=${value} />`

type Surroundings = { name: string; formToken: string; menu: readonly { path: string; word: string }[]; here: string }

/** A whole page: who is signed in, where else they may go, and what the feature shows. */
export const framed = (title: string, body: View, { name, formToken: token, menu, here }: Surroundings): string =>
  whole(
    title,
    html`
      <header>
        <nav aria-label="Pages">
          ${menu.map(({ path, word }) => html`<a href=${path} aria-current=${current(path, here)}>${word}</a>`)}
        </nav>
        <form method="post" action="/sign-out" class="who">
          ${formToken({ formToken: token })}<span>${name}</span><button class="quiet">Sign out</button>
        </form>
      </header>
      <main>${body}</main>
    `,
  )

const current = (path: string, here: string) => {
  if (path === here) return 'page'
  return here.startsWith(`${path}/`) ? 'true' : undefined
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
export const plainPage = (title: string, body: View): string => whole(title, html`<main>${body}</main>`)

const whole = (title: string, body: View): string =>
  document(html`
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <title>${title} · Sidedesk</title>
      <style>${PAGE_STYLE}</style>
    </head>
    <body>${body}</body>
  `)
