const EXTENSIONS: Record<string, string> = {
  'text/calendar': 'ics',
  'text/plain': 'txt',
  'text/html': 'html',
  'text/csv': 'csv',
  'image/jpeg': 'jpg',
  'image/svg+xml': 'svg',
  'message/rfc822': 'eml',
  'message/delivery-status': 'txt',
  'application/pdf': 'pdf',
  'application/zip': 'zip',
}

/** A name for a part that came without one, so that it can be saved and told apart. */
export function nameFor(contentType: string, position: number): string {
  const [kind = 'attachment', subtype = ''] = contentType.split('/')
  const known = EXTENSIONS[contentType] ?? (kind === 'image' && /^[a-z0-9]{2,5}$/.test(subtype) ? subtype : 'bin')
  const stem = kind === 'image' ? 'image' : contentType === 'message/rfc822' ? 'message' : 'attachment'
  return `${stem}-${position}.${known}`
}

/** A file name as it may be shown and saved: no path, no control character, not longer than file systems take. */
export const safeName = (name: string): string =>
  name
    .replace(/\p{Cc}/gu, '')
    .replace(/[/\\]/g, '_')
    .trim()
    .slice(-200)
    .toWellFormed()
