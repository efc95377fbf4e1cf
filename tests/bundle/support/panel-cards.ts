import type { PanelButton, PanelCard, PanelPress, PanelWidget } from '../../../shared/panel.ts'
import { TICKET_ID, uuid } from './views.ts'

export const DRAFT = uuid(800)
const PAGES = `/v1/tickets/${TICKET_ID}/action-drafts/${DRAFT}` as const

export const turnTo = (page: string, other: Partial<Extract<PanelPress, { kind: 'call' }>> = {}): PanelPress => ({
  kind: 'call',
  method: 'PUT',
  path: `${PAGES}/pages/${page}`,
  key: 'key-of-page-1',
  lay: 'update',
  ...other,
})

export const CONFIRM: PanelPress = {
  kind: 'call',
  method: 'POST',
  path: `${PAGES}/confirmation`,
  key: 'key-of-confirm',
  lay: 'update',
}

export const pressed = (label: string, press: PanelPress, other: Partial<PanelButton> = {}): PanelButton => ({
  label,
  press,
  filled: false,
  off: null,
  ...other,
})

export const inputOf = (name: string, value: string, lines = false): PanelWidget => ({
  kind: 'input',
  name,
  label: `What is ${name}?`,
  value,
  hint: 'At most £12.00',
  lines,
})

/** A card of one section, as the backend describes it. */
export const panelOf = (widgets: PanelWidget[], other: Partial<PanelCard> = {}): PanelCard => ({
  title: 'Make it right',
  subtitle: 'HH-1042',
  sections: [{ title: 'What to do', folded: null, widgets }],
  say: null,
  ...other,
})

/** A section of one line. */
export const section = (words: string): PanelCard['sections'][number] => ({
  title: null,
  folded: null,
  widgets: [{ kind: 'text', text: words, tone: 'plain' }],
})
