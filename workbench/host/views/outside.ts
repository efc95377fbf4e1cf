import type { Known } from '../customers.ts'
import { face } from './face.ts'
import { type Html, html } from './html.ts'
import { longTime } from './words.ts'

export interface ReceivedView {
  id: string
  from: string
  to: string
  replyTo: string
  subject: string
  text: string
  at: Date
  messageId: string
}

/** The ledger of what really left the shop: one mailbox for each customer. */
export const outsidePage = (known: Known[], chosen: string | undefined, mails: ReceivedView[]): Html => html`
  <div class="outside">
    <nav aria-label="Customers"><h1 class="outside-title">What customers received</h1>
      <ul>${known.map(
        ({ name, email, received }) => html`
        <li><a href=${`/outside/${encodeURIComponent(email)}`} aria-current=${email === chosen ? 'page' : undefined}>
          ${face(name || email)}<span class="who"><strong>${name || email}</strong><span>${email}</span></span>
          <span class="count">${received}</span></a></li>`,
      )}</ul></nav>
    <div class="outside-mails">
      ${!chosen && html`<p class="nothing-open">Choose a customer to see the mailbox on the other side.</p>`}
      ${chosen && mails.length === 0 && html`<p class="nothing-open">${chosen} has received nothing yet.</p>`}
      ${mails.map(receivedMail)}
    </div>
  </div>`

const receivedMail = (mail: ReceivedView) => html`
  <article class="received"><h2>${mail.subject}</h2>
    <dl><dt>From</dt><dd>${mail.from}</dd><dt>To</dt><dd>${mail.to}</dd>
      ${mail.replyTo && html`<dt>Reply-To</dt><dd>${mail.replyTo}</dd>`}
      <dt>Date</dt><dd>${longTime(mail.at)}</dd><dt>Message-ID</dt><dd><code>${mail.messageId}</code></dd></dl>
    <div class="mail-text">${mail.text}</div></article>`
