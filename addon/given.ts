import type { ActionName, ActionParameters } from './action-parameters.ts'
import { AddonError, OLDER_CARD } from './errors.ts'
import { type AddonEvent, fieldsOf, parametersOf, type Reader, readerOf } from './event.ts'
import { allChosenBefore, chosenBefore } from './failures/retry.ts'

/** What a handler gets: the parameters of its own action, what was typed, and who looks. */
export type Given<N extends ActionName> = {
  event: AddonEvent
  reader: Reader
  /** @throws AddonError when the client sent the action without it */
  parameter(name: keyof ActionParameters[N] & string): string
  /** What was typed or chosen; empty when nothing was. */
  field(name: string): string
  /** Every field that something was typed or chosen in. */
  fields(): Record<string, string>
}

export function givenFrom<N extends ActionName>(event: AddonEvent): Given<N> {
  const parameters = parametersOf(event)
  const fields = fieldsOf(event)
  return {
    event,
    reader: readerOf(event),
    field: (name) => fields[name] ?? chosenBefore(parameters, name) ?? '',
    fields: () => ({ ...allChosenBefore(parameters), ...fields }),
    parameter(name) {
      const value = parameters[name]
      if (value === undefined) throw new AddonError('addon_failed', OLDER_CARD)
      return value
    },
  }
}
