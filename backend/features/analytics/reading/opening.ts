import type { Config } from '../../../config.ts'
import type { Logger } from '../../../platform/log.ts'
import type { Metrics } from '../../../platform/metrics.ts'
import { lakeToRead } from '../lake/places/opening.ts'
import { createReaders, type Readers } from './readers.ts'

/** Whoever asks for figures in this process; nothing is opened before somebody does. */
export const figureReaders = (config: Config, log: Logger, metrics: Metrics | null = null): Readers =>
  createReaders(lakeToRead(config.lake, metrics), log)
