import type { PanelButton, PanelPress, PanelSection, PanelWidget } from '../../shared/panel.ts'

/** Builders of cards that the backend describes (docs/decisions/010): pure, and without a word of HTML. */

export type Choice = { value: string; label: string }

/** An instant inside any text of a card: the add-on writes it by the clock and calendar of whoever reads, `14:05` or `19 Nov, 14:05`. */
export const clockTime = (at: Date): string => `{{${at.toISOString()}}}`

/** A paragraph. */
export const plain = (text: string): PanelWidget => ({ kind: 'text', text, tone: 'plain' })

/** A smaller voice: why something is off, or what a field is for. */
export const remark = (text: string): PanelWidget => ({ kind: 'text', text, tone: 'remark' })

/** What must be seen first. */
export const warning = (text: string): PanelWidget => ({ kind: 'text', text, tone: 'warning' })

/** One labelled value, or a line that opens something. @param below a smaller line under it */
export const fact = (
  label: string,
  text: string,
  below: string | null = null,
  press: PanelPress | null = null,
): PanelWidget => ({ kind: 'fact', label, text, below, press })

/** A field of one line. @param hint the limit, or an example */
export const input = (name: string, label: string, value: string, hint = ''): PanelWidget => ({
  kind: 'input',
  name,
  label,
  value,
  hint,
  lines: false,
})

/** A field of several lines. */
export const longInput = (name: string, label: string, value: string, hint = ''): PanelWidget => ({
  kind: 'input',
  name,
  label,
  value,
  hint,
  lines: true,
})

/** A client draws at most this many choices, and the contract refuses more. */
const MOST_CHOICES = 100

/** A drop-down. Of more choices than a client draws, the first stay and the chosen one. @param press acts as soon as another is chosen */
export function pick(
  name: string,
  label: string,
  choices: readonly Choice[],
  chosen: string,
  press: PanelPress | null = null,
): PanelWidget {
  const many = choices.length > MOST_CHOICES
  const shown = many
    ? choices.filter(({ value }, at) => value === chosen || at < MOST_CHOICES - 1).slice(0, MOST_CHOICES)
    : choices
  return {
    kind: 'pick',
    name,
    label: many ? `${label} (first ${MOST_CHOICES})` : label,
    choices: shown.map((choice) => ({ ...choice, chosen: choice.value === chosen })),
    press,
  }
}

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

/** Boxes of which any number may be ticked. */
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

/** A day that the calendar has: 30 February is none. */
function isDay(value: string): boolean {
  const at = DAY.test(value) ? new Date(`${value}T00:00:00Z`) : null
  return at !== null && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(value)
}

/** A day without an hour. @param value YYYY-MM-DD; anything else is no day yet */
export const day = (name: string, label: string, value: string): PanelWidget => ({
  kind: 'date',
  name,
  label,
  value: isDay(value) ? value : null,
})

/** A row of buttons; the add-on breaks it after three. */
export const buttons = (...row: readonly PanelButton[]): PanelWidget => ({ kind: 'buttons', buttons: [...row] })

/** @param look.off why it cannot be pressed; null while it can */
export const button = (
  label: string,
  press: PanelPress,
  look: { filled?: boolean; off?: string | null } = {},
): PanelButton => ({ label, press, filled: look.filled ?? false, off: look.off ?? null })

/** A section; null when nothing is in it, or a row without a button. */
export const section = (title: string | null, ...widgets: readonly (PanelWidget | null)[]): PanelSection | null => {
  const shown = widgets.filter((widget) => widget !== null).filter(isThere)
  return shown.length === 0 ? null : { title, folded: null, widgets: shown }
}

const isThere = (widget: PanelWidget): boolean => widget.kind !== 'buttons' || widget.buttons.length > 0

/** The sections that have something to say. */
export const present = (...sections: readonly (PanelSection | null)[]): PanelSection[] =>
  sections.filter((each) => each !== null)

/** Back to a ticket's card, brought up to date. */
export const toTicket = (ticketId: string, label = 'Back to the ticket'): PanelButton =>
  button(label, { kind: 'ticket', ticketId })

const MINUTE = 60_000

/** How long something lasts, in the one unit that matters: `42 min`, `5 h`, `3 d`. @param milliseconds less than none is none */
export function howLong(milliseconds: number): string {
  const minutes = Math.max(0, Math.floor(milliseconds / MINUTE))
  if (minutes < 60) return `${minutes} min`
  return minutes < 48 * 60 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / (24 * 60))} d`
}
