import type { PanelButton, PanelCard, PanelPress, PanelSection, PanelWidget } from '../../../shared/panel.ts'
import type { DraftPlace, Reader } from '../../event.ts'
import { type Button, button, buttons, draftButton, linkButton } from '../../kit/button.ts'
import { type Card, card, foldedSection, type Widget } from '../../kit/card.ts'
import { check, datePick, input, pick } from '../../kit/fields.ts'
import { instant } from '../../kit/instant.ts'
import { entry, linkEntry, paragraph, remark, said, warning } from '../../kit/text.ts'
import { joined } from '../../kit/words.ts'
import { actionOf, type PressScene } from './presses.ts'

/** A panel is about 300 px wide. */
const MOST_IN_A_ROW = 3

const TONES = { plain: paragraph, remark, warning }

/** Who looks, how a draft is opened, and what lies below: see below.ts. */
export type CardScene = { reader: Reader; drafts: DraftPlace; over: string }

/** The card of a ticket that sections stand on, with what was typed into it before. */
type OnTicket = Pick<CardScene, 'reader' | 'drafts'> & { ticketId: string; typed: Record<string, string> }

type Scene = PressScene & { drafts: DraftPlace }

/** Draws a card that the backend described. */
export function panelCard(described: PanelCard, { reader, drafts, over }: CardScene): Card {
  const { title, subtitle, sections } = timed(described, reader)
  const filled = filledIn(sections)
  return card(
    { title, subtitle: subtitle || '' },
    sections.map((each) => sectionOf(each, { ticketId: '', own: '*', filled, over, drafts })),
  )
}

/** Sections that the backend describes for the card of a ticket. A press sends the fields of its own section: other texts may be long. */
export const ticketSections = (sections: readonly PanelSection[], { ticketId, reader, drafts, typed }: OnTicket) =>
  timed(sections, reader).map(({ widgets, ...rest }) => {
    const each = { ...rest, widgets: widgets.map((widget) => retyped(widget, typed)) }
    const own = joined(widgets.map(nameOf), ' ')
    return sectionOf(each, { ticketId, own, filled: filledIn([each]), over: '', drafts })
  })

/** An instant in a text is written by the clock and calendar of whoever reads. */
const timed = <T>(described: T, reader: Reader): T =>
  JSON.parse(
    JSON.stringify(described).replace(/\{\{(\d[\d:.TZ-]+)\}\}/g, (_all, iso: string) => instant(iso, reader)),
  ) as T

const retyped = (widget: PanelWidget, typed: Record<string, string>): PanelWidget =>
  widget.kind === 'input' ? { ...widget, value: typed[widget.name] ?? widget.value } : widget

const sectionOf = ({ title, folded, widgets }: PanelSection, scene: Scene) =>
  foldedSection(title, folded, ...widgets.map((widget) => widgetsOf(widget, scene)))

const nameOf = (widget: PanelWidget): string => ('name' in widget ? widget.name : '')

const filledIn = (sections: readonly PanelSection[]): string =>
  joined(
    sections.flatMap(({ widgets }) => widgets.map((widget) => ('value' in widget && widget.value ? widget.name : ''))),
    ' ',
  )

function widgetsOf(widget: PanelWidget, scene: Scene): Widget | Widget[] {
  switch (widget.kind) {
    case 'text':
      return TONES[widget.tone](widget.text)
    case 'fact':
      return factOf(widget, scene)
    case 'input':
      return input(widget.name, widget.label, widget)
    case 'pick':
      return pick(widget, pressOf(widget.press, scene))
    case 'check':
      return check(widget)
    case 'date':
      return datePick(widget)
    case 'buttons': {
      const row = widget.buttons.map((each) => buttonOf(each, scene))
      return [...buttons(...row.slice(0, MOST_IN_A_ROW)), ...buttons(...row.slice(MOST_IN_A_ROW))]
    }
  }
}

/** A drop-down acts by itself, so what opens a window or a draft is none of its presses. */
const pressOf = (press: PanelPress | null, scene: Scene) =>
  press === null || press.kind === 'link' || press.kind === 'draft' ? undefined : actionOf(press, scene)

type Fact = Extract<PanelWidget, { kind: 'fact' }>

function factOf({ label, text, below, press }: Fact, scene: Scene): Widget {
  const line = { above: label, text, below: below || '' }
  if (press?.kind === 'link') return linkEntry(line, press.url)
  return press && press.kind !== 'draft' ? entry(line, actionOf(press, scene)) : said(label, text, line.below)
}

/** A draft can only be opened inside Gmail; elsewhere its button is left out. */
function buttonOf({ label, press, filled, off }: PanelButton, scene: Scene): Button | null {
  if (press.kind === 'link') return linkButton(label, press.url)
  if (press.kind === 'draft') {
    const action = { action: 'draftFromPanel', parameters: { path: press.path } } as const
    return scene.drafts && draftButton(label, action, scene.drafts, { filled, off })
  }
  const needs = (press.kind === 'change' && press.needs) || []
  return button(label, actionOf(press, scene), { filled, off, needs })
}
