/// <reference lib="dom" />
import { startPanel } from '../panel/browser/panel-client.ts'
import type { PanelAnswer } from '../panel/panel.ts'
import { post } from './http.ts'
import { must, place, tab } from './place.ts'
import { inSight } from './toast.ts'

export interface OpenMail {
  messageId: string
  threadId: string
}

export const panelKey = (part = '') =>
  [tab(), place.kind, place.agent, place.phone ? 'phone' : 'desktop', part].filter(Boolean).join('.')

type Beside = {
  onDraft?: (draft: { draftId: string; threadId: string }) => void
  /** Hears of every answer to a press. */
  onAnswer?: () => void
  /** The spreadsheet that is open. */
  spreadsheet?: string
}

/** The add-on's panel beside the mail: it changes when the user does something and at no other time. */
export function panelBeside({ onDraft, onAnswer, spreadsheet }: Beside) {
  const root = must('#panel')
  const key = panelKey(spreadsheet)
  let shown: OpenMail | null = null
  let turn = 0
  startPanel({
    root,
    endpoint: `/panels/${key}`,
    onAnswer: (answer) => {
      turn++
      if (answer.draft) onDraft?.(answer.draft)
      onAnswer?.()
    },
  })

  async function open(message: OpenMail | null, anew = false): Promise<void> {
    shown = message
    const mine = ++turn
    root.toggleAttribute('data-busy', true)
    try {
      const hostApp = place.kind === 'sheets' ? 'SHEETS' : 'GMAIL'
      const asked = { agent: place.agent, hostApp, phone: place.phone, spreadsheet, message, anew }
      const answer = await post<PanelAnswer>(`/panels/${key}/opening`, asked)
      if (mine === turn) root.innerHTML = answer.html
    } finally {
      if (mine === turn) root.removeAttribute('data-busy')
    }
  }

  return {
    open: (message: OpenMail | null) => inSight(open(message)),
    anew: () => inSight(open(shown, true)),
  }
}
