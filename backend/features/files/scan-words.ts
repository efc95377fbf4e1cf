import type { FileScan } from '../../../shared/files.ts'

export const SCAN_WORDS: Record<FileScan, string | null> = {
  clean: null,
  unscanned: null,
  waiting: 'not scanned yet',
  too_large: 'not scanned: larger than the scanner takes',
  infected: 'blocked: the scanner found malware in it',
  unreadable: 'not scanned: its bytes cannot be read. The stored mail has them all the same',
}

/** Whether a file is given out to nobody. */
export const isBlocked = (scan: FileScan): boolean => scan === 'infected'
