import type { PanelWidget } from '../../../../shared/panel.ts'
import { boxes, type Choice, longInput, pick } from '../../../platform/panel.ts'
import { type Part, textOf } from './fields.ts'
import { type Form, hitLines } from './form.ts'

/** A drop-down and a list of boxes hold so many choices. */
const MOST_CHOICES = 100

const choicesOf = ({ reasons }: Pick<Form, 'reasons'>): Choice[] =>
  reasons.map(({ id, labels }) => ({ value: id, label: labels['en'] ?? id }))

/** Why all of it is done, and which lines it is about. */
export function reasonWidgets(form: Form): PanelWidget[] {
  const { fields, live } = form
  const chosen = textOf(fields, 'reason') || 'none'
  const asking = form.reasons.filter(({ needsText }) => needsText).map(({ labels }) => `«${labels['en']}»`)
  return [
    pick(
      'reason',
      'Reason',
      [{ value: 'none', label: 'Choose a reason' }, ...choicesOf(form)].slice(0, MOST_CHOICES),
      chosen,
    ),
    longInput(
      'reason_text',
      'In your words',
      textOf(fields, 'reason_text'),
      asking.length > 0 ? `Needed for ${asking.join(', ')}` : 'Only colleagues read this',
    ),
    boxes(
      'hit',
      'Which lines it is about',
      [
        { value: 'none', label: 'No line in particular' },
        ...live.lines.map(({ id, title, ordered }) => ({ value: id, label: `${ordered} × ${title}` })),
      ].slice(0, MOST_CHOICES),
      hitLines(fields).length > 0 ? hitLines(fields) : ['none'],
    ),
  ]
}

/** A part may have a reason of its own. */
export const ownReasonWidget = (form: Form, part: Part): PanelWidget =>
  pick(
    `${part}.reason`,
    'Reason of this part',
    [{ value: 'same', label: 'The same as for all' }, ...choicesOf(form)].slice(0, MOST_CHOICES),
    textOf(form.fields, `${part}.reason`) || 'same',
  )
