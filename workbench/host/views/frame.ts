import { type Html, html } from './html.ts'
import { type IconName, icon, mark } from './icons.ts'

export interface Frame {
  title: string
  shop: string
  agents: { handle: string; name: string; role: string }[]
  /** Who looks; undefined on pages that belong to nobody. */
  agent?: string
  place: 'mail' | 'sheets' | 'outside'
  phone: boolean
  api: string
  ledger: string
}

/** The page around everything: the bar on top, then what the place shows. */
export const framePage = (frame: Frame, content: Html | Html[]): Html => html`
  <html lang="en" data-width=${frame.phone ? 'phone' : 'desktop'}>
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>${frame.title}</title>
      <link rel="icon" href="/assets/icon.svg" />
      <link rel="stylesheet" href="/assets/app.css" />
      <script type="module" src="/assets/app.js"></script>
    </head>
    <body data-place=${frame.place} data-agent=${frame.agent} data-phone=${frame.phone ? 'yes' : 'no'}>
      <a class="skip" href="#main">Skip to the mail</a>
      ${topBar(frame)}
      <main id="main" tabindex="-1">${content}</main>
      <div id="toast" role="status" aria-live="polite"></div>
    </body>
  </html>`

const topBar = (frame: Frame) => html`
  <header class="bar">
    <a class="brand" href=${mailOf(frame)}>${mark()}<span>${frame.shop} Mail</span></a>
    <span class="label" title="Drawn by Sidedesk's workbench. Not Google's own interface.">Emulation</span>
    <nav class="bar-nav" aria-label="Places">
      ${place(frame, 'mail', mailOf(frame), 'inbox', 'Inbox')}
      ${place(frame, 'sheets', `/sheets/${frame.agent ?? frame.agents[0]?.handle}`, 'sheet', 'Sheets')}
      ${place(frame, 'outside', '/outside', 'outbox', 'What customers received')}
      <a href=${frame.ledger} target="_blank" rel="noopener" title="The shop's back room">${icon('shop')}<span class="wide-only">Shop</span></a>
    </nav>
    <span class="grow"></span>
    ${frame.place === 'mail' && html`<button type="button" class="primary" data-do="write">${icon('pen')}<span class="wide-only">Write as a customer</span></button>`}
    <div class="tools" role="group" aria-label="View">
      ${frame.place === 'mail' && tool('width', frame.phone ? 'desk' : 'phone', frame.phone ? 'Desktop width' : 'Phone width')}
      ${frame.place !== 'outside' && tool('reset-panel', 'redo', 'Start the panel anew')}
      ${tool('theme', 'moon', 'Light or dark')}
      <a class="plain round" href=${frame.api} target="_blank" rel="noopener" aria-label="API documents" title="API documents">${icon('book')}</a>
    </div>
    ${frame.agent && agentChoice(frame)}
  </header>`

const place = (frame: Frame, name: Frame['place'], href: string, picture: IconName, text: string) => html`
  <a href=${href} aria-current=${frame.place === name ? 'page' : undefined} title=${text}>${icon(picture)}<span class="wide-only">${text}</span></a>`

const tool = (act: string, picture: IconName, label: string) => html`
  <button type="button" class="plain round" data-do=${act} aria-label=${label} title=${label}>${icon(picture)}</button>`

const agentChoice = ({ agents, agent }: Frame) => html`
  <label class="agent"><span class="only-heard">Signed in as</span>
    <select id="agent">${agents.map(({ handle, name, role }) => html`<option value=${handle} selected=${handle === agent}>${name} (${role})</option>`)}</select>
  </label>`

const mailOf = ({ agent, agents }: Frame) => `/mail/${agent ?? agents[0]?.handle ?? ''}`
