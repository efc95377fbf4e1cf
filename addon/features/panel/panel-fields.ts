import type { PanelFields } from '../../../shared/panel.ts'
import { type AddonEvent, parametersOf, valuesOf } from '../../event.ts'

type Fields = PanelFields['fields']

/**
 * What was typed and chosen in a card that the backend described. A field that was emptied is an empty list; one that is missing was not
 * touched, or is a group of boxes of which none is ticked.
 */
export function panelFieldsOf(event: AddonEvent): Fields {
  const { filled = '', own = '', kept } = parametersOf(event)
  if (kept) return JSON.parse(kept) as Fields
  const values = valuesOf(event)
  const fields: Fields = {}
  for (const name of filled.split(' ')) if (name) fields[name] = []
  for (const name of own === '*' ? Object.keys(values) : own.split(' ')) {
    const value = values[name]
    if (value) fields[name] = value
  }
  return fields
}
