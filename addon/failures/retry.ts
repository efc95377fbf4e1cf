import type { ActionName } from '../action-parameters.ts'
import { type AddonEvent, fieldsOf, parametersOf } from '../event.ts'
import { panelFieldsOf } from '../features/panel/panel-fields.ts'
import { takenBy } from '../features/panel/taken.ts'
import type { ActionOf } from '../kit/click.ts'

/** The call to make again: same action, same parameters, same key, and what had been typed. */
export type Retry = { parameters: Record<string, string>; typed: Record<string, string> }

/** Texts that a person would hate to lose, with the name they are asked for by. */
const TEXTS: Record<string, string> = { note: 'Internal note', reply: 'Answer', tags: 'Tags' }

/** A chosen value travels as a parameter of this form, because a failure card has no drop-downs. */
const CHOSEN = 'chosen.'

/** Marks a click on a failure card, which lies on top of the card that the call was made from. */
const RETRIES = 'retries'

export const failuresOnTop = (event: AddonEvent): number => (parametersOf(event)[RETRIES] ? 1 : 0)

/** How many cards go away when a click has worked: the failure that it repeats, and what lay on top of the card that it changes. */
export const popsOf = (event: AddonEvent): number => failuresOnTop(event) + Number(parametersOf(event).onTop || 0)

export function retryOf(event: AddonEvent): Retry {
  const given = parametersOf(event)
  if (given.action === ('pressPanel' satisfies ActionName))
    return { parameters: { ...given, [RETRIES]: 'yes', kept: JSON.stringify(panelFieldsOf(event)) }, typed: {} }
  const fields = fieldsOf(event)
  const sent = takenBy(given.takes || '').map(({ name }) => name)
  const parameters: Record<string, string> = { ...given, [RETRIES]: 'yes' }
  const typed: Record<string, string> = {}
  for (const name of Object.keys(fields)) {
    const value = fields[name] || ''
    if (!(name in TEXTS)) parameters[CHOSEN + name] = value
    else if (sent.indexOf(name) >= 0 || (name !== 'tags' && value !== '')) typed[name] = value
  }
  return { parameters, typed }
}

/** The same for a card that Google asked for: there is nothing below it. */
export const retryAsRoot = ({ action, parameters }: ActionOf): Retry => ({
  parameters: { ...parameters, action },
  typed: {},
})

export const chosenBefore = (parameters: Record<string, string>, name: string): string | undefined =>
  parameters[CHOSEN + name]

export function allChosenBefore(parameters: Record<string, string>): Record<string, string> {
  const chosen: Record<string, string> = {}
  for (const name of Object.keys(parameters))
    if (name.indexOf(CHOSEN) === 0) chosen[name.slice(CHOSEN.length)] = parameters[name] || ''
  return chosen
}

export const labelOf = (name: string): string => TEXTS[name] ?? name
