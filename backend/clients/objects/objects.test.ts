import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type ObjectStorage, startObjects } from '../../../workbench/emulators/objects/objects.ts'
import { newId } from '../../platform/ids.ts'
import { createMetrics } from '../../platform/metrics.ts'
import { createBucket, folderObjects, type Objects, objectKey, s3Objects } from './index.ts'

let root = ''
let storage: ObjectStorage
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'sidedesk-objects-'))
  storage = await startObjects({ pageSize: 3 })
})
afterAll(async () => {
  await storage.close()
  await rm(root, { recursive: true })
})

const bucketOf = (prefix: string) =>
  createBucket({
    endpoint: storage.url,
    region: 'us-east-1',
    keyId: storage.key.id,
    secret: storage.key.secret,
    pathStyle: true,
    bucket: 'desk',
    prefix,
    metrics: createMetrics({ runtime: false }),
  })

/** One list of stories, told of each place that objects can lie in. */
const PLACES: Record<string, () => Objects> = {
  'a folder': () => folderObjects(join(root, 'deep', 'store')),
  'object storage': () => s3Objects(bucketOf('mails/of desk')),
  'all of a bucket': () => s3Objects(bucketOf('')),
}

/** More than a part of what is written in pieces. */
const LARGE = Buffer.alloc(20_000_001, 'large and sealed ')

describe.each(Object.entries(PLACES))('objects in %s', (_, open) => {
  let objects: Objects
  beforeAll(() => {
    objects = open()
  })

  test('what is put comes back byte for byte, and again after it is overwritten', async () => {
    const key = objectKey(newId(), newId())
    await objects.put(key, Buffer.from([0, 1, 255]))
    await objects.put(key, Buffer.from([7]))
    expect([...(await objects.get(key))]).toEqual([7])
  })

  test('many at once are all there, more than a page of a list has, and nothing half written', async () => {
    const workspace = newId()
    const keys = Array.from({ length: 20 }, () => objectKey(workspace, newId()))
    await Promise.all(keys.map((key) => objects.put(key, Buffer.alloc(10_000, key))))
    const found: string[] = []
    for await (const { key } of objects.list(workspace)) found.push(key)
    expect(found.sort()).toEqual(keys.sort())
    expect((await listed(objects, workspace)).every(({ whole }) => whole)).toBe(true)
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
    expect(await listed(objects, workspace)).toEqual([{ key: kept, whole: true }])
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
    await dead.write(LARGE)
    expect(await listed(objects, workspace)).toEqual([{ key, whole: false }])
    for await (const found of objects.list(workspace)) await objects.removeUnfinished(found)
    expect(await listed(objects, workspace)).toEqual([])
    await dead.abort()
  })

  test('what is large comes back as it was, at once or in pieces of any length', async () => {
    const workspace = newId()
    const [whole, pieces] = [objectKey(workspace, newId()), objectKey(workspace, newId())]
    await objects.put(whole, LARGE)
    const writer = await objects.write(pieces)
    const scratch = Buffer.alloc(3_000_000)
    for (let at = 0; at < LARGE.length; at += scratch.length) {
      const length = LARGE.copy(scratch, 0, at)
      await writer.write(scratch.subarray(0, length)) // the same place again and again
    }
    await writer.finish()
    for (const key of [whole, pieces]) expect((await objects.get(key)).equals(LARGE)).toBe(true)
    const end: Buffer[] = []
    for await (const part of objects.read(pieces, 19_999_990, Number.POSITIVE_INFINITY)) end.push(part)
    expect(Buffer.concat(end).equals(LARGE.subarray(19_999_990))).toBe(true)
    expect(await listed(objects, workspace)).toHaveLength(2)
  })

  test('an object of no bytes is one, and a stretch behind the end has none', async () => {
    const key = objectKey(newId(), newId())
    await objects.put(key, Buffer.alloc(0))
    expect((await objects.get(key)).length).toBe(0)
    const writer = await objects.write(key)
    await writer.finish()
    const parts: Buffer[] = []
    for await (const part of objects.read(key, 5, 10)) parts.push(part)
    expect(parts).toEqual([])
  })

  test('a stretch of what is not there is missing', async () => {
    const ask = async () => {
      for await (const part of objects.read(objectKey(newId(), newId()), 0, 10)) expect(part).toBeUndefined()
    }
    await expect(ask()).rejects.toMatchObject({ name: 'ObjectMissing' })
  })

  test('one workspace is listed without the objects of another', async () => {
    const [one, other] = [newId(), newId()]
    const key = objectKey(one, newId())
    await objects.put(key, Buffer.from('x'))
    await objects.put(objectKey(other, newId()), Buffer.from('x'))
    expect(await listed(objects, one)).toEqual([{ key, whole: true }])
  })

  test('a store that can be used is said to be so', async () => {
    await expect(objects.check()).resolves.toBeUndefined()
  })
})

test('a folder has no draft left over when many wrote at once', async () => {
  const objects = folderObjects(join(root, 'drafts'))
  const workspace = newId()
  await Promise.all(
    Array.from({ length: 20 }, () => objects.put(objectKey(workspace, newId()), LARGE.subarray(0, 9_000))),
  )
  const names = await readdir(join(root, 'drafts'), { recursive: true })
  expect(names.filter((name) => name.endsWith('.part'))).toEqual([])
})

test('a folder that is a file, or in one, cannot be used, which is said', async () => {
  await writeFile(join(root, 'file'), '')
  for (const folder of ['file', 'file/below'])
    await expect(folderObjects(join(root, folder)).check()).rejects.toThrow('is no folder')
})

test('others may keep other things in the bucket: they are not ours to list', async () => {
  const workspace = newId()
  storage.bucket().put(`shared/${workspace}/notes.txt`, Buffer.from('x'))
  expect(await listed(s3Objects(bucketOf('shared')), workspace)).toEqual([])
})

async function listed(objects: Objects, workspace: string) {
  const found: { key: string; whole: boolean }[] = []
  for await (const { key, whole } of objects.list(workspace)) found.push({ key, whole })
  return found
}
