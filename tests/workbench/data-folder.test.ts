import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { placeOf } from '../../workbench/postgres.ts'
import { FOLDERS, openDataFolder, removeData } from '../../workbench/start/data-folder.ts'
import { SCENARIOS } from '../../workbench/start/options.ts'

/** A clone that only its owner may enter: as root, PostgreSQL keeps its data outside, where deleting the clone leaves them behind. */
let clone: string
let path: string
let place: string
let told: string[]
beforeEach(() => {
  clone = mkdtempSync(join(tmpdir(), 'sidedesk-clone-'))
  path = join(clone, 'shop')
  place = placeOf(join(path, 'postgres'))
  told = []
})
afterEach(() => {
  removeData(path)
  rmSync(clone, { recursive: true, force: true })
})

const open = () => openDataFolder(path, (line) => told.push(line))
function databaseMade(): void {
  mkdirSync(place, { recursive: true })
  writeFileSync(join(place, 'PG_VERSION'), '18\n')
}
const write = (name: string) => writeFileSync(join(path, name), '{}')

test('a database of a clone that was deleted is of no use to the next one of that name, which starts over at once', () => {
  databaseMade()
  open()
  expect(existsSync(place)).toBe(false)
  expect(told).toEqual([`${place} is left from an earlier clone and the keys to it are gone; starting over.`])
})

test('a first start that was interrupted is begun again, and one that was not yet begun goes on', () => {
  open()
  write('secrets.json')
  databaseMade()
  open()
  expect(existsSync(place)).toBe(true)
  open().seedingBegins()
  open()
  expect([existsSync(place), existsSync(join(path, 'secrets.json'))]).toEqual([false, false])
  expect(told).toEqual(['The first start was interrupted; starting over.'])
})

test('data that were told to their end are kept; where their keys or their database are gone they are refused and not removed', () => {
  open()
  write('secrets.json')
  databaseMade()
  open().seedingEnds('a workspace')
  expect(open().workspaceId()).toBe('a workspace')
  rmSync(join(path, 'secrets.json'))
  expect(open).toThrow(/secrets\.json is missing.*npm run reset/)
  expect(existsSync(place)).toBe(true)
  write('secrets.json')
  rmSync(place, { recursive: true })
  expect(open).toThrow(`${place} is missing`)
  expect(existsSync(join(path, 'secrets.json'))).toBe(true)
  expect(told).toEqual([])
})

test('every scenario has a folder, which npm run reset removes', () => {
  expect(Object.keys(FOLDERS).toSorted()).toEqual(['everyday', ...SCENARIOS].toSorted())
  expect(new Set(Object.values(FOLDERS)).size).toBe(SCENARIOS.length + 1)
})
