import type { PanelFields } from '../../../shared/panel.ts'
import { TaskWish } from '../../../shared/tasks.ts'
import { DeskError } from '../../platform/errors.ts'

/** An empty value would be absent from the form. */
export const NOBODY = 'nobody'

/** What was typed into the form of a task; what was not touched stays. @throws DeskError invalid_request with the first thing that is wrong */
export function typedWish(typed: PanelFields['fields'], kept: TaskWish): TaskWish {
  const of = (name: keyof TaskWish) => typed[`task.${name}`]?.[0]
  const person = of('assigneeId') ?? kept.assigneeId
  const wish = TaskWish.safeParse({
    words: of('words') ?? kept.words,
    dueOn: of('dueOn') ?? kept.dueOn,
    assigneeId: person === NOBODY ? null : person,
  })
  if (!wish.success) throw new DeskError('invalid_request', wish.error.issues[0]?.message ?? 'Something is missing.')
  return wish.data
}
