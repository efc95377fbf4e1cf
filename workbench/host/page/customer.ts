/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { fragmentOf, post } from './http.ts'
import { must } from './place.ts'
import { inSight, toast } from './toast.ts'

/** The dialog that plays a customer, made anew each time it is opened. */
export async function writeAsCustomer(onDelivered: () => void): Promise<void> {
  document.querySelector('#customer-dialog')?.remove()
  document.body.insertAdjacentHTML('beforeend', await fragmentOf('/customers/form'))
  const dialog = must<HTMLDialogElement>('#customer-dialog')
  const form = must<HTMLFormElement>('#customer-form')
  const done = () => {
    dialog.close()
    onDelivered()
  }
  field(form, 'customer').addEventListener('change', () => inSight(choose(form)))
  field(form, 'inReplyTo').addEventListener('change', () => takeSubject(form))
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    inSight(send(form).then((sent) => sent && done()))
  })
  dialog.addEventListener('click', (event) => {
    if (event.target instanceof Element && event.target.closest('[data-do=close-dialog]')) dialog.close()
  })
  dialog.showModal()
}

async function choose(form: HTMLFormElement): Promise<void> {
  const email = field(form, 'customer').value
  must('[data-new-customer]', form).hidden = email !== ''
  const choices = email ? await fragmentOf(`/customers/${encodeURIComponent(email)}/choices`) : undefined
  if (choices) field(form, 'inReplyTo').innerHTML = choices
  else field(form, 'inReplyTo').replaceChildren(must('option', field(form, 'inReplyTo')))
  takeSubject(form)
}

function takeSubject(form: HTMLFormElement): void {
  const chosen = (field(form, 'inReplyTo') as HTMLSelectElement).selectedOptions[0]?.dataset['subject']
  if (chosen) field(form, 'subject').value = /^re:/i.test(chosen) ? chosen : `Re: ${chosen}`
}

async function send(form: HTMLFormElement): Promise<boolean> {
  const problem = must('.form-problem', form)
  problem.hidden = true
  const known = field(form, 'customer') as HTMLSelectElement
  const name = known.value
    ? (known.selectedOptions[0]?.textContent ?? '').replace(/<[^>]*>/, '').trim()
    : field(form, 'name').value
  const body = {
    email: (known.value || field(form, 'email').value).trim(),
    name: name === known.value ? '' : name,
    inReplyTo: field(form, 'inReplyTo').value,
    subject: field(form, 'subject').value,
    text: field(form, 'text').value,
    files: await Promise.all([...((field(form, 'files') as HTMLInputElement).files ?? [])].map(fileOf)),
  }
  try {
    await post('/customers/mails', body)
  } catch (error) {
    problem.textContent = error instanceof Error ? error.message : String(error)
    problem.hidden = false
    return false
  }
  toast('Delivered')
  return true
}

async function fileOf(file: File): Promise<{ name: string; type: string; content: string }> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  let text = ''
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192))
  return { name: file.name, type: file.type, content: btoa(text) }
}

const field = (form: HTMLFormElement, name: string) =>
  must<HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement>(`[name=${name}]`, form)
