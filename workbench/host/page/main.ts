/// <reference lib="dom" />
import { composing } from './compose.ts'
import { writeAsCustomer } from './customer.ts'
import { inboxList } from './list.ts'
import { panelBeside } from './panel.ts'
import { must, place } from './place.ts'
import { reading } from './reading.ts'
import { startSheets } from './sheets.ts'
import { recallTheme, toggleTheme } from './theme.ts'
import { inSight } from './toast.ts'

const NARROW = '(max-width: 700px)'
const acts: Record<string, (button: HTMLElement) => void> = { theme: toggleTheme, width: changeWidth }

recallTheme()
if (place.kind === 'mail') startMail()
if (place.kind === 'sheets') acts['reset-panel'] = startSheets().anew
document.addEventListener('click', (event) => {
  const button = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-do]') : null
  const act = button?.dataset['do']
  if (button && act) acts[act]?.(button)
})
document.addEventListener('error', leaveOut, true)
document.querySelector<HTMLSelectElement>('#agent')?.addEventListener('change', ({ target }) => {
  location.assign(`/${place.kind}/${(target as HTMLSelectElement).value}${location.search}`)
})

function startMail(): void {
  if (!place.phone && matchMedia(NARROW).matches) {
    location.replace('?width=phone')
    return
  }
  const client = must('.client')
  const show = (view: 'list' | 'mail' | 'panel') => {
    client.dataset['view'] = view
    document.querySelector('[data-do=sheet]')?.setAttribute('aria-expanded', String(view === 'panel'))
  }
  const read = reading()
  const list = inboxList({ onOpen: open, onChange: () => inSight(read.refresh()) })
  const compose = composing(list.look)
  const panel = panelBeside({
    onDraft: ({ draftId }) => {
      compose.draft(draftId)
      show('mail')
    },
  })
  let opened = ''

  function open(threadId: string): void {
    opened = threadId
    list.select(threadId)
    compose.enter(threadId)
    show('mail')
    inSight(read.open(threadId).then((mail) => mail && panel.open(mail)))
  }

  Object.assign(acts, {
    reply: compose.reply,
    write: () => inSight(writeAsCustomer(list.look)),
    'reset-panel': panel.anew,
    sheet: () => show(client.dataset['view'] === 'panel' ? 'mail' : 'panel'),
    'back-to-list': () => {
      show('list')
      list.focus(opened)
    },
  })
  show('list')
  panel.anew()
  list.look()
}

/** A picture that Google would fetch from the internet may be out of reach here. */
function leaveOut({ target }: Event): void {
  if (target instanceof HTMLImageElement && target.closest('.sd-panel')) target.hidden = true
}

/** A phone has another Gmail and another add-on platform, so the page starts again. */
function changeWidth(): void {
  location.assign(place.phone ? location.pathname : `${location.pathname}?width=phone`)
}
