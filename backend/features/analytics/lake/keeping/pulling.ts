import type pg from 'pg'
import { newId } from '../../../../platform/ids.ts'
import { type Counting, countingBy } from '../../../sla/index.ts'
import { type EngineLimits, openEngine } from '../engine.ts'
import { NOTES_LAST_MS } from '../forgetting-notes.ts'
import { type Fetched, fetchFamily, makeFamily, type Reading } from '../making/families.ts'
import type { MadePart } from '../making/files.ts'
import { makeOpenings, YEARS_AHEAD } from '../making/openings.ts'
import type { Manifest, Root } from '../places/layout.ts'
import type { LakeStore } from '../places/writing.ts'
import { FAMILIES } from '../sources/families.ts'
import type { Thing } from '../sources/scope.ts'
import { LAKE_SCHEMA, type TableName } from '../tables.ts'
import { oneAhead } from './ahead.ts'
import { type Changes, changesSince } from './changes.ts'
import { continues, look, type Sight } from './looking.ts'
import { manifestWith } from './manifests.ts'
import type { Pace } from './pacing.ts'
import { resting } from './resting.ts'
import { listsOf, stretchesOf } from './stretches.ts'

/** The lake as the writer knows it; nothing of it is only in memory. */
export type Known = { root: Root; manifests: ReadonlyMap<string, Manifest> }

export type Pull = {
  client: pg.ClientBase
  store: LakeStore
  limits: EngineLimits
  pace: Pace
  now: Date
  /** null builds all of it. */
  known: Known | null
  /** Workspaces that have to be read as a whole, whatever was recorded. */
  broken: ReadonlySet<string>
  /** Told before something that takes long, with how many workspaces are read as a whole. */
  rebuilding: (workspaces: number) => Promise<void>
}

/** `known` is as it was when nothing happened, but for its snapshot. */
export type Pulled = { known: Known; moved: string[]; rebuilt: number }

/**
 * Brings what was recorded since the last pull into the lake, all of it or nothing: what was read in one snapshot is seen when the root
 * is swapped, and a pull that fails leaves only files that nobody names.
 */
export async function pull(wish: Pull): Promise<Pulled> {
  const { client } = wish
  const sight = await look(client)
  await wish.pace.look(client)
  const pulled = await pullIn(wish, sight)
  await client.query('rollback') // nothing was written; a pull that fails ends with its connection
  return pulled
}

async function pullIn(wish: Pull, sight: Sight): Promise<Pulled> {
  const { client, known, broken } = wish
  const all = await workspacesOf(client)
  const isFollowed = known !== null && wish.now.getTime() - Date.parse(known.root.asOf) < NOTES_LAST_MS
  const from = isFollowed && continues(known.root, sight) ? known : null
  const changes = await changesFor(client, { from, broken }, all)
  const year = wish.now.getUTCFullYear()
  const ending = [...(from?.manifests.values() ?? [])].filter(({ openUntil }) => openUntil <= year)
  const openings = [...new Set([...changes.whole, ...ending.map(({ workspaceId }) => workspaceId)])].filter((id) =>
    all.has(id),
  )
  const named = [...changes.things.values()].flat().map(({ workspaceId }) => workspaceId)
  const touched = [...new Set([...openings, ...named])].filter((id) => all.has(id))
  const gone = [...(from?.manifests.keys() ?? [])].filter((id) => !all.has(id))
  if (from && touched.length === 0 && gone.length === 0)
    return {
      known: { ...from, root: { ...from.root, asOf: wish.now.toISOString(), snapshot: sight.snapshot } },
      moved: [],
      rebuilt: 0,
    }

  if (changes.whole.size > 0) await wish.rebuilding(changes.whole.size)
  const countings = await countingsOf(client, touched)
  const made = await makeAll(wish, changes, { countings, openings, year })
  const manifests = new Map([...(from?.manifests ?? [])].filter(([id]) => all.has(id)))
  const commit = newId()
  const partsOf = Map.groupBy(made, ({ workspaceId }) => workspaceId)
  for (const workspaceId of touched) {
    const before = changes.whole.has(workspaceId) ? null : (manifests.get(workspaceId) ?? null)
    const openUntil = openings.includes(workspaceId) ? year + YEARS_AHEAD : (before?.openUntil ?? year)
    const about = { workspaceId, commit, zone: all.get(workspaceId) ?? 'UTC', openUntil }
    const own = partsOf.get(workspaceId) ?? []
    manifests.set(workspaceId, manifestWith(before, { made: own, anew: anewIn(changes, openings, workspaceId) }, about))
  }
  await wish.store.putManifests(touched.flatMap((id) => manifests.get(id) ?? []))
  const root: Root = {
    schema: LAKE_SCHEMA,
    commit,
    asOf: wish.now.toISOString(),
    ...sight,
    workspaces: Object.fromEntries([...manifests].map(([id, manifest]) => [id, manifest.commit])),
  }
  await wish.store.swapRoot(root)
  return { known: { root, manifests }, moved: [...touched, ...gone], rebuilt: changes.whole.size }
}

