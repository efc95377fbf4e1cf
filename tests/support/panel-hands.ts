import { endpoint } from '../../shared/endpoint.ts'
import { type PanelButton, PanelCard, PanelFields, type PanelPress, type PanelWidget } from '../../shared/panel.ts'
import type { Desk, StaffName } from './desk.ts'

type Typed = Record<string, string | string[]>
type Call = Extract<PanelPress, { kind: 'call' }>

let turned = 0
/** A page may be turned twice with other words; anything else that is pressed twice is one press. */
const keyOf = ({ method, key }: Call): string => (method === 'PUT' ? `${key}-${++turned}` : `${key}`)

/** Who presses the buttons of a card: what was typed goes along, what was not touched is absent, as in a real panel. */
export const panelOf = (desk: Pick<Desk, 'as'>, who: StaffName) => {
  const follow = (press: Call, typed: Typed = {}): Promise<PanelCard> => {
    const path = press.path as `/v1/${string}`
    const fields = Object.fromEntries(Object.entries(typed).map(([name, value]) => [name, [value].flat()]))
    const given = press.key === null ? {} : { key: keyOf(press), body: { fields } }
    const body = press.key === null ? {} : { body: PanelFields }
    return desk
      .as(who)
      .call(endpoint(press.method, path, { summary: '', callers: [], reply: PanelCard, ...body }), given)
  }
  return {
    follow,
    press: (card: PanelCard, label: string, typed: Typed = {}): Promise<PanelCard> =>
      follow(callOf(buttonOf(card, label)), typed),
  }
}

export const widgetsOf = (card: PanelCard): PanelWidget[] => card.sections.flatMap(({ widgets }) => widgets)

export const buttonsOf = (card: PanelCard): PanelButton[] =>
  widgetsOf(card).flatMap((widget) => (widget.kind === 'buttons' ? widget.buttons : []))

export function buttonOf(card: PanelCard, label: string): PanelButton {
  const found = buttonsOf(card).find((button) => button.label === label)
  if (!found) throw new Error(`«${card.title}» has no button «${label}»: ${textOf(card)}`)
  return found
}

export function callOf({ label, press }: PanelButton): Call {
  if (press.kind !== 'call') throw new Error(`«${label}» calls nothing`)
  return press
}

/** What a field of the card holds; the chosen values of a choice. */
export function fieldOf(card: PanelCard, name: string): string | string[] | null {
  const widget = widgetsOf(card).find((each) => 'name' in each && each.name === name)
  if (widget?.kind === 'input' || widget?.kind === 'date') return widget.value
  if (widget?.kind === 'pick' || widget?.kind === 'check')
    return widget.choices.filter(({ chosen }) => chosen).map(({ value }) => value)
  throw new Error(`«${card.title}» has no field ${name}`)
}

/** Everything that can be read on a card, a line for each widget. */
export const textOf = (card: PanelCard): string =>
  [card.title, ...card.sections.flatMap(({ title, widgets }) => [title ?? '', ...widgets.map(wordsOf)])]
    .filter((line) => line !== '')
    .join('\n')

function wordsOf(widget: PanelWidget): string {
  if (widget.kind === 'text') return widget.text
  if (widget.kind === 'fact') return [widget.label, widget.text, widget.below].filter(Boolean).join(': ')
  if (widget.kind === 'buttons') return widget.buttons.map(({ label }) => `[${label}]`).join(' ')
  return widget.label
}
