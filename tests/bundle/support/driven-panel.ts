import type { Action, Card } from '../../../workbench/apps-script/card-service/json.ts'
import type { FormInputs, FormValue } from '../../../workbench/apps-script/event-objects.ts'
import type { Panel } from '../../../workbench/host/panel/panel.ts'
import { currentStack } from '../../../workbench/host/panel/panel-state.ts'
import { top } from '../../../workbench/host/panel/stack.ts'

export type DrivenPanel = ReturnType<typeof driven>

/** What a person enters: a text or a choice, ticked boxes, or a day. An emptied field is not sent, as Google does not send it. */
type Entered = string | readonly string[] | { day: string }

/** The panel with a person's words: press a label, choose in a field, read the card. */
export function driven(panel: Panel) {
  const seen: Card[] = []
  const depth = () => currentStack(panel.state()).length

  function card(): Card {
    const frame = top(currentStack(panel.state()))
    if (!frame || !('card' in frame)) throw new Error(panel.state().failure ?? 'No card is shown')
    seen.push(frame.card)
    return frame.card
  }

  async function act(
    action: { function?: string | null; parameters?: { key?: string | null; value?: string | null }[] },
    form: Record<string, Entered>,
  ) {
    const entered: Record<string, Entered> = { ...valuesIn(card()), ...daysIn(card()), ...form }
    const formInputs = Object.fromEntries(
      Object.entries(entered).flatMap(([name, value]) => (isEmpty(value) ? [] : [[name, formValue(value)]])),
    ) satisfies FormInputs
    return panel.click({ function: action.function ?? '', parameters: parametersOf(action), formInputs })
  }

  return {
    panel,
    card,
    depth,
    /** Every card that was looked at. */
    seen,
    text: () => JSON.stringify(card()),
    notification: () => panel.state().notification,
    failure: () => panel.state().failure,
    /** Presses a button or a line by its text, with what stands in the fields of the card besides. */
    async press(label: string, form: Record<string, Entered> = {}) {
      const found = clickables(card()).find((each) => each.label === label)
      if (!found)
        throw new Error(`Nothing to press called "${label}" among ${clickables(card()).map((each) => each.label)}`)
      if (found.disabled) throw new Error(`"${label}" is disabled`)
      return act(found.action, form)
    },
    /** Chooses in a drop-down, which acts at once. */
    async choose(field: string, value: string, form: Record<string, Entered> = {}) {
      const input = widgets(card()).find(({ selectionInput }) => selectionInput?.name === field)?.selectionInput
      if (!input?.onChangeAction) throw new Error(`No drop-down ${field}`)
      return act(input.onChangeAction, { ...form, [field]: value })
    },
    isDisabled: (label: string) => clickables(card()).find((each) => each.label === label)?.disabled,
    values: () => valuesIn(card()),
    labels: () => clickables(card()).map(({ label }) => label),
    /** What a button would send, to send it more often than a person could. */
    action(label: string) {
      const { action } = clickables(card()).find((each) => each.label === label) ?? {}
      return { function: action?.function ?? '', parameters: parametersOf(action) }
    },
  }
}

const parametersOf = (action: Pick<Action, 'parameters'> | undefined) =>
  Object.fromEntries((action?.parameters ?? []).map(({ key, value }) => [key ?? '', value ?? '']))

const widgets = (card: Card) => (card.sections ?? []).flatMap((section) => section.widgets ?? [])

const clickables = (card: Card) =>
  widgets(card).flatMap(({ buttonList, decoratedText }) => [
    ...(buttonList?.buttons ?? []).map(({ text, onClick, disabled }) => ({
      label: text ?? '',
      action: onClick?.action ?? {},
      disabled: disabled === true,
    })),
    ...[decoratedText, decoratedText?.button].flatMap((each) =>
      each?.onClick ? [{ label: each.text ?? '', action: each.onClick.action ?? {}, disabled: false }] : [],
    ),
  ])

const isEmpty = (value: Entered) => typeof value === 'string' && value === ''

function formValue(value: Entered): FormValue {
  if (typeof value === 'string') return { stringInputs: { value: [value] } }
  if ('day' in value) return { dateInput: { msSinceEpoch: Date.parse(value.day) } }
  return { stringInputs: { value: [...value] } }
}

const daysIn = (card: Card): Record<string, { day: string }> =>
  Object.fromEntries(
    widgets(card).flatMap(({ dateTimePicker: picker }) =>
      picker?.name && picker.valueMsEpoch
        ? [[picker.name, { day: new Date(Number(picker.valueMsEpoch)).toISOString().slice(0, 10) }]]
        : [],
    ),
  )

/** What the fields hold when the card is drawn; boxes that nobody touched are not sent. */
function valuesIn(card: Card): Record<string, string> {
  const fields = widgets(card).flatMap(({ textInput, selectionInput }) => {
    if (textInput?.name) return [[textInput.name, textInput.value ?? '']]
    if (selectionInput?.type === 'CHECK_BOX') return []
    const chosen = selectionInput?.items?.find((item) => item.selected)
    return selectionInput?.name && chosen ? [[selectionInput.name, chosen.value ?? '']] : []
  })
  return Object.fromEntries(fields)
}
