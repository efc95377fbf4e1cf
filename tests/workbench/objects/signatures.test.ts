import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type ObjectStorage, startObjects } from '../../../workbench/emulators/objects/objects.ts'

let storage: ObjectStorage
beforeAll(async () => {
  storage = await startObjects()
})
afterAll(() => storage.close())

const codeOf = async (answer: Promise<Response>) => /<Code>(\w+)<\/Code>/.exec(await (await answer).text())?.[1]

const signedAs = (id: string, more: Record<string, string> = {}) => ({
  authorization: `AWS4-HMAC-SHA256 Credential=${id}/20261122/us-east-1/s3/aws4_request, SignedHeaders=host;x-amz-date, Signature=${'0'.repeat(64)}`,
  'x-amz-date': new Date().toISOString().replaceAll(/[-:]|\.\d+/g, ''),
  'x-amz-content-sha256': createHash('sha256').update('x').digest('hex'),
  ...more,
})

const put = (headers: Record<string, string>, body = 'x') =>
  codeOf(fetch(`${storage.url}/desk/key`, { method: 'PUT', headers, body }))

test('object storage takes nothing from who does not sign, or signs as somebody else', async () => {
  expect(await put({})).toBe('AccessDenied')
  expect(await put(signedAs('somebody'))).toBe('InvalidAccessKeyId')
  expect(await put(signedAs(storage.key.id))).toBe('SignatureDoesNotMatch')
  expect(storage.keys()).toEqual([])
})

test('it refuses bytes that are not those that were signed, and a clock that is wrong', async () => {
  expect(await put(signedAs(storage.key.id), 'other bytes')).toBe('XAmzContentSHA256Mismatch')
  expect(await put(signedAs(storage.key.id, { 'x-amz-date': '20200101T000000Z' }))).toBe('RequestTimeTooSkewed')
})
