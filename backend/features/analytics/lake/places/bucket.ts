import type { z } from 'zod'
import { type Bucket, type BucketSettings, createBucket, KeyUnknown } from '../../../../clients/objects/index.ts'
import type { Metrics } from '../../../../platform/metrics.ts'
import { ROOT, Root } from './layout.ts'
import { type PartsHere, partsHere } from './parts-here.ts'
import { LakeBroken } from './reading.ts'

/** Where a lake in a bucket lies. */
export type BucketLake = {
  /** What this machine holds of it. */
  dir: string
  cacheBytes: number
  everyMs: number
  bucket: Omit<BucketSettings, 'metrics'>
}

/** A lake in a bucket, as one process knows it. */
export type Ground = {
  bucket: Bucket
  here: PartsHere
  /** The root and the tag that it has; null while there is none. @throws LakeBroken */
  readRoot(): Promise<Root | null>
  /** Of the root that was read last: what the next one has to replace. null for none, undefined before the first reading. */
  tag: string | null | undefined
}

/** @param timeoutMs how long a request may take to be answered, or to bring another byte, unless the settings say otherwise */
export function groundOf(
  { dir, cacheBytes, bucket: settings }: BucketLake,
  metrics: Metrics | null,
  timeoutMs: number,
): Ground {
  const bucket = createBucket({ timeoutMs, ...settings, metrics })
  const ground: Ground = {
    bucket,
    here: partsHere(dir, { bytes: cacheBytes }),
    tag: undefined,
    async readRoot() {
      const found = await textAt(bucket, ROOT)
      ground.tag = found?.tag ?? null
      return found && parsed(ROOT, found.text, Root)
    },
  }
  return ground
}

/** @returns null when there is nothing under this key */
export async function textAt(bucket: Bucket, key: string): Promise<{ text: string; tag: string | null } | null> {
  try {
    const { body, tag } = await bucket.open(key, { from: 0, to: Number.POSITIVE_INFINITY })
    const parts: Buffer[] = []
    for await (const part of body) parts.push(part)
    return { text: Buffer.concat(parts).toString('utf8'), tag: tag ?? null }
  } catch (error) {
    if (error instanceof KeyUnknown) return null
    throw error
  }
}

/** @throws LakeBroken when it is something else */
export function parsed<T>(key: string, text: string, shape: z.ZodType<T>): T {
  try {
    return shape.parse(JSON.parse(text))
  } catch (error) {
    throw new LakeBroken(`${key} is not what it should be`, { cause: error })
  }
}
