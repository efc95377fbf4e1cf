const LF = 10
const CR = 13

/**
 * Repairs what parsers trip over, without touching a body: a leading mbox "From " line, lone CRs as line ends, and header bytes
 * that are neither ASCII nor UTF-8. A mail that has no LF at all gets its CRs replaced throughout.
 */
export function prepare(raw: Buffer): Buffer {
  const mail = withoutMboxLine(raw.includes(LF) ? raw : Buffer.from(raw.map((byte) => (byte === CR ? LF : byte))))
  const end = endOfHeader(mail)
  const header = asUtf8(withoutLoneCr(mail.subarray(0, end)))
  return header.equals(mail.subarray(0, end)) ? mail : Buffer.concat([header, mail.subarray(end)])
}

function withoutMboxLine(mail: Buffer): Buffer {
  if (!/^>?From /.test(mail.toString('latin1', 0, 6))) return mail
  const lineEnd = mail.indexOf(LF)
  return lineEnd < 0 ? mail : mail.subarray(lineEnd + 1)
}

/** Where the first empty line begins. */
function endOfHeader(mail: Buffer): number {
  const ends = ['\n\n', '\r\n\r\n', '\n\r\n', '\r\r'].map((mark) => mail.indexOf(mark)).filter((at) => at >= 0)
  return ends.length === 0 ? mail.length : Math.min(...ends)
}

const withoutLoneCr = (header: Buffer): Buffer => {
  for (let at = header.indexOf(CR); at >= 0; at = header.indexOf(CR, at + 1))
    if (header[at + 1] !== LF && at + 1 < header.length)
      return Buffer.from(header.toString('latin1').replace(/\r(?!\n|$)/g, '\n'), 'latin1')
  return header
}

function asUtf8(header: Buffer): Buffer {
  if (isUtf8(header)) return header
  return Buffer.from(new TextDecoder('windows-1252').decode(header))
}

const strict = new TextDecoder('utf-8', { fatal: true })

export function isUtf8(bytes: Uint8Array): boolean {
  try {
    strict.decode(bytes)
    return true
  } catch (error) {
    if (error instanceof TypeError || (error as { name?: string }).name === 'TypeError') return false
    throw error
  }
}
