import { setTimeout as pause } from 'node:timers/promises'
import { inspect } from 'node:util'
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { type ObjectStorage, startObjects } from '../../../../workbench/emulators/objects/objects.ts'
import { newId } from '../../../platform/ids.ts'
import { createMetrics } from '../../../platform/metrics.ts'
import { createBucket, objectKey, s3Objects } from '../index.ts'
import type { BucketSettings } from './bucket.ts'

let storage: ObjectStorage
beforeAll(async () => {
  storage = await startObjects({ region: 'eu-north-1' })
})
afterAll(() => storage.close())
afterEach(() => storage.faults.clear())

const metrics = createMetrics({ runtime: false })
const bucketWith = (more: Partial<BucketSettings> = {}) =>
  createBucket({
    endpoint: storage.url,
    region: 'eu-north-1',
    keyId: storage.key.id,
    secret: storage.key.secret,
    pathStyle: true,
    bucket: 'desk',
    prefix: 'objects',
    metrics,
    ...more,
  })
const objectsWith = (more: Partial<BucketSettings> = {}) => s3Objects(bucketWith(more))
const newKey = () => objectKey(newId(), newId())
const LARGE = Buffer.alloc(9_000_001, 'large and sealed ')

const failureOf = (work: Promise<unknown>): Promise<Error> =>
  work.then(
    () => {
      throw new Error('It did not fail')
    },
    (error: Error) => error,
  )

test('a store that is out of reach is said to be so, and serves again when it is back', async () => {
  const objects = objectsWith()
  const key = newKey()
  await objects.put(key, Buffer.from('kept'))
  await storage.stop()
  const away = { name: 'ObjectsAway', why: 'unreachable', code: 'unavailable', message: /cannot be reached/ }
  for (const work of [
    objects.get(key),
    objects.put(newKey(), Buffer.from('x')),
    objects.remove(key),
    objects.check(),
  ]) {
    const { message, ...rest } = away
    const failure = await failureOf(work)
    expect(failure).toMatchObject(rest)
    expect(failure.message).toMatch(message)
  }
  await storage.start()
  expect((await objects.get(key)).toString()).toBe('kept')
})

describe('what the store says is told in words, after as many tries as make sense', () => {
  test.each([
    ['AccessDenied', 'denied', /refuses the key/, 1],
    ['XMinioStorageFull', 'full', /takes nothing more/, 1],
    ['SlowDown', 'busy', /slow down/, 3],
    ['InternalError', 'failing', /fails at the moment/, 3],
  ] as const)('%s', async (kind, why, words, tries) => {
    const before = storage.asked('put')
    storage.faults.add({ operation: 'put', kind, times: 100 })
    const failure = await failureOf(objectsWith().put(newKey(), Buffer.from('x')))
    expect(failure).toMatchObject({ name: 'ObjectsAway', why })
    expect(failure.message).toMatch(words)
    expect(storage.asked('put') - before).toBe(tries)
  })

  test.each([
    ['a secret that is wrong', { secret: 'guessed' }, 'denied'],
    ['an id that nobody has', { keyId: 'nobody' }, 'denied'],
    ['another region', { region: 'us-west-2' }, 'denied'],
    ['a bucket that is not there', { bucket: 'nowhere' }, 'no_bucket'],
  ] as const)('%s', async (_, more, why) => {
    expect(await failureOf(objectsWith(more).check())).toMatchObject({ name: 'ObjectsAway', why })
  })
})

test('a store that is busy for a moment costs a pause and nothing else', async () => {
  storage.faults.add({ operation: 'put', kind: 'SlowDown', times: 2 })
  const key = newKey()
  await objectsWith().put(key, Buffer.from('kept'))
  expect((await objectsWith().get(key)).toString()).toBe('kept')
})

test('a store that never answers is given up', async () => {
  storage.faults.add({ operation: '*', kind: 'silent', times: 3 })
  expect(await failureOf(objectsWith({ timeoutMs: 150 }).put(newKey(), Buffer.from('x')))).toMatchObject({
    why: 'unreachable',
  })
})

