import type { PanelButton, PanelCard, PanelPress, PanelSection, PanelWidget } from '../../../shared/panel.ts'
import type { DraftPlace } from '../../event.ts'
import { type Button, button, buttons, draftButton, linkButton } from '../../kit/button.ts'
import { type Card, card, foldedSection, type Widget } from '../../kit/card.ts'
import { check, datePick, input, pick } from '../../kit/fields.ts'
import { entry, linkEntry, paragraph, remark, said, warning } from '../../kit/text.ts'
import { joined } from '../../kit/words.ts'
import { actionOf, type PressScene } from './presses.ts'

/** A panel is about 300 px wide. */
const MOST_IN_A_ROW = 3

const TONES = { plain: paragraph, remark, warning }

type Scene = PressScene & { drafts: DraftPlace }

/** Draws a card that the backend described. @param over what lies below: see below.ts */
export const panelCard = ({ title, subtitle, sections }: PanelCard, over: string, drafts: DraftPlace): Card =>
  card({ title, subtitle: subtitle || '' }, panelSections(sections, over, drafts))

/** A drop-down acts by itself, so what opens a window or a draft is none of its presses. */
const pressOf = (press: PanelPress | null, scene: Scene) =>
  press === null || press.kind === 'link' || press.kind === 'draft' ? undefined : actionOf(press, scene)

/** The sections that the backend adds to a card of ours. */
export const panelSections = (sections: readonly PanelSection[], over: string, drafts: DraftPlace) => {
  const filled = joined(
    sections.flatMap(({ widgets }) => widgets.map(filledName)),
    ' ',
  )
  return sections.map(({ title, folded, widgets }) =>
    foldedSection(title, folded, ...widgets.map((widget) => widgetsOf(widget, { filled, over, drafts }))),
  )
}

const filledName = (widget: PanelWidget): string =>
  (widget.kind === 'input' || widget.kind === 'date') && widget.value ? widget.name : ''

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

type Fact = Extract<PanelWidget, { kind: 'fact' }>

function factOf({ label, text, below, press }: Fact, scene: Scene): Widget {
  const line = { above: label, text, below: below || '' }
  if (press?.kind === 'link') return linkEntry(line, press.url)
  return press && press.kind !== 'draft' ? entry(line, actionOf(press, scene)) : said(label, text, line.below)
}

/** A draft can only be opened inside Gmail; elsewhere its button is left out. */
function buttonOf({ label, press, filled, off }: PanelButton, scene: Scene): Button | null {
  if (press.kind === 'link') return linkButton(label, press.url)
  if (press.kind !== 'draft') return button(label, actionOf(press, scene), { filled, off })
  const action = { action: 'draftFromPanel', parameters: { path: press.path } } as const
  return scene.drafts && draftButton(label, action, scene.drafts, { filled, off })
}
