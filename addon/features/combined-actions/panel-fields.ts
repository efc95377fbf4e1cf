import type { PanelFields } from '../../../shared/panel.ts'
import { type AddonEvent, parametersOf, valuesOf } from '../../event.ts'

type Fields = PanelFields['fields']

/**
 * What was typed and chosen in a card that the backend described. A field that was emptied is an empty list; one that is missing was not
 * touched, or is a group of boxes of which none is ticked.
 */
export function panelFieldsOf(event: AddonEvent): Fields {
  const { filled = '', kept } = parametersOf(event)
  if (kept) return JSON.parse(kept) as Fields
  const fields: Fields = {}
  for (const name of filled.split(' ')) if (name) fields[name] = []
  return { ...fields, ...valuesOf(event) }
}
