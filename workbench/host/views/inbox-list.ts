import type { Inbox, Row } from '../mail/inbox.ts'
import { face } from './face.ts'
import { type Html, html } from './html.ts'
import { icon } from './icons.ts'
import { shortTime } from './words.ts'

export const inboxList = ({ rows }: Inbox, now: Date): Html =>
  rows.length === 0
    ? html`<p class="nothing">${icon('inbox')}No mail here yet. Write one as a customer.</p>`
    : html`<ul class="rows" aria-label="Conversations">${rows.map((row) => line(row, now))}</ul>`

const line = (row: Row, now: Date) => html`
  <li>
    <button type="button" class=${row.unread ? 'row unread' : 'row'} data-thread=${row.threadId} data-history=${row.historyId}>
      ${face(row.people.find((name) => name !== 'me') ?? 'me')}
      <span class="row-top">
        <span class="people">${row.unread && html`<span class="only-heard">Unread. </span>`}${people(row)}${row.count > 1 && html`<span class="count">${row.count}</span>`}</span>
        <time datetime=${row.at.toISOString()}>${shortTime(row.at, now)}</time>
      </span>
      <span class="row-subject">${row.subject}</span>
      <span class="row-snippet">${row.snippet}${row.hasFiles && html`<span class="clip" title="Has attachments">${icon('clip')}<span class="only-heard">Has attachments</span></span>`}</span>
    </button>
  </li>`

const people = ({ people: names }: Row) => names.map((name, i) => (i > 0 ? `, ${name}` : name)).join('')
