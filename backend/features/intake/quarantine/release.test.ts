import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { releaseHere, releaseOf } from './release.ts'

const CODE = [
  'package-lock.json',
  'backend/features/intake/filing.ts',
  'backend/features/tickets/receiving.ts',
  'backend/features/files/keeping.ts',
  'backend/platform/tenancy.ts',
  'shared/tickets.ts',
  'prisma/migrations/20261121_first/migration.sql',
]

let root: string
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'sidedesk-release-'))
  for (const path of CODE) await write(path, 'as it was')
})
afterEach(() => rm(root, { recursive: true }))

async function write(path: string, words: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true })
  await writeFile(join(root, path), words)
}

test.each(CODE)('whatever a mail passes through is mended, it is another version that tries it: %s', async (path) => {
  const before = await releaseOf(root)
  await write(path, 'mended')
  expect(await releaseOf(root)).not.toBe(before)
})

test('a statement or a file that is added or taken away is another version, too', async () => {
  const before = await releaseOf(root)
  await write('prisma/migrations/20261125_second/migration.sql', 'select 1')
  const added = await releaseOf(root)
  await rm(join(root, 'backend/platform/tenancy.ts'))
  expect(new Set([before, added, await releaseOf(root)]).size).toBe(3)
})

test('tests, pages of the guide and what is made of the rest are no version', async () => {
  const before = await releaseOf(root)
  for (const path of [
    'backend/features/intake/filing.test.ts',
    'docs/guides/desk.md',
    'backend/generated/prisma/client.ts',
  ])
    await write(path, 'new')
  expect(await releaseOf(root)).toBe(before)
})

test('this version is known, and the same each time', async () => {
  expect(await releaseHere()).toMatch(/^[0-9a-f]{12}$/)
  expect(await releaseHere()).toBe(await releaseHere())
})
