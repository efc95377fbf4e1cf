import type { Endpoint } from '../../shared/endpoint.ts'
import { document, html } from './html.ts'

const STYLE = `
  :root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; --line: color-mix(in srgb, currentColor 15%, transparent); }
  body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
  code { font: 13px ui-monospace, monospace; overflow-wrap: anywhere; }
  article { border-top: 1px solid var(--line); padding: .75rem 0; }
  article p { margin: .25rem 0; }
  .method { display: inline-block; min-width: 4.5em; font-weight: 700; }
  .callers { opacity: .7; font-size: 13px; }
`

/** The API for reading: every endpoint by its feature, with who may call it. */
export function openApiPage(endpoints: readonly Endpoint[]): string {
  const groups = Map.groupBy(endpoints, ({ tags }) => tags[0] ?? 'service')
  return document(html`
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>Sidedesk API</title>
      <style>${STYLE}</style>
    </head>
    <body>
      <h1>Sidedesk API</h1>
      <p>
        Send <code>Authorization: Bearer</code> with an API key or a Google identity token. Every write also takes an
        <code>Idempotency-Key</code>, new for each intended write and kept for 48 hours. Schemas: <a href="/openapi.json">/openapi.json</a>.
      </p>
      ${[...groups].map(([name, members]) => html`<section><h2>${name}</h2>${members.map(article)}</section>`)}
    </body>
  `)
}

const article = (endpoint: Endpoint) => html`
  <article>
    <p><code><span class="method">${endpoint.method}</span>${endpoint.path}</code></p>
    <p>${endpoint.summary}</p>
    <p class="callers">${endpoint.callers.join(', ')}</p>
  </article>
`