test('what is cut off in the middle goes on where it was; what is cut off for ever ends', async () => {
  const key = newKey()
  const objects = objectsWith()
  await objects.put(key, LARGE)
  storage.faults.add({ operation: 'get', kind: 'cut', times: 3 }) // each leaves half of what was left
  const before = storage.asked('get')
  expect((await objects.get(key)).equals(LARGE)).toBe(true)
  expect(storage.asked('get') - before).toBe(4)
  storage.faults.add({ operation: 'get', kind: 'cut', times: 1_000 })
  expect(await failureOf(objects.get(key))).toMatchObject({ why: 'unreachable' })
})

test('an object that becomes another one while it is read is never put together of both', async () => {
  const key = newKey()
  const objects = objectsWith()
  await objects.put(key, LARGE)
  storage.faults.add({ operation: 'get', kind: 'cut' })
  const read = async () => {
    let size = 0
    for await (const part of objects.read(key, 0, LARGE.length)) {
      if (size === 0) await objects.put(key, Buffer.alloc(LARGE.length, 'another one '))
      size += part.length
    }
    return size
  }
  expect(await failureOf(read())).toMatchObject({ name: 'ObjectChanged' })
})

test('who reads slowly is waited for, a store that stops in the middle is not', async () => {
  const key = newKey()
  await objectsWith().put(key, LARGE)
  let size = 0
  for await (const part of objectsWith({ timeoutMs: 1_500 }).read(key, 0, LARGE.length)) {
    if (size === 0) await pause(3_000)
    size += part.length
  }
  expect(size).toBe(LARGE.length)
})

test.each(['put', 'add', 'complete', 'begin'] as const)(
  'an answer to %s that was lost leaves the object whole',
  async (operation) => {
    const key = newKey()
    const objects = objectsWith()
    const content = operation === 'put' ? Buffer.from('small') : LARGE
    storage.faults.add({ operation, kind: 'lost-reply' })
    await objects.put(key, content)
    expect((await objects.get(key)).equals(content)).toBe(true)
  },
)

test('bytes that are cut off on their way to the store are sent again', async () => {
  const key = newKey()
  storage.faults.add({ operation: 'put', kind: 'cut', times: 2 })
  await objectsWith().put(key, LARGE.subarray(0, 3_000_000))
  expect((await objectsWith().get(key)).length).toBe(3_000_000)
})

test('what cannot be given up while the store is away is found unfinished afterwards', async () => {
  const workspace = newId()
  const key = objectKey(workspace, newId())
  const writer = await objectsWith().write(key)
  await writer.write(LARGE)
  await storage.stop()
  await writer.abort()
  await storage.start()
  const found = []
  for await (const one of objectsWith().list(workspace)) found.push(one)
  expect(found).toMatchObject([{ key, whole: false }])
  for (const one of found) await objectsWith().removeUnfinished(one)
  for await (const one of objectsWith().list(workspace)) expect(one).toBeUndefined()
})

test('of two that put what they compared with, one is told that the other was first', async () => {
  const bucket = bucketWith()
  const tag = await bucket.put('root.json', Buffer.from('1'), 'new')
  expect(await failureOf(bucket.put('root.json', Buffer.from('2'), 'new'))).toMatchObject({ name: 'ObjectChanged' })
  await bucket.put('root.json', Buffer.from('3'), { tag })
  expect(await failureOf(bucket.put('root.json', Buffer.from('4'), { tag }))).toMatchObject({ name: 'ObjectChanged' })
})

test('neither the key nor its id stands in a failure, and calls are counted by how they ended', async () => {
  const secret = 'a-secret-that-nobody-knows'
  const failure = await failureOf(
    objectsWith({ secret, keyId: 'an-id-that-nobody-has' }).put(newKey(), Buffer.from('x')),
  )
  expect(inspect(failure, { depth: 10, showHidden: true })).not.toMatch(/nobody/)
  const text = await metrics.registry.metrics()
  expect(text).toMatch(/sidedesk_outside_calls_total\{system="objects",method="put",outcome="denied"\} \d/)
  expect(text).toMatch(/method="put",outcome="done"/)
  expect(text).not.toContain('objects/')
})
