import { KEYWORD_LIMITS, KEYWORD_PRIORITIES, type KeywordList, type Keywords } from '../../../shared/triage.ts'
import type { Ctx } from '../../context.ts'
import type { Actor } from '../../platform/actor.ts'
import { DeskError } from '../../platform/errors.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'
import { wordsIn } from '../../platform/words.ts'
import { maskCodes } from '../gift-cards/index.ts'
import { noteChange } from '../settings/index.ts'
import { categoriesIn, nextTriageVersion } from '../tickets/index.ts'
import { DEFAULT_KEYWORDS } from './defaults.ts'

export async function listsIn(tx: Tx): Promise<readonly KeywordList[]> {
  const row = await tx.triageSetting.findUnique({ where: { workspaceId: tx.workspaceId }, select: { words: true } })
  return row ? (row.words as KeywordList[]) : DEFAULT_KEYWORDS
}

/** The keywords of a workspace, and the version that the next edit must name. */
export async function readKeywords(tx: Tx): Promise<Keywords> {
  const { workspaceId } = tx
  const { triageVersion: version } = await tx.workspace.findUniqueOrThrow({
    where: { workspaceId },
    select: { triageVersion: true },
  })
  return { version, lists: [...(await listsIn(tx))] }
}

/**
 * Replaces all keywords. They count from the next mail on, in every process: whoever opens a ticket reads the version.
 * @throws DeskError stale_version, or invalid_request for keywords that could never be said
 */
export const writeKeywords = (ctx: Ctx, { version, lists: given }: Keywords, by: Actor): Promise<Keywords> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    const next = await nextTriageVersion(tx, version)
    const before = await listsIn(tx)
    const lists = given.map(tidied).filter(({ words }) => words.length > 0)
    refuseTwice(lists)
    await refuseUnknown(tx, lists)
    const { workspaceId, now: updatedAt } = tx
    const row = { words: lists, updatedAt }
    await tx.triageSetting.upsert({ where: { workspaceId }, create: { ...row, workspaceId }, update: row })
    await noteChange(tx, await ctx.keyring.box(tx), { setting: 'keywords', before, after: lists, by })
    return { version: next, lists }
  })

/** Words of a phrase. */
const LONGEST_PHRASE = 6

/** Each keyword once, as it was first written. @throws DeskError invalid_request */
function tidied({ words, ...list }: KeywordList): KeywordList {
  const kept = new Map<string, string>()
  for (const given of words) {
    const word = maskCodes(given).trim().replace(/\s+/g, ' ')
    const said = wordsIn(word)
    if (said.length === 0)
      throw new DeskError(
        'invalid_request',
        `«${word}» has no letters and no digits, so no mail says it. Leave it out.`,
      )
    if (said.length > LONGEST_PHRASE)
      throw new DeskError('invalid_request', `«${word}» is too long: a phrase has ${LONGEST_PHRASE} words at most.`)
    if (!kept.has(said.join(' '))) kept.set(said.join(' '), word)
  }
  return { ...list, words: [...kept.values()] }
}

function refuseTwice(lists: readonly KeywordList[]): void {
  const names = lists.map(({ kind, value, language }) => `${kind}/${value}/${language}`)
  if (new Set(names).size < names.length)
    throw new DeskError('invalid_request', 'A list is given twice in one language. Put their keywords together.')
  if (lists.length > KEYWORD_LIMITS.lists)
    throw new DeskError('invalid_request', `There is room for ${KEYWORD_LIMITS.lists} lists.`)
}

async function refuseUnknown(tx: Tx, lists: readonly KeywordList[]): Promise<void> {
  const known: Record<KeywordList['kind'], readonly string[]> = {
    priority: KEYWORD_PRIORITIES,
    category: (await categoriesIn(tx)).map(({ id }) => id),
  }
  const unknown = lists.find(({ kind, value }) => !known[kind].includes(value))
  if (unknown)
    throw new DeskError(
      'invalid_request',
      `There is no ${unknown.kind} ${unknown.value} that could have keywords. Choose one of ${known[unknown.kind].join(', ')}.`,
    )
}
