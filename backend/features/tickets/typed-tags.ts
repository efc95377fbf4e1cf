import { LIMITS } from '../../../shared/limits.ts'
import { DeskError } from '../../platform/errors.ts'

export type TagChange = { add: string[]; remove: string[] }

/** What was added and removed between the tags that a form had shown and what was typed into it, so that tags of others stay. */
export function typedChange(shown: string, typed: string): TagChange {
  const [before, after] = [namesIn(shown), namesIn(typed)]
  const add = after.filter((name) => !before.includes(name))
  const long = add.find((name) => name.length > LIMITS.tag)
  if (long) throw new DeskError('invalid_request', `A tag may have ${LIMITS.tag} characters; “${long}” is longer.`)
  return { add, remove: before.filter((name) => !after.includes(name)) }
}

const namesIn = (text: string): string[] => [
  ...new Set(
    text
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== ''),
  ),
]
