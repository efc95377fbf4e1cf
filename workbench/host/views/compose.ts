import type { Outgoing } from '../mail/outgoing.ts'
import { type Html, html } from './html.ts'
import { icon } from './icons.ts'

/** Gmail's compose box as we draw it; what an add-on's draft carries is visible and kept. */
export const composeBox = (mail: Outgoing, from: string): Html => html`
  <form class="compose" aria-label="Answer" data-thread=${mail.threadId} data-answers=${mail.answers} data-draft=${mail.draftId}>
    <div class="compose-line"><span>From</span><output>${from}</output></div>
    ${line('to', 'To', mail.to, true)}
    ${mail.cc && line('cc', 'Cc', mail.cc)}
    ${mail.bcc && line('bcc', 'Bcc', mail.bcc)}
    ${mail.replyTo && line('replyTo', 'Reply to', mail.replyTo)}
    ${line('subject', 'Subject', mail.subject)}
    <textarea name="text" aria-label="Text" rows="8" spellcheck="false">${mail.text}</textarea>
    <div class="compose-bar">
      <button type="submit" class="primary">${icon('send')}Send</button>
      <button type="button" class="plain" data-do="compose-addon" aria-haspopup="dialog">${icon('spark')}<span data-addon-name>Add-on</span></button>
      <span class="grow"></span>
      <button type="button" class="plain round" data-do="discard" aria-label="Discard this answer" title="Discard">${icon('bin')}</button>
    </div>
    <div class="compose-panel" hidden aria-label="Add-on in the compose window" role="dialog"></div>
  </form>`

const line = (name: string, label: string, value: string, required = false) => html`
  <label class="compose-line"><span>${label}</span><input name=${name} value=${value} required=${required} autocomplete="off" /></label>`
