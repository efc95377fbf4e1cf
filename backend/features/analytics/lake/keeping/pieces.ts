import type pg from 'pg'
import type { Family } from '../sources/families.ts'
import type { Scope, Stretch } from '../sources/scope.ts'
import type { Pace } from './pacing.ts'
import { placeAfter } from './stretches.ts'

/** While the desk works PostgreSQL is asked for what it finds in about so long; whoever waits for a queue then waits no longer for us. */
const PIECE_MS = 4
const [FEWEST, FIRST, MOST] = [512, 1_024, 4_096]
/** So PostgreSQL works for us a quarter of the time. */
const REST_TIMES = 3
/** A machine that has no time for PostgreSQL either makes every piece long: what is rested for it is bounded, so that a rebuild ends. */
const MOST_MS = 12

/**
 * A scope as PostgreSQL is asked for it: all at once on a desk that rests; a few things at a time on one that works, with a rest after each
 * of three times what it took. Named things, which somebody waits for, are always asked for at once.
 */
export async function* inPieces(
  { client, pace }: { client: pg.ClientBase; pace: Pace },
  ids: Family['ids'],
  scope: Scope,
): AsyncGenerator<Scope> {
  if ('some' in scope) {
    yield scope
    return
  }
  let many = FIRST
  for (let left: readonly Stretch[] = [scope]; ; ) {
    const [first, ...others] = left
    if (!first) return
    await pace.look(client)
    const cut = pace.isDeskAtWork() ? await cutOff(client, ids, { first, many }) : { piece: first, left: [] }
    left = [...cut.left, ...others]
    const begun = performance.now()
    yield cut.piece
    const took = performance.now() - begun
    if (took > 2 * PIECE_MS) many = Math.max(Math.floor(many / 2), FEWEST)
    else if (took < PIECE_MS / 2) many = Math.min(many * 2, MOST)
    await pace.rest(Math.min(took, MOST_MS), REST_TIMES)
  }
}

type Cut = { piece: Stretch; left: Stretch[] }

/** About so many things from the beginning of a stretch: several small workspaces, or some of a large one. */
async function cutOff(
  client: pg.ClientBase,
  { table, id }: Family['ids'],
  { first, many }: { first: Stretch; many: number },
): Promise<Cut> {
  const fitting = howManyFit(first.sizes, many)
  const [piece, ...left] = splitAt(first, Math.max(fitting, 1))
  if (fitting > 0 || id === null) return { piece, left }
  const { workspaceIds, sizes, from, before } = piece
  const place = await placeAfter(client, { table, column: id }, { workspaceId: workspaceIds[0] ?? '', from, many })
  if (place === null || (before !== null && place >= before)) return { piece, left }
  const later = Math.max((sizes[0] ?? 0) - many, many + 1) // it is looked for again, where it ends
  return {
    piece: { ...piece, sizes: [many], before: place },
    left: [{ ...piece, sizes: [later], from: place }, ...left],
  }
}

/** How many workspaces, from the first one on, have no more things than that together. */
function howManyFit(sizes: readonly number[], many: number): number {
  let sum = 0
  const first = sizes.findIndex((size) => {
    sum += size
    return sum > many
  })
  return first === -1 ? sizes.length : first
}

/** Of several workspaces all is read, from the lowest id. */
function splitAt(stretch: Stretch, at: number): [Stretch, ...Stretch[]] {
  const { workspaceIds, sizes } = stretch
  const head = { ...stretch, workspaceIds: workspaceIds.slice(0, at), sizes: sizes.slice(0, at) }
  if (workspaceIds.length <= at) return [head]
  return [head, { ...stretch, workspaceIds: workspaceIds.slice(at), sizes: sizes.slice(at) }]
}
