/// <reference lib="dom" />
import type { DraftMarkup } from '../../apps-script/card-service/response-json.ts'
import { startPanel } from '../panel/browser/panel-client.ts'
import type { PanelAnswer } from '../panel/panel.ts'
import { post } from './http.ts'
import { panelKey } from './panel.ts'
import { must, place } from './place.ts'

/** The add-on inside a compose window: it has a panel of its own and may insert text and recipients. */
export async function toggleComposeAddon(form: HTMLFormElement): Promise<void> {
  const root = must('.compose-panel', form)
  root.hidden = !root.hidden
  if (root.hidden) return
  const endpoint = `/panels/${panelKey('compose')}`
  const recipients = { to: addresses(form, 'to'), cc: addresses(form, 'cc'), bcc: addresses(form, 'bcc') }
  const answer = await post<PanelAnswer>(`${endpoint}/composing`, { agent: place.agent, ...recipients })
  root.innerHTML = answer.html
  if (root.dataset['live']) return
  root.dataset['live'] = 'yes'
  startPanel({ root, endpoint, onAnswer: ({ draftUpdate }) => draftUpdate && apply(form, root, draftUpdate) })
}

function apply(form: HTMLFormElement, root: HTMLElement, update: DraftMarkup): void {
  const text = must<HTMLTextAreaElement>('textarea[name=text]', form)
  for (const { content, contentType } of update.updateBody?.insertContents ?? [])
    insert(text, contentType === 'TEXT' ? content : textOf(content))
  if (update.updateSubject) field(form, 'subject').value = update.updateSubject.subject
  add(form, 'to', update.updateToRecipients?.toRecipients)
  add(form, 'cc', update.updateCcRecipients?.ccRecipients)
  add(form, 'bcc', update.updateBccRecipients?.bccRecipients)
  root.hidden = true
  text.focus()
}

/** At the cursor, as Gmail does. */
function insert(text: HTMLTextAreaElement, content: string): void {
  text.setRangeText(content, text.selectionStart, text.selectionEnd, 'end')
}

const textOf = (html: string) => {
  const parsed = new DOMParser().parseFromString(html.replace(/<br\s*\/?>|<\/(p|div)>/gi, '$&\n'), 'text/html')
  return parsed.body.textContent ?? ''
}

function add(form: HTMLFormElement, name: string, recipients: { email: string }[] = []): void {
  if (recipients.length === 0) return
  const input = field(form, name)
  input.value = [input.value, ...recipients.map(({ email }) => email)].filter(Boolean).join(', ')
}

function field(form: HTMLFormElement, name: string): HTMLInputElement {
  const found = form.querySelector<HTMLInputElement>(`input[name=${name}]`)
  if (found) return found
  const label = document.createElement('label')
  label.className = 'compose-line'
  label.innerHTML = `<span>${name === 'cc' ? 'Cc' : 'Bcc'}</span><input name="${name}">`
  must('textarea', form).before(label)
  return must<HTMLInputElement>('input', label)
}

const addresses = (form: HTMLFormElement, name: string) =>
  (form.querySelector<HTMLInputElement>(`input[name=${name}]`)?.value ?? '')
    .split(',')
    .flatMap((one) => /[^\s<>"]+@[^\s<>"]+/.exec(one)?.[0] ?? [])
