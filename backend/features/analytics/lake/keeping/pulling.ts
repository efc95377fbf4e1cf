import type pg from 'pg'
import { newId } from '../../../../platform/ids.ts'
import { type Counting, countingBy } from '../../../sla/index.ts'
import { type EngineLimits, openEngine } from '../engine.ts'
import { makeFamily } from '../making/families.ts'
import type { MadePart } from '../making/parts.ts'
import type { Manifest, Root } from '../places/layout.ts'
import type { LakeStore } from '../places/writing.ts'
import { FAMILIES } from '../sources/families.ts'
import { LAKE_SCHEMA } from '../tables.ts'
import { type Changes, changesSince } from './changes.ts'
import { continues, look, type Sight } from './looking.ts'
import { manifestWith } from './manifests.ts'
import { listsOf, stretchesOf } from './stretches.ts'

/** The lake as the writer knows it; nothing of it is only in memory. */
export type Known = { root: Root; manifests: ReadonlyMap<string, Manifest> }

export type Pull = {
  client: pg.ClientBase
  store: LakeStore
  limits: EngineLimits
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
  const pulled = await pullIn(wish, sight)
  await client.query('rollback') // nothing was written; a pull that fails ends with its connection
  return pulled
}

async function pullIn(wish: Pull, sight: Sight): Promise<Pulled> {
  const { client, known, broken } = wish
  const all = await workspacesOf(client)
  const from = known && continues(known.root, sight) ? known : null
  const changes = from
    ? await changesSince(client, from.root.snapshot)
    : { things: new Map(), whole: new Set(all.keys()) }
  for (const id of all.keys()) if (broken.has(id) || !from?.manifests.has(id)) changes.whole.add(id)
  const gone = [...(from?.manifests.keys() ?? [])].filter((id) => !all.has(id))
  for (const id of changes.whole) if (!all.has(id)) changes.whole.delete(id)
  const touched = new Set(
    [...changes.whole, ...[...changes.things.values()].flat().map(({ workspaceId }) => workspaceId)].filter((id) =>
      all.has(id),
    ),
  )
  if (from && touched.size === 0 && gone.length === 0)
    return { known: { ...from, root: { ...from.root, snapshot: sight.snapshot } }, moved: [], rebuilt: 0 }

  if (changes.whole.size > 0) await wish.rebuilding(changes.whole.size)
  const countings = await countingsOf(client, [...touched])
  const parts = await makeAll(wish, changes, countings)
  const manifests = new Map([...(from?.manifests ?? [])].filter(([id]) => all.has(id)))
  const commit = newId()
  for (const workspaceId of touched) {
    const own = parts.filter((part) => part.workspaceId === workspaceId)
    const before = changes.whole.has(workspaceId) ? null : (manifests.get(workspaceId) ?? null)
    const manifest = manifestWith(before, own, { workspaceId, commit, zone: all.get(workspaceId) ?? 'UTC' })
    await wish.store.putManifest(manifest)
    manifests.set(workspaceId, manifest)
  }
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

async function makeAll(wish: Pull, changes: Changes, countings: ReadonlyMap<string, Counting>): Promise<MadePart[]> {
  const { client, store, limits } = wish
  const engine = await openEngine(store.workFolder, limits)
  const made: MadePart[] = []
  const keep = async (parts: MadePart[]) => {
    await store.keep(parts)
    made.push(...parts)
  }
  try {
    const reading = { client, engine, countings }
    const whole = [...changes.whole]
    for (const family of FAMILIES) {
      for (const scope of listsOf(changes.things.get(family.name) ?? []))
        await keep(await makeFamily(reading, family, scope))
      if (whole.length > 0)
        for await (const scope of stretchesOf(client, family, whole))
          await keep(await makeFamily(reading, family, scope))
    }
    return made
  } finally {
    await engine.close()
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