/** Workspaces that are new here are read as a whole, and those that are gone not at all. */
async function changesFor(
  client: pg.ClientBase,
  { from, broken }: { from: Known | null; broken: ReadonlySet<string> },
  all: ReadonlyMap<string, string>,
): Promise<Changes> {
  const { things, whole } = from
    ? await changesSince(client, from.root.snapshot)
    : { things: new Map(), whole: new Set<string>() }
  for (const id of all.keys()) if (broken.has(id) || !from?.manifests.has(id)) whole.add(id)
  for (const id of whole) if (!all.has(id)) whole.delete(id)
  for (const [family, list] of things)
    things.set(
      family,
      list.filter(({ workspaceId }: Thing) => all.has(workspaceId) && !whole.has(workspaceId)),
    )
  return { things, whole }
}

/** Tables of a workspace that were read as a whole although the workspace was not. */
function anewIn({ things }: Changes, openings: readonly string[], workspaceId: string): Set<TableName> {
  const small = FAMILIES.filter(
    ({ name, whole }) => whole && things.get(name)?.some((thing) => thing.workspaceId === workspaceId),
  )
  return new Set([
    ...small.flatMap(({ tables }) => tables),
    ...(openings.includes(workspaceId) ? (['opening'] as const) : []),
  ])
}

type Counted = { countings: ReadonlyMap<string, Counting>; openings: readonly string[]; year: number }

/** While the engine works at one stretch, the next is fetched and the last is brought to safety: a disk, two processors and a database wait in turns. */
async function makeAll(wish: Pull, changes: Changes, { countings, openings, year }: Counted): Promise<MadePart[]> {
  const { client, store, limits, pace } = wish
  const engine = await openEngine(store.workFolder, limits)
  const reading = { client, engine, countings, pace }
  const unhurried = { ...reading, engine: resting(engine, pace) }
  const made: MadePart[] = []
  let keeping = Promise.resolve()
  const keep = async (parts: readonly MadePart[]) => {
    await keeping
    keeping = store.keep(parts)
    keeping.catch(() => undefined) // it is told when it is waited for
    made.push(...parts)
  }
  try {
    if (openings.length > 0) await keep(await makeOpenings(engine, countings, { workspaceIds: openings, year }))
    // Beside a desk at work PostgreSQL and the engine take turns, so that one processor is always the desk's.
    const fetching = oneAhead(fetchAll(reading, changes), () => !pace.isDeskAtWork())
    for await (const fetched of fetching)
      await keep(await makeFamily('some' in fetched.scope ? reading : unhurried, fetched))
    await keeping
    return made
  } finally {
    await keeping.catch(() => undefined)
    await engine.close()
  }
}

async function* fetchAll(reading: Reading, { things, whole }: Changes): AsyncGenerator<Fetched> {
  for (const family of FAMILIES) {
    for (const scope of listsOf(things.get(family.name) ?? [])) yield await fetchFamily(reading, family, scope)
    if (whole.size === 0) continue
    for await (const scope of stretchesOf(reading.client, family, [...whole])) {
      await reading.pace.look(reading.client)
      yield await fetchFamily(reading, family, scope)
    }
  }
}

/** All workspaces there are, with whose clocks tell their days. */
async function workspacesOf(client: pg.ClientBase): Promise<Map<string, string>> {
  const { rows } = await client.query<{ id: string; zone: string }>(
    'select workspace_id::text as id, time_zone as zone from desk.workspace',
  )
  return new Map(rows.map(({ id, zone }) => [id, zone]))
}

async function countingsOf(client: pg.ClientBase, workspaceIds: readonly string[]): Promise<Map<string, Counting>> {
  const { rows } = await client.query<{ id: string; timeZone: string; rules: unknown }>(
    `select w.workspace_id::text as id, w.time_zone as "timeZone", s.rules
     from desk.workspace w left join desk.sla_setting s on s.workspace_id = w.workspace_id where w.workspace_id = any($1)`,
    [workspaceIds],
  )
  return new Map(rows.map((row) => [row.id, countingBy(row)]))
}
