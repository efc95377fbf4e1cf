import { document, html } from '../../../platform/html.ts'

const STYLE = `
  :root { color-scheme: light dark; font: 16px/1.6 system-ui, sans-serif; }
  body { max-width: 40rem; margin: 2rem auto; padding: 0 1rem; }
  dt { font-weight: 600; margin-top: .75rem; }
  dd { margin: 0; }
`

const ANSWERS: [string, string][] = [
  [
    'Where is the ticket?',
    'Open a mail and then Sidedesk in the side panel. The card belongs to the open mail; opening another mail shows another ticket.',
  ],
  [
    'How do I answer?',
    'In Gmail, as always, from the support address. "Reply in Gmail" starts a draft that is surely recognised; "Send" on the card sends from the support address without leaving it. What you chose under "When I send" is done when the sent mail was read, a few seconds later.',
  ],
  [
    'Why does the card not change by itself?',
    'Google lets cards change only when you do something. Press Refresh, or open the mail again.',
  ],
  [
    '"Not a ticket yet"',
    'The desk has not read this mail: it is older than the desk, or was not sent to the support address. "Create ticket" makes one; if the mail arrives later it joins.',
  ],
  [
    '"Someone changed this ticket"',
    'A colleague was faster. The card shows the newest state; decide again. Notes and tags never conflict.',
  ],
  [
    'What does void mean?',
    'Spam, a duplicate, or no ticket at all. It leaves the lists and the figures and can be brought back.',
  ],
  ['Something else?', 'Ask an admin of your desk, and give them the reference that the card shows.'],
]

/** What the add-on's Help opens: the questions that agents ask in their first week. */
export const helpPage = (): string =>
  document(html`
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>Help with Sidedesk</title>
      <style>${STYLE}</style>
    </head>
    <body>
      <h1>Help with Sidedesk</h1>
      <dl>${ANSWERS.map(([question, answer]) => html`<dt>${question}</dt><dd>${answer}</dd>`)}</dl>
    </body>
  `)
