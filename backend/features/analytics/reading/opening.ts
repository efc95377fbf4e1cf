import type { Config } from '../../../config.ts'
import type { Logger } from '../../../platform/log.ts'
import { openLakePlace } from '../lake/places/reading.ts'
import { createReaders, type Readers } from './readers.ts'

/** Whoever asks for figures in this process; nothing is opened before somebody does. */
export const figureReaders = (config: Config, log: Logger): Readers => createReaders(openLakePlace(config.lake), log)
