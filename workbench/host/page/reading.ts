/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { fragmentOf } from './http.ts'
import type { OpenMail } from './panel.ts'
import { must, place } from './place.ts'

/** The open conversation. */
export function reading() {
  const place_ = must('#conversation')
  let shown = ''
  let turn = 0

  place_.addEventListener('toggle', () => fitFrames(place_), true)
  window.addEventListener('resize', () => fitFrames(place_))

  async function load(threadId: string): Promise<HTMLElement | undefined> {
    const mine = ++turn
    const made = document.createElement('div')
    made.innerHTML = await fragmentOf(`/mail/${place.agent}/threads/${threadId}`)
    return mine === turn ? must('.conversation', made) : undefined
  }

  function draw(conversation: HTMLElement): void {
    place_.replaceChildren(conversation)
    for (const frame of place_.querySelectorAll('iframe')) frame.addEventListener('load', () => measure(frame))
    must('#answers').hidden = false
  }

  return {
    /** Answers the mail that the panel is about: the newest one. */
    async open(threadId: string): Promise<OpenMail | undefined> {
      shown = threadId
      const conversation = await load(threadId)
      if (!conversation) return undefined
      draw(conversation)
      must('.reading').scrollTop = 0
      must('h1', conversation).focus({ preventScroll: true })
      const messageId = conversation.dataset['message']
      return messageId ? { messageId, threadId } : undefined
    },
    /** New mail in the open conversation is shown; a change of labels alone is not. */
    async refresh(): Promise<void> {
      const conversation = shown && (await load(shown))
      const before = place_.querySelectorAll('.mail').length
      if (conversation && conversation.querySelectorAll('.mail').length !== before) draw(conversation)
    },
  }
}

const fitFrames = (root: ParentNode) => {
  for (const frame of root.querySelectorAll('iframe')) measure(frame)
}

function measure(frame: HTMLIFrameElement): void {
  const content = frame.contentDocument?.documentElement
  if (content && content.scrollHeight > 0) frame.style.height = `${content.scrollHeight}px`
}
