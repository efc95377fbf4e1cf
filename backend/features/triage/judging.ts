import type { TicketPriority } from '../../../shared/tickets.ts'
import {
  type Category,
  KEYWORD_PRIORITIES,
  type KeywordList,
  OTHER_CATEGORY,
  type Verdict,
} from '../../../shared/triage.ts'
import { type Finder, finderOf } from './finding-words.ts'
import { languageIn } from './language.ts'

/** Keywords and categories of a workspace, ready to judge by. */
export type Judge = { categories: readonly string[]; finders: ReadonlyMap<string, Finder>; usual: Finder }

/**
 * Gets keywords ready.
 * @param languages of the workspace; where the language of a mail has no list among them, or nobody knows it, the lists of all count
 */
export function judgeOf(
  lists: readonly KeywordList[],
  categories: readonly Category[],
  languages: readonly string[],
): Judge {
  const live = categories.filter(({ retired }) => !retired).map(({ id }) => id)
  const used = lists.filter(({ kind, value }) => kind === 'priority' || live.includes(value))
  const inAny = (wanted: readonly string[]) => finderIn(used, [...wanted, 'any'])
  const written = languages.filter((language) => used.some((list) => list.language === language))
  return {
    categories: live,
    finders: new Map(written.map((language) => [language, inAny([language])])),
    usual: inAny(languages),
  }
}

const finderIn = (lists: readonly KeywordList[], languages: readonly string[]): Finder =>
  finderOf(
    lists
      .filter(({ language }) => languages.includes(language))
      .map(({ kind, value, words }) => ({ name: `${kind}/${value}`, words })),
  )

/** What the first words of a customer make of a ticket. @param text without what it quotes and its signature */
export function verdictOn(judge: Judge, subject: string, text: string): Verdict {
  const said = `${subject}\n\n${text}`
  const language = languageIn(said)
  const found = (judge.finders.get(language ?? '') ?? judge.usual)(said)
  const priority: TicketPriority = KEYWORD_PRIORITIES.find((each) => found.has(`priority/${each}`)) ?? 'normal'
  const named = judge.categories.find((each) => found.has(`category/${each}`))
  const category = named ?? judge.categories.find((id) => id === OTHER_CATEGORY) ?? null
  return {
    priority,
    priorityWord: found.get(`priority/${priority}`) ?? null,
    category,
    categoryWord: (named && found.get(`category/${named}`)) ?? null,
    language,
  }
}
