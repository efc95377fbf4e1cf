import type { Readable } from 'node:stream'
import type { ListMultipartUploadsCommandOutput } from '@aws-sdk/client-s3'
import type { Metrics } from '../../../platform/metrics.ts'
import { ObjectsAway, sortS3 } from '../failures.ts'
import { type S3Access, s3Library } from './library.ts'
import { unstalled } from './unstalled.ts'

/** Part of a bucket, behind a prefix that no key below names: what S3 does, and nothing of what we keep there. */
export type Bucket = {
  /** @returns its tag, which changes with its bytes. @throws ObjectChanged when `only` does not hold */
  put(key: string, bytes: Uint8Array, only?: { tag: string } | 'new'): Promise<string>
  /** Begins to read a stretch. @param only its tag, of one that was begun before. @throws KeyUnknown, BeyondTheEnd */
  open(key: string, stretch: { from: number; to: number; tag?: string | undefined }): Promise<Opened>
  /** @throws KeyUnknown */
  sizeOf(key: string): Promise<number>
  remove(key: string): Promise<void>
  /** Everything below a folder; all of it for an empty one. */
  list(folder: string): AsyncIterable<{ key: string; bytes: number }>
  /** Uploads below a folder that were begun and not ended. */
  uploads(folder: string): AsyncIterable<Upload>
  begin(key: string): Promise<Upload>
  /** @param number from 1. @returns the tag of the part */
  add(upload: Upload, number: number, bytes: Uint8Array): Promise<string>
  /** @param tags of all parts in order. @throws UploadUnknown */
  complete(upload: Upload, tags: readonly string[]): Promise<void>
  /** Its parts are gone; also when it was not known. */
  giveUp(upload: Upload): Promise<void>
}

export type Upload = { key: string; id: string }

type Opened = { tag: string | undefined; bytes: number; body: AsyncIterable<Buffer> }

export type BucketSettings = S3Access & {
  bucket: string
  /** Without slashes at its ends; empty for all of the bucket. */
  prefix: string
  /** null where nobody counts: on the command line. */
  metrics: Metrics | null
  /** Milliseconds without an answer, or without a byte of one. */
  timeoutMs?: number
}

/** A bucket over HTTP. Failures come as ours, in words, without what the library knows of the key. */
export function createBucket({ bucket, prefix, metrics, timeoutMs = 30_000, ...access }: BucketSettings): Bucket {
  const library = s3Library(access, timeoutMs)
  const Bucket = bucket
  const before = prefix === '' ? '' : `${prefix}/`
  const place = (key: string) => ({ Bucket, Key: before + key })
  const below = (folder: string) => ({ Bucket, Prefix: before + (folder === '' ? '' : `${folder}/`) })
  const ask = async <T>(method: string, work: (lib: Awaited<ReturnType<typeof library>>) => Promise<T>): Promise<T> => {
    const count = (outcome: string) => metrics?.outside.inc({ system: 'objects', method, outcome })
    try {
      const done = await work(await library())
      count('done')
      return done
    } catch (error) {
      const failure = sortS3(error)
      count(failure instanceof ObjectsAway ? failure.why : 'answered')
      throw failure
    }
  }
  const upload = ({ key, id }: Upload) => ({ ...place(key), UploadId: id })
  const keyOf = (key: string | undefined) => (key ?? '').slice(before.length)
  return {
    put: (key, bytes, only) =>
      ask('put', async ({ s3, client }) => {
        const when = only === 'new' ? { IfNoneMatch: '*' } : only && { IfMatch: only.tag }
        const { ETag } = await client.send(new s3.PutObjectCommand({ ...place(key), Body: bytes, ...when }))
        return ETag ?? ''
      }),
    open: (key, { from, to, tag }) =>
      ask('get', async ({ s3, client }) => {
        const Range = from === 0 && to === Infinity ? undefined : `bytes=${from}-${to === Infinity ? '' : to - 1}`
        const found = await client.send(new s3.GetObjectCommand({ ...place(key), Range, IfMatch: tag }))
        const body = unstalled(found.Body as Readable, timeoutMs)
        return { tag: found.ETag, bytes: found.ContentLength ?? 0, body }
      }),
    sizeOf: (key) =>
      ask(
        'head',
        async ({ s3, client }) => (await client.send(new s3.HeadObjectCommand(place(key)))).ContentLength ?? 0,
      ),
    remove: (key) =>
      ask('remove', async ({ s3, client }) => void (await client.send(new s3.DeleteObjectCommand(place(key))))),
    async *list(folder) {
      let next: string | undefined
      do {
        const page = await ask('list', ({ s3, client }) =>
          client.send(new s3.ListObjectsV2Command({ ...below(folder), ContinuationToken: next })),
        )
        for (const { Key, Size } of page.Contents ?? []) yield { key: keyOf(Key), bytes: Size ?? 0 }
        next = page.IsTruncated ? page.NextContinuationToken : undefined
      } while (next !== undefined)
    },
    async *uploads(folder) {
      let page: ListMultipartUploadsCommandOutput | undefined
      do {
        const from = page && { KeyMarker: page.NextKeyMarker, UploadIdMarker: page.NextUploadIdMarker }
        page = await ask('list-uploads', ({ s3, client }) =>
          client.send(new s3.ListMultipartUploadsCommand({ ...below(folder), ...from })),
        )
        for (const { Key, UploadId } of page.Uploads ?? []) yield { key: keyOf(Key), id: UploadId ?? '' }
      } while (page.IsTruncated)
    },
    begin: (key) =>
      ask('begin', async ({ s3, client }) => {
        const { UploadId } = await client.send(new s3.CreateMultipartUploadCommand(place(key)))
        return { key, id: UploadId ?? '' }
      }),
    add: (to, number, bytes) =>
      ask('add', async ({ s3, client }) => {
        const part = { ...upload(to), PartNumber: number, Body: bytes }
        return (await client.send(new s3.UploadPartCommand(part))).ETag ?? ''
      }),
    complete: (of, tags) =>
      ask('complete', async ({ s3, client }) => {
        const Parts = tags.map((ETag, at) => ({ ETag, PartNumber: at + 1 }))
        await client.send(new s3.CompleteMultipartUploadCommand({ ...upload(of), MultipartUpload: { Parts } }))
      }),
    giveUp: (of) =>
      ask('give-up', async ({ s3, client }) => {
        await client.send(new s3.AbortMultipartUploadCommand(upload(of))).catch((error: unknown) => {
          if ((error as { name?: unknown }).name !== 'NoSuchUpload') throw error
        })
      }),
  }
}
