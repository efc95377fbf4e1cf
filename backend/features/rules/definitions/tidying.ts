import type { RuleAct, RuleCondition, RuleDefinition } from '../../../../shared/rules.ts'
import { maskCodes } from '../../gift-cards/index.ts'
import { tidyTag } from '../../tickets/index.ts'

const unique = <T>(values: readonly T[]): T[] => [...new Set(values)]

/** As it is kept, in the open: tags and categories as tickets have them, no code of a gift card in any text. */
export const tidied = ({ name, when, all, any, acts }: RuleDefinition): RuleDefinition => ({
  name: maskCodes(name).trim(),
  when,
  all: all.map(condition),
  any: any.map(condition),
  acts: acts.map(act),
})

function condition(one: RuleCondition): RuleCondition {
  if (one.about === 'tags') return { ...one, values: unique(one.values.map(tidyTag)) }
  if (one.about === 'category') return { ...one, values: unique(one.values.map((value) => value.toLowerCase())) }
  if (one.about === 'subject' || one.about === 'message') return { ...one, words: unique(one.words.map(maskCodes)) }
  return one
}

function act(one: RuleAct): RuleAct {
  if (one.do === 'tag' || one.do === 'untag') return { ...one, tags: unique(one.tags.map(tidyTag)) }
  if (one.do === 'category') return { ...one, category: maskCodes(one.category).toLowerCase() }
  return one.do === 'note' || one.do === 'tell' ? { ...one, text: maskCodes(one.text) } : one
}
