import type { PanelSection, PanelWidget } from '../../../../shared/panel.ts'
import type { Typed } from '../pressing/typed.ts'
import type { Clock } from './clock.ts'

/** Where a card is drawn. */
export type Scene = {
  clock: Clock
  /** What was typed before; it stands where the card would put its own value. */
  typed: Typed
  /** The ticket that the card is of, or lies on; null elsewhere. */
  ticketId: string | null
  /** Whether a press leads away from texts that may be typed: then even a look goes through the form, which takes them along. */
  holdsTexts: boolean
  /** Whether a call sends the fields of its own section only: on a ticket, where other texts may be long. */
  apart: boolean
}

/** One section of it: its fields, and the drop-downs among them that act. */
export type InSection = Scene & { own: string[]; acting: string[] }

/** The fields that a call sends; null for all of the card. */
export const sentBy = ({ apart, own }: InSection): string[] | null => (apart ? own : null)

export const inSection = (scene: Scene, { widgets }: PanelSection): InSection => ({
  ...scene,
  own: widgets.flatMap((widget) => ('name' in widget ? [widget.name] : [])),
  acting: widgets.flatMap((widget) => (isActing(widget) ? [widget.name] : [])),
})

type Pick = Extract<PanelWidget, { kind: 'pick' }>

const isActing = (widget: PanelWidget): widget is Pick => widget.kind === 'pick' && widget.press !== null
