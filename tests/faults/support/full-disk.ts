import { appendFileSync, existsSync } from 'node:fs'
import { fillDisk, MOMENTS } from '../../support/filling-disk.ts'

/**
 * Loaded into a backend process before anything else: while the file named by DISK_FULL is there, no new object becomes whole; each
 * meets the end of the disk at another moment, which is noted beside that file.
 */
const { DISK_FULL = '', OBJECTS_DIR = '' } = process.env
let begun = 0

fillDisk({
  under: OBJECTS_DIR,
  next: () => (existsSync(DISK_FULL) ? MOMENTS[begun++ % MOMENTS.length] : undefined),
  met: (moment) => appendFileSync(`${DISK_FULL}.met`, `${moment}\n`),
})
