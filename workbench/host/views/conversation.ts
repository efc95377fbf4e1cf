import { framedMail } from '../mail/html-mail.ts'
import { partedText } from '../mail/quotes.ts'
import type { ConversationView, FileView, MailView } from '../mail/view.ts'
import { face } from './face.ts'
import { type Html, html } from './html.ts'
import { icon } from './icons.ts'
import { longTime, size } from './words.ts'

export interface Shown {
  conversation: ConversationView
  /** Data addresses of inline pictures, by Content-ID. */
  pictures: ReadonlyMap<string, string>
  agent: string
}

/** An open conversation: the newest mail unfolded, those read before folded to one line. */
export const conversationPage = ({ conversation, pictures, agent }: Shown): Html => html`
  <article class="conversation" data-thread=${conversation.threadId} data-message=${conversation.mails.at(-1)?.id}>
    <h1 tabindex="-1">${conversation.subject}</h1>
    ${conversation.mails.map((mail, i) => oneMail(mail, { pictures, agent, open: i === conversation.mails.length - 1 }))}
  </article>`

const oneMail = (
  mail: MailView,
  { pictures, agent, open }: { pictures: Shown['pictures']; agent: string; open: boolean },
): Html => html`
  <details class="mail" open=${open} data-mail=${mail.id}>
    <summary>
      ${face(mail.from.name)}
      <span class="mail-from"><strong>${mail.from.name}</strong><span class="address">${mail.from.name === mail.from.email ? '' : mail.from.email}</span></span>
      <time datetime=${mail.at.toISOString()}>${longTime(mail.at)}</time>
      <span class="mail-to">to ${mail.to}${mail.cc && `, ${mail.cc}`}</span>
      <span class="mail-snippet">${mail.snippet}</span>
    </summary>
    <div class="mail-body">${mail.html ? frame(mail, pictures) : plain(mail)}</div>
    ${files(mail, agent, pictures)}
  </details>`

/** The frame may be measured from outside, but nothing inside it runs. */
const frame = (mail: MailView, pictures: Shown['pictures']) => html`
  <iframe class="mail-frame" title=${`Mail of ${mail.from.name}`} sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"
    srcdoc=${framedMail(mail, pictures)}></iframe>`

function plain(mail: MailView): Html {
  const { own, quoted } = partedText(mail.text)
  return html`
    <div class="mail-text">${own || '(no text)'}</div>
    ${quoted && html`<details class="quoted"><summary aria-label="Show quoted text">•••</summary><div class="mail-text">${quoted}</div></details>`}`
}

function files(mail: MailView, agent: string, pictures: Shown['pictures']) {
  const shown = mail.files.filter(
    (file) => !(pictures.has(file.contentId) && mail.html.includes(`cid:${file.contentId}`)),
  )
  if (shown.length === 0) return null
  return html`<ul class="files" aria-label="Attachments">${shown.map((file) => html`<li>${fileCard(mail, file, agent)}</li>`)}</ul>`
}

const fileCard = (mail: MailView, file: FileView, agent: string) => {
  const href = `/mail/${agent}/files/${mail.id}/${encodeURIComponent(file.attachmentId)}`
  const preview = /^image\/(png|jpeg|gif|webp)$/.test(file.type)
  return html`
    <a class="file" href=${href} target="_blank" rel="noopener">
      ${preview ? html`<img src=${href} alt="" loading="lazy" />` : html`<span class="file-kind">${kind(file)}</span>`}
      <span class="file-name">${file.name}</span><span class="file-size">${size(file.size)}</span>
    </a>`
}

const kind = ({ name, type }: FileView) =>
  (name.includes('.') ? (name.split('.').at(-1) ?? '') : (type.split('/')[1] ?? 'file')).slice(0, 4).toUpperCase()

/** What stands where a mail would be. */
export const nothingOpen = (): Html =>
  html`<div class="nothing-open">${icon('inbox')}<p>Choose a mail from the list.</p></div>`
