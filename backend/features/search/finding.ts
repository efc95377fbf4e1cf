import type { SearchOrder } from '../../../shared/search.ts'
import type { Ctx } from '../../context.ts'
import type { Actor } from '../../platform/actor.ts'
import { DeskError } from '../../platform/errors.ts'
import { packCursor, readCursor } from '../../platform/signer.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'
import { isEmpty, parseQuestion, searchWords } from './asking/parsing.ts'
import { OPERATORS, type Question } from './asking/question.ts'
import { resolveQuestion, type Wanted } from './asking/resolving.ts'
import { type HitRow, readHits } from './hits.ts'

export type Asked = { q: string; order: SearchOrder; cursor?: string | undefined; limit: number }

export type Found = {
  question: Question
  rows: HitRow[]
  next: string | null
  searchedTo: string | null
  remark: string | null
}

/** Hits that are ranked when somebody asks for the best ones. */
const RANKED = 1_000

type Place = { at: string; id: string }
type Hit = { ticketId: string; documentId: string; at: string }
/** `place` is where the next page goes on after one that looked at as much as a page may. */
type Answer = { hits: Hit[]; place: Place | null }
type Page = { hits: Hit[]; next: (string | number | null)[] | null; searchedTo: string | null }

/** Finds tickets, as this actor may see them. @throws DeskError invalid_request, in words that say how to ask */
export async function search(ctx: Ctx, asked: Asked, by: Actor): Promise<Found> {
  const question = parseQuestion(asked.q)
  refuseNothing(question)
  const list = ['search', by.workspaceId, by.id ?? '', asked.order, asked.q].join('/')
  const place = readCursor(ctx.signer, list, asked.cursor)
  return inWorkspace(
    ctx,
    by.workspaceId,
    async (tx) => {
      const wanted = await resolveQuestion(tx, question, by)
      const read = asked.order === 'best' && question.terms.length > 0 ? bestPage : newestPage
      const { hits, next, searchedTo } = await read(tx, { question, wanted, limit: asked.limit }, place)
      const rows = await readHits(tx, await ctx.keyring.box(tx), hits)
      return {
        question,
        rows,
        next: next && packCursor(ctx.signer, list, next),
        searchedTo,
        remark: remarkOn(question),
      }
    },
    { reads: true },
  )
}

function refuseNothing(question: Question): void {
  if (isEmpty(question)) throw new DeskError('invalid_request', 'Type a word, a name, an address or an order number.')
  const leavesOut = question.terms.length > 0 && question.terms.every(({ not }) => not)
  if (leavesOut)
    throw new DeskError('invalid_request', 'Leaving words out needs a word that is there, as in jar -refund.')
}

type Sought = { question: Question; wanted: Wanted; limit: number }

async function newestPage(tx: Tx, sought: Sought, place: readonly unknown[] | null): Promise<Page> {
  const [at = null, id = null] = place ?? []
  const { hits, place: stopped } = await ask(tx, sought, { at, id, most: sought.limit + 1, ranked: false })
  const shown = hits.slice(0, sought.limit)
  const last = hits.length > sought.limit ? shown.at(-1) : undefined
  if (last) return { hits: shown, next: [last.at, last.documentId], searchedTo: null }
  return { hits: shown, next: stopped && [stopped.at, stopped.id], searchedTo: stopped && iso(stopped.at) }
}

/** The newest hits of the moment of the first page, by rank: what comes in meanwhile moves nothing. */
async function bestPage(tx: Tx, sought: Sought, place: readonly unknown[] | null): Promise<Page> {
  const [until = new Date(tx.now.getTime() + 1).toISOString(), skipped = 0] = (place ?? []) as [string?, number?]
  const wanted = { ...sought.wanted, until: [until, sought.wanted.until ?? until].sort()[0] ?? until }
  const { hits } = await ask(tx, { ...sought, wanted }, { at: null, id: null, most: RANKED, ranked: true })
  const end = skipped + sought.limit
  return { hits: hits.slice(skipped, end), next: end < hits.length ? [until, end] : null, searchedTo: null }
}

type Ask = { at: unknown; id: unknown; most: number; ranked: boolean }

async function ask(tx: Tx, { question, wanted }: Sought, { at, id, most, ranked }: Ask): Promise<Answer> {
  const words = JSON.stringify(searchWords(question, wanted.tags))
  const [row] = await tx.$queryRaw<{ answer: Answer }[]>`
    select app.find_tickets(${words}::jsonb, ${JSON.stringify(wanted)}::jsonb, ${at}::timestamptz, ${id}::uuid, ${most}::int, ${ranked}) as answer`
  return row?.answer ?? { hits: [], place: null }
}

const iso = (at: string): string => new Date(at).toISOString()

function remarkOn({ unknown, terms }: Question): string | null {
  if (unknown.length === 0) return null
  const known = ['from', 'to', 'subject', ...OPERATORS].map((name) => `${name}:`).join(' ')
  return `${[...new Set(unknown)].join(' ')} ${terms.length > 0 ? 'was searched for as a word' : 'is not known'}. What is known: ${known}`
}
