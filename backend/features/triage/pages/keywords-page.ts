import { ADMINS, LEADS } from '../../../../shared/roles.ts'
import { LANGUAGES } from '../../../../shared/settings.ts'
import {
  type Category,
  KEYWORD_LIMITS,
  KEYWORD_PRIORITIES,
  KeywordList,
  type Keywords,
  type Verdict,
} from '../../../../shared/triage.ts'
import type { Ctx } from '../../../context.ts'
import { DeskError } from '../../../platform/errors.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { orShowAgain, page, submission, type Visit } from '../../settings/index.ts'
import { categoriesIn } from '../../tickets/index.ts'
import { readKeywords, writeKeywords } from '../keywords.ts'
import { sharesIn } from '../shares.ts'
import { tryOut } from '../trying.ts'
import { ANY, type Fields, KEYWORDS_PATH, keywordsView, listName } from './keywords-view.ts'

const TRIAL = `${KEYWORDS_PATH}/trial`

type Told = { fields?: Fields; problem?: string; tried?: { subject: string; text: string; verdict: Verdict } }

export const keywordsPage = page(KEYWORDS_PATH, LEADS, (ctx, visit) => shown(ctx, visit, {}), {
  word: 'Keywords',
  group: 'Work',
})

export const keywordsForm = submission(KEYWORDS_PATH, ADMINS, (ctx, visit) => {
  const fields = Object.fromEntries(visit.form)
  const { language = ANY, version = '' } = fields
  return orShowAgain(
    async () => {
      const { keywords, categories } = await settingsOf(ctx, visit)
      const written = listsOf(fields, language, categories)
      const kept = keywords.lists.filter((list) => list.language !== language)
      await writeKeywords(ctx, { version: Number(version), lists: [...kept, ...written] }, visit.actor)
      return `${KEYWORDS_PATH}?${new URLSearchParams({ language, saved: '1' })}`
    },
    (problem) => shown(ctx, visit, { fields, problem }),
  )
})

export const keywordsTrial = submission(TRIAL, LEADS, async (ctx, visit) => {
  const [subject, text] = [visit.form.get('subject') ?? '', (visit.form.get('text') ?? '').slice(0, 20_000)]
  return shown(ctx, visit, { tried: { subject, text, verdict: await tryOut(ctx, { subject, text }, visit.actor) } })
})

/** @throws DeskError invalid_request with the words of the contract */
function listsOf(fields: Fields, language: string, categories: readonly Category[]): KeywordList[] {
  const named = [
    ...KEYWORD_PRIORITIES.map((value) => ({ kind: 'priority' as const, value })),
    ...categories.map(({ id }) => ({ kind: 'category' as const, value: id })),
  ]
  return named.map(({ kind, value }) => {
    const words = (fields[listName({ kind, value })] ?? '').split(/[,\n]/).map((word) => word.trim())
    const list = KeywordList.safeParse({ kind, value, language, words: words.filter((word) => word !== '') })
    if (list.success) return list.data
    const why = list.error.issues[0]?.message ?? `A list has at most ${KEYWORD_LIMITS.perList} keywords.`
    throw new DeskError('invalid_request', `${value}: ${why}`)
  })
}

const settingsOf = (
  ctx: Ctx,
  { actor }: Visit,
): Promise<{ keywords: Keywords; categories: readonly Category[]; languages: string[] }> =>
  inWorkspace(
    ctx,
    actor.workspaceId,
    async (tx) => ({
      keywords: await readKeywords(tx),
      categories: await categoriesIn(tx),
      languages: (await tx.workspace.findUniqueOrThrow({ where: { workspaceId: tx.workspaceId } })).languages,
    }),
    { reads: true },
  )

async function shown(ctx: Ctx, visit: Visit, { fields, ...told }: Told) {
  const settings = await settingsOf(ctx, visit)
  const shares = await inWorkspace(ctx, visit.actor.workspaceId, sharesIn, { reads: true })
  const asked = fields?.['language'] ?? visit.query.get('language') ?? settings.languages[0] ?? 'en'
  const language = asked === ANY || asked in LANGUAGES ? asked : ANY
  const stored = Object.fromEntries(
    settings.keywords.lists
      .filter((list) => list.language === language)
      .map((list) => [listName(list), list.words.join(', ')]),
  )
  const body = keywordsView(visit, { ...settings, shares, language, fields: { ...stored, ...fields }, ...told })
  return { title: 'Keywords', body }
}
