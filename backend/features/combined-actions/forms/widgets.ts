import type { PanelButton, PanelPress, PanelSection, PanelWidget } from '../../../../shared/panel.ts'

export type Choice = { value: string; label: string }

export const plain = (text: string): PanelWidget => ({ kind: 'text', text, tone: 'plain' })
export const remark = (text: string): PanelWidget => ({ kind: 'text', text, tone: 'remark' })
export const warning = (text: string): PanelWidget => ({ kind: 'text', text, tone: 'warning' })

export const fact = (
  label: string,
  text: string,
  below: string | null = null,
  press: PanelPress | null = null,
): PanelWidget => ({ kind: 'fact', label, text, below, press })

export const input = (name: string, label: string, value: string, hint = ''): PanelWidget => ({
  kind: 'input',
  name,
  label,
  value,
  hint,
  lines: false,
})

export const longInput = (name: string, label: string, value: string, hint = ''): PanelWidget => ({
  kind: 'input',
  name,
  label,
  value,
  hint,
  lines: true,
})

export const pick = (name: string, label: string, choices: readonly Choice[], chosen: string): PanelWidget => ({
  kind: 'pick',
  name,
  label,
  choices: choices.map((choice) => ({ ...choice, chosen: choice.value === chosen })),
  press: null,
})

/** A client does not tell «none ticked» from «not touched», so a question of yes and no is a drop-down. */
export const yesNo = (name: string, label: string, value: string): PanelWidget =>
  pick(
    name,
    label,
    [
      { value: 'no', label: 'No' },
      { value: 'yes', label: 'Yes' },
    ],
    value,
  )

export const boxes = (
  name: string,
  label: string,
  choices: readonly Choice[],
  chosen: readonly string[],
): PanelWidget => ({
  kind: 'check',
  name,
  label,
  choices: choices.map((choice) => ({ ...choice, chosen: chosen.includes(choice.value) })),
})

const DAY = /^\d{4}-\d{2}-\d{2}$/

export const day = (name: string, label: string, value: string): PanelWidget => ({
  kind: 'date',
  name,
  label,
  value: DAY.test(value) ? value : null,
})

export const buttons = (...row: readonly PanelButton[]): PanelWidget => ({ kind: 'buttons', buttons: [...row] })

export const button = (
  label: string,
  press: PanelPress,
  look: { filled?: boolean; off?: string | null } = {},
): PanelButton => ({ label, press, filled: look.filled ?? false, off: look.off ?? null })

/** A section; null when nothing is in it. */
export const section = (title: string | null, ...widgets: readonly (PanelWidget | null)[]): PanelSection | null => {
  const shown = widgets.filter((widget) => widget !== null)
  return shown.length === 0 ? null : { title, folded: null, widgets: shown }
}

export const present = (...sections: readonly (PanelSection | null)[]): PanelSection[] =>
  sections.filter((each) => each !== null)

export const toTicket = (ticketId: string, label = 'Back to the ticket'): PanelButton =>
  button(label, { kind: 'ticket', ticketId })
