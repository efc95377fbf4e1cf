import type { BucketSettings } from '../../../../clients/objects/index.ts'
import type { Metrics } from '../../../../platform/metrics.ts'
import { groundOf } from './bucket.ts'
import { bucketPlace } from './bucket-reading.ts'
import { bucketStore } from './bucket-writing.ts'
import { type LakePlace, openLakePlace } from './reading.ts'
import { folderStore, type LakeStore } from './writing.ts'

/** Where the lake lies: in a folder, or in a bucket of which that folder holds what this machine reads. */
export type LakeAt = {
  dir: string
  everyMs: number
  bucket: Omit<BucketSettings, 'metrics'> | null
  cacheBytes: number
}

/** Milliseconds: somebody waits for a figure, nobody for a part that is brought. */
const READING_MS = 5_000
const WRITING_MS = 30_000

/** As whoever reads figures sees it. */
export function lakeToRead({ bucket, ...at }: LakeAt, metrics: Metrics | null): LakePlace {
  if (bucket === null) return openLakePlace(at)
  return bucketPlace(at, groundOf({ ...at, bucket }, metrics, READING_MS), 'old')
}

/** As its one writer sees it. */
export function lakeToWrite(
  { bucket, ...at }: LakeAt,
  metrics: Metrics | null,
): { place: LakePlace; store: LakeStore } {
  if (bucket === null) return { place: openLakePlace(at), store: folderStore(at.dir) }
  const ground = groundOf({ ...at, bucket }, metrics, WRITING_MS)
  return { place: bucketPlace(at, ground, 'fail'), store: bucketStore(at.dir, ground) }
}
