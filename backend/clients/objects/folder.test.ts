import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { newId } from '../../platform/ids.ts'
import { folderObjects, type Objects, objectKey } from './index.ts'

let root = ''
let objects: Objects
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'sidedesk-objects-'))
  objects = folderObjects(join(root, 'deep', 'store'))
})
afterAll(() => rm(root, { recursive: true }))

test('what is put comes back byte for byte, and again after it is overwritten', async () => {
  const key = objectKey(newId(), newId())
  await objects.put(key, Buffer.from([0, 1, 255]))
  await objects.put(key, Buffer.from([7]))
  expect([...(await objects.get(key))]).toEqual([7])
})

test('many at once in one folder leave nothing half written', async () => {
  const workspace = newId()
  const keys = Array.from({ length: 20 }, () => objectKey(workspace, newId()))
  await Promise.all(keys.map((key) => objects.put(key, Buffer.alloc(10_000, key))))
  const found: string[] = []
  for await (const { key } of objects.list(workspace)) found.push(key)
  expect(found.sort()).toEqual(keys.sort())
  const names = await readdir(join(root, 'deep', 'store'), { recursive: true })
  expect(names.filter((name) => name.endsWith('.part'))).toEqual([])
})

test('a missing object is said, removing it twice is not', async () => {
  const key = objectKey(newId(), newId())
  await expect(objects.get(key)).rejects.toMatchObject({ name: 'ObjectMissing' })
  await objects.put(key, Buffer.from('x'))
  await objects.remove(key)
  await objects.remove(key)
  await expect(objects.get(key)).rejects.toMatchObject({ name: 'ObjectMissing' })
})

test('a key that leads out of the store is refused', async () => {
  await expect(objects.put('../../etc/passwd', Buffer.from('x'))).rejects.toThrow('Not the key')
  await expect(objects.get('a/b/c')).rejects.toThrow('Not the key')
})

test('what comes in pieces is seen when it is finished, and never when it is given up', async () => {
  const workspace = newId()
  const [kept, left] = [objectKey(workspace, newId()), objectKey(workspace, newId())]
  const writer = await objects.write(kept)
  await writer.write(Buffer.from('one '))
  await expect(objects.get(kept)).rejects.toMatchObject({ name: 'ObjectMissing' })
  await writer.write(Buffer.from('two'))
  await writer.finish()
  expect((await objects.get(kept)).toString()).toBe('one two')
  const given = await objects.write(left)
  await given.write(Buffer.from('x'))
  await given.abort()
  expect(await listed(workspace)).toEqual([{ key: kept, whole: true }])
})

test('any stretch of an object is read without the rest', async () => {
  const key = objectKey(newId(), newId())
  const content = Buffer.from(Array.from({ length: 200_000 }, (_, at) => at % 251))
  await objects.put(key, content)
  for (const [from, to] of [
    [0, 10],
    [65_530, 140_001],
    [199_999, 500_000],
  ] as const) {
    const parts: Buffer[] = []
    for await (const part of objects.read(key, from, to)) parts.push(part)
    expect(Buffer.concat(parts).equals(content.subarray(from, to))).toBe(true)
  }
})

test('what a killed process left half written is listed as such, and can be taken away', async () => {
  const workspace = newId()
  const key = objectKey(workspace, newId())
  const dead = await objects.write(key)
  await dead.write(Buffer.from('half'))
  expect(await listed(workspace)).toEqual([{ key, whole: false }])
  for await (const found of objects.list(workspace)) await objects.removeUnfinished(found)
  expect(await listed(workspace)).toEqual([])
  await dead.abort()
})

async function listed(workspace: string) {
  const found: { key: string; whole: boolean }[] = []
  for await (const { key, whole } of objects.list(workspace)) found.push({ key, whole })
  return found
}
