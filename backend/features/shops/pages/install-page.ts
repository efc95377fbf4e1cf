import { document, html } from '../../../platform/html.ts'

const STYLE = `
  :root { color-scheme: light dark; font: 16px/1.6 system-ui, sans-serif; }
  body { max-width: 36rem; margin: 3rem auto; padding: 0 1rem; }
`

/** One heading and what to know: how an installation went. */
export const installPage = (heading: string, lines: readonly string[]): string =>
  document(html`
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>${heading}</title>
      <style>${STYLE}</style>
    </head>
    <body>
      <h1>${heading}</h1>
      ${lines.map((line) => html`<p>${line}</p>`)}
    </body>
  `)
