import { setImmediate as turn } from 'node:timers/promises'
import { expect, test } from '@jest/globals'
import { newId } from '../../../../platform/ids.ts'
import type { Manifest } from '../places/layout.ts'
import { LakeBroken, type LakePlace } from '../places/reading.ts'
import { LAKE_SCHEMA } from '../tables.ts'
import { createChecker } from './checking.ts'
import { findLake } from './knowing.ts'

const MINUTES = 60_000

/** A place whose files are asked for slowly, of so many workspaces; it notes how many are asked for at once. */
function slowPlace(workspaces: number) {
  const manifests = new Map<string, Manifest>()
  for (let n = 0; n < workspaces; n++) {
    const workspaceId = newId()
    manifests.set(workspaceId, { workspaceId, commit: newId(), zone: 'UTC', openUntil: 2027, tables: {} })
  }
  const seen = { checked: [] as string[], most: 0, missing: new Set<string>() }
  let now = 0
  const check = async ({ workspaceId }: Manifest) => {
    seen.most = Math.max(seen.most, ++now)
    await turn()
    now--
    seen.checked.push(workspaceId)
    if (seen.missing.has(workspaceId)) throw new LakeBroken('a part is missing')
  }
  const root = async () => ({
    schema: LAKE_SCHEMA,
    commit: newId(),
    asOf: new Date(0).toISOString(),
    source: { system: '1', timeline: 1, database: '1' },
    snapshot: '1:1:',
    workspaces: Object.fromEntries([...manifests].map(([id, { commit }]) => [id, commit])),
  })
  const manifest = async (workspaceId: string) => manifests.get(workspaceId)
  return { manifests, seen, place: { check, root, manifest } as unknown as LakePlace }
}

test('of two thousand workspaces some are looked after before each pull, a few at once, until all were', async () => {
  const { manifests, seen, place } = slowPlace(2_000)
  let now = 0
  const check = createChecker(place, () => now)
  expect(await check(manifests)).toEqual(new Map()) // who began has just looked at all
  expect(seen.checked).toEqual([])
  now += 6 * MINUTES
  const missing = [...manifests.keys()][1_500] ?? ''
  seen.missing.add(missing)
  const told: string[] = []
  for (let pull = 0; pull < 40; pull++) {
    const before = seen.checked.length
    told.push(...(await check(manifests)).keys())
    expect(seen.checked.length - before).toBeLessThanOrEqual(64)
  }
  expect(seen.checked).toHaveLength(2_000)
  expect(new Set(seen.checked).size).toBe(2_000)
  expect(told).toEqual([missing])
  expect(seen.most).toBeGreaterThan(1)
  expect(seen.most).toBeLessThanOrEqual(8)
})

test('a workspace that is erased in the middle of a round is no longer looked for, and a round begins every five minutes', async () => {
  const { manifests, seen, place } = slowPlace(100)
  let now = 6 * MINUTES
  const check = createChecker(place, () => now - 6 * MINUTES)
  now += 6 * MINUTES
  await check(manifests)
  const [gone = ''] = [...manifests.keys()].filter((id) => !seen.checked.includes(id))
  manifests.delete(gone)
  await check(manifests)
  expect(seen.checked).toHaveLength(99)
  await check(manifests)
  expect(seen.checked).toHaveLength(99)
  now += 6 * MINUTES
  await check(manifests)
  expect(seen.checked).toHaveLength(163)
})

test('a writer that begins looks at several workspaces at once, and knows those that are broken', async () => {
  const { manifests, seen, place } = slowPlace(300)
  const [missing = ''] = manifests.keys()
  seen.missing.add(missing)
  const { known, broken } = await findLake(place)
  expect(known?.manifests.size).toBe(299)
  expect([...broken]).toEqual([[missing, 'a part is missing']])
  expect(seen.most).toBeGreaterThan(1)
  expect(seen.most).toBeLessThanOrEqual(8)
})
