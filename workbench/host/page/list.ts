/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { must, place } from './place.ts'
import { toast } from './toast.ts'

const LOOK_EVERY_MS = 1000

export interface ListEvents {
  onOpen: (threadId: string) => void
  /** The open conversation has changed in the mailbox. */
  onChange: (threadId: string) => void
}

/** The inbox: a mail client looks for new mail by itself, every second while it is seen. */
export function inboxList({ onOpen, onChange }: ListEvents) {
  const list = must('#list')
  let version = ''
  let open = ''
  let looking = false
  let unreachable = false

  list.addEventListener('click', (event) => {
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-thread]') : null
    if (row?.dataset['thread']) onOpen(row.dataset['thread'])
  })
  list.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step === undefined) return
    const rows = [...list.querySelectorAll<HTMLElement>('.row')]
    const at = rows.indexOf(document.activeElement as HTMLElement)
    rows[Math.max(0, Math.min(rows.length - 1, at + step))]?.focus()
    event.preventDefault()
  })

  async function look(): Promise<void> {
    if (looking) return
    looking = true
    try {
      const response = await fetch(`/mail/${place.agent}/inbox`, {
        cache: 'no-store',
        headers: version ? { 'if-none-match': version } : {},
      })
      if (unreachable) toast('The workbench is back.')
      unreachable = false
      if (!response.ok) return
      version = response.headers.get('etag') ?? ''
      draw(await response.text())
    } catch {
      if (!unreachable) toast('The workbench does not answer. Was it stopped?')
      unreachable = true
    } finally {
      looking = false
    }
  }

  function draw(html: string): void {
    const focused = document.activeElement?.getAttribute('data-thread')
    const before = row(open)?.dataset['history']
    list.innerHTML = html
    mark()
    if (focused && document.activeElement === document.body) row(focused)?.focus({ preventScroll: true })
    if (open && row(open)?.dataset['history'] !== before) onChange(open)
  }

  function mark(): void {
    for (const each of list.querySelectorAll('[aria-current]')) each.removeAttribute('aria-current')
    row(open)?.setAttribute('aria-current', 'true')
    row(open)?.classList.remove('unread')
  }

  const row = (threadId: string) =>
    threadId ? list.querySelector<HTMLElement>(`[data-thread="${CSS.escape(threadId)}"]`) : null

  setInterval(() => {
    if (document.visibilityState === 'visible') void look()
  }, LOOK_EVERY_MS)

  return {
    look: () => void look(),
    select(threadId: string) {
      open = threadId
      mark()
    },
    focus: (threadId: string) => row(threadId)?.focus(),
  }
}
