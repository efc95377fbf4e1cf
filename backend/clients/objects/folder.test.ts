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
