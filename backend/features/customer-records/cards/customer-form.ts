import type { PanelCard, PanelFields } from '../../../../shared/panel.ts'
import { button, buttons, input, present, section, warning } from '../../../platform/panel.ts'
import { type Field, fieldInputs } from '../../fields/index.ts'
import { backButtons, type Place, sending } from './presses.ts'

type Typed = PanelFields['fields']

/** Name and custom fields of a customer. */
export const customerForm = (
  { name, email }: { name: string; email: string },
  fields: readonly Field[],
  place: Place,
  { typed, problem }: { typed: Typed; problem: string | null },
): PanelCard => ({
  title: 'Edit customer',
  subtitle: email || null,
  sections: present(
    problem === null ? null : section(null, warning(problem)),
    section(
      null,
      input('name', 'Name', typed['name']?.[0] ?? name),
      ...fieldInputs(fields, typed),
      buttons(button('Save', sending(place, 'form'), { filled: true }), ...backButtons(place)),
    ),
  ),
  say: null,
})
