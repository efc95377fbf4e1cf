import type { Correspondence, Known } from '../customers.ts'
import { type Html, html } from './html.ts'
import { icon } from './icons.ts'
import { shortTime } from './words.ts'

/** The dialog in which the user of the workbench plays a customer. */
export const customerDialog = (known: Known[], support: string): Html => html`
  <dialog id="customer-dialog" class="dialog" aria-labelledby="customer-title">
    <form method="dialog" id="customer-form">
      <header><h2 id="customer-title">Write as a customer</h2>
        <button type="button" class="plain round" data-do="close-dialog" aria-label="Close">${icon('close')}</button></header>
      <label>Customer
        <select name="customer"><option value="">Somebody new…</option>
          ${known.map(({ name, email }) => html`<option value=${email}>${name ? `${name} <${email}>` : email}</option>`)}</select></label>
      <div class="pair" data-new-customer>
        <label>Name<input name="name" autocomplete="off" placeholder="Mila Novak" /></label>
        <label>Address<input name="email" type="email" autocomplete="off" placeholder="mila@quince.example" /></label>
      </div>
      <label>Mail<select name="inReplyTo"><option value="">A new mail to ${support}</option></select></label>
      <label>Subject<input name="subject" required autocomplete="off" /></label>
      <label>Text<textarea name="text" rows="7" required></textarea></label>
      <label>Attachments<input name="files" type="file" multiple /></label>
      <p class="form-problem" role="alert" hidden></p>
      <footer><button type="button" class="plain" data-do="close-dialog">Cancel</button>
        <button type="submit" class="primary">${icon('send')}Send as this customer</button></footer>
    </form>
  </dialog>`

/** What can be answered: mail the customer received, and what he wrote before. */
export const answerChoices = (mails: Correspondence[], support: string, now: Date): Html[] => [
  html`<option value="">A new mail to ${support}</option>`,
  ...mails.map(
    (mail) => html`
      <option value=${mail.messageId} data-subject=${mail.subject}>
        ${mail.received ? `Answer to: ${mail.subject}` : `Once more about: ${mail.subject}`} (${shortTime(mail.at, now)})
      </option>`,
  ),
]
