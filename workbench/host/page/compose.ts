/// <reference lib="dom" />
import { toggleComposeAddon } from './compose-addon.ts'
import { fragmentOf, post } from './http.ts'
import { must, place } from './place.ts'
import { inSight, toast } from './toast.ts'

/** The compose box below the mail. One that was begun waits while another conversation is read. */
export function composing(onSent: () => void) {
  const place_ = must('#compose')
  const begun = new Map<string, HTMLFormElement>()
  let thread = ''

  place_.addEventListener('submit', (event) => {
    event.preventDefault()
    if (event.target instanceof HTMLFormElement) inSight(send(event.target))
  })
  place_.addEventListener('click', (event) => {
    const act =
      event.target instanceof Element ? event.target.closest<HTMLElement>('[data-do]')?.dataset['do'] : undefined
    const form = place_.querySelector('form')
    if (form && act === 'discard') inSight(discard(form))
    if (form && act === 'compose-addon') inSight(toggleComposeAddon(form))
  })

  async function open(path: string): Promise<void> {
    place_.innerHTML = await fragmentOf(path)
    const form = must<HTMLFormElement>('form', place_)
    begun.set(thread, form)
    showAddonName(form)
    const text = must<HTMLTextAreaElement>('textarea', form)
    form.scrollIntoView({ block: 'end' })
    text.focus({ preventScroll: true })
    text.setSelectionRange(0, 0)
  }

  async function send(form: HTMLFormElement): Promise<void> {
    const { thread: threadId, answers, draft: draftId } = form.dataset
    const fields = Object.fromEntries([...new FormData(form)].filter(([, value]) => typeof value === 'string'))
    const button = must<HTMLButtonElement>('[type=submit]', form)
    button.disabled = true
    try {
      await post(`/mail/${place.agent}/sent`, { ...fields, threadId, answers, draftId })
    } finally {
      button.disabled = false
    }
    close(form)
    toast('Sent')
    onSent()
  }

  async function discard(form: HTMLFormElement): Promise<void> {
    const { draft } = form.dataset
    close(form)
    if (draft) await fetch(`/mail/${place.agent}/drafts/${encodeURIComponent(draft)}`, { method: 'DELETE' })
  }

  function close(form: HTMLFormElement): void {
    for (const [id, other] of begun) if (other === form) begun.delete(id)
    form.remove()
  }

  return {
    /** Another conversation is shown. */
    enter(threadId: string) {
      thread = threadId
      const waiting = begun.get(threadId)
      place_.replaceChildren(...(waiting ? [waiting] : []))
    },
    reply: () => inSight(open(`/mail/${place.agent}/threads/${thread}/answer`)),
    draft: (draftId: string) => inSight(open(`/mail/${place.agent}/drafts/${encodeURIComponent(draftId)}`)),
  }
}

const showAddonName = (form: HTMLFormElement) => {
  must('[data-addon-name]', form).textContent = document.querySelector('.sd-name')?.textContent ?? 'Add-on'
}
