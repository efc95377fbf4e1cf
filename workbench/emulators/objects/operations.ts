import type { IncomingHttpHeaders } from 'node:http'
import { Refusal } from './refusal.ts'
import type { Store } from './store.ts'
import { xml } from './xml.ts'

export type Operation =
  | 'put'
  | 'get'
  | 'head'
  | 'remove'
  | 'list'
  | 'list-uploads'
  | 'begin'
  | 'add'
  | 'complete'
  | 'give-up'

export interface Asked {
  key: string
  query: URLSearchParams
  headers: IncomingHttpHeaders
  body: Buffer
  store: Store
  bucket: string
  /** Most that a page of a list has, whatever is asked for. */
  pageSize: number
}

export interface Answer {
  status?: number
  headers?: Record<string, string>
  body?: Buffer | string
}

/** Which operation a request is, as S3 tells them apart. */
export function operationOf(method: string, key: string, query: URLSearchParams): Operation {
  const has = (name: string) => query.has(name)
  if (key === '' && method === 'GET') {
    if (query.get('list-type') === '2') return 'list'
    if (has('uploads')) return 'list-uploads'
  }
  if (key !== '') {
    if (method === 'PUT') return has('uploadId') ? 'add' : 'put'
    if (method === 'POST' && has('uploads')) return 'begin'
    if (method === 'POST' && has('uploadId')) return 'complete'
    if (method === 'DELETE') return has('uploadId') ? 'give-up' : 'remove'
    if (method === 'GET') return 'get'
    if (method === 'HEAD') return 'head'
  }
  throw new Refusal('NotImplemented')
}

export const OPERATIONS: Record<Operation, (asked: Asked) => Answer> = {
  put({ store, key, body, headers }) {
    const only = { match: headers['if-match'], isNew: headers['if-none-match'] === '*' }
    return { headers: { etag: store.put(key, body, only).etag } }
  },
  get({ store, key, headers }) {
    const { bytes, etag, at } = store.get(key)
    if (headers['if-match'] !== undefined && headers['if-match'] !== etag) throw new Refusal('PreconditionFailed')
    const tags = { etag, 'last-modified': at.toUTCString(), 'accept-ranges': 'bytes' }
    const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(headers.range ?? '') ?? []
    if (from === undefined) return { headers: tags, body: bytes }
    const [first, last] = [Number(from), Math.min(to ? Number(to) : Infinity, bytes.length - 1)]
    if (first > last) throw new Refusal('InvalidRange')
    const range = { 'content-range': `bytes ${first}-${last}/${bytes.length}` }
    return { status: 206, headers: { ...tags, ...range }, body: bytes.subarray(first, last + 1) }
  },
  head({ store, key }) {
    const { bytes, etag } = store.get(key)
    return { headers: { etag, 'content-length': String(bytes.length) } }
  },
  remove({ store, key }) {
    store.remove(key)
    return { status: 204 }
  },
  list({ store, bucket, query, pageSize }) {
    const prefix = query.get('prefix') ?? ''
    const after = Buffer.from(query.get('continuation-token') ?? '', 'base64url').toString()
    const keys = [...store.objects.keys()].filter((key) => key.startsWith(prefix) && key > after).sort()
    const page = keys.slice(0, Math.min(Number(query.get('max-keys') ?? 1_000), pageSize))
    const isCut = page.length < keys.length
    const Contents = page.map((Key) => {
      const { bytes, etag, at } = store.get(Key)
      return { Key, LastModified: at.toISOString(), ETag: etag, Size: bytes.length, StorageClass: 'STANDARD' }
    })
    const next = isCut && { NextContinuationToken: Buffer.from(page.at(-1) ?? '').toString('base64url') }
    const found = { Name: bucket, Prefix: prefix, KeyCount: page.length, IsTruncated: isCut, ...next, Contents }
    return { body: xml('ListBucketResult', found) }
  },
  'list-uploads'({ store, bucket, query, pageSize }) {
    const [key, id] = [query.get('key-marker') ?? '', query.get('upload-id-marker') ?? '']
    const all = store.unfinished(query.get('prefix') ?? '')
    const left = all.slice(key === '' ? 0 : all.findIndex((one) => one.key === key && one.id === id) + 1)
    const page = left.slice(0, pageSize)
    const last = page.at(-1)
    const isCut = page.length < left.length
    const next = isCut && last && { NextKeyMarker: last.key, NextUploadIdMarker: last.id }
    const Upload = page.map((one) => ({ Key: one.key, UploadId: one.id }))
    return { body: xml('ListMultipartUploadsResult', { Bucket: bucket, IsTruncated: isCut, ...next, Upload }) }
  },
  begin: ({ store, bucket, key }) => ({
    body: xml('InitiateMultipartUploadResult', { Bucket: bucket, Key: key, UploadId: store.begin(key) }),
  }),
  add: ({ store, key, query, body }) => ({
    headers: { etag: store.add(key, query.get('uploadId') ?? '', Number(query.get('partNumber')), body).etag },
  }),
  complete({ store, bucket, key, query, body }) {
    const parts = [...body.toString('utf8').matchAll(/<Part>(.*?)<\/Part>/gs)].map(([, part = '']) => ({
      number: Number(/<PartNumber>(\d+)<\/PartNumber>/.exec(part)?.[1]),
      etag: (/<ETag>(.*?)<\/ETag>/.exec(part)?.[1] ?? '').replaceAll('&quot;', '"'),
    }))
    const { etag } = store.complete(key, query.get('uploadId') ?? '', parts)
    return { body: xml('CompleteMultipartUploadResult', { Bucket: bucket, Key: key, ETag: etag }) }
  },
  'give-up'({ store, key, query }) {
    store.giveUp(key, query.get('uploadId') ?? '')
    return { status: 204 }
  },
}
