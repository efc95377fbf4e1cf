import { nothingOpen } from './conversation.ts'
import { type Html, html } from './html.ts'
import { icon } from './icons.ts'

/** Three columns on a desktop, one at a time on a phone. */
export const mailPage = (phone: boolean, list: Html, addon: string): Html => html`
  <div class=${phone ? 'client phone' : 'client'}>
    <section class="list" aria-label="Inbox"><h2 class="list-title">Inbox</h2><div id="list" tabindex="-1">${list}</div></section>
    <section class="reading" aria-label="Mail">
      <button type="button" class="plain phone-back" data-do="back-to-list">${icon('back')}Inbox</button>
      <div id="conversation">${nothingOpen()}</div>
      <div id="answers" hidden><button type="button" class="outlined" data-do="reply">${icon('reply')}Reply</button></div>
      <div id="compose"></div>
      ${phone && html`<button type="button" class="addon-icon" data-do="sheet" aria-expanded="false" aria-controls="panel">${icon('spark')}${addon}</button>`}
    </section>
    ${panelPlace()}
  </div>`

export const panelPlace = (): Html => html`
  <aside class="panel" id="panel" aria-label="Add-on panel"><div class="panel-wait" aria-busy="true">Loading…</div></aside>`
