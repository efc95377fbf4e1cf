/** A header value as a reader sees it: encoded words opened, raw 8-bit bytes read as UTF-8 where they are UTF-8. */
export function decodeWords(value: string): string {
  return asText(Buffer.from(value, 'latin1'))
    .replace(/(=\?[^?\s]+\?[bq]\?[^?]*\?=)\s+(?==\?[^?\s]+\?[bq]\?)/gi, '$1')
    .replace(
      /=\?([^?\s*]+)(?:\*[^?]*)?\?([bq])\?([^?]*)\?=/gi,
      (whole, charset: string, kind: string, data: string) => {
        const bytes = kind.toLowerCase() === 'b' ? Buffer.from(data, 'base64') : fromQ(data)
        return decodeBytes(bytes, charset) ?? whole
      },
    )
}

/** Text of bytes in a declared charset, or undefined when the charset is unknown. */
export function decodeBytes(bytes: Buffer, charset: string): string | undefined {
  try {
    return new TextDecoder(charset).decode(bytes)
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

export function encodeWord(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text)) return text
  return `=?UTF-8?B?${Buffer.from(text).toString('base64')}?=`
}

const asText = (bytes: Buffer) => {
  const text = bytes.toString('utf8')
  return text.includes('\ufffd') ? bytes.toString('latin1') : text
}

const fromQ = (data: string) =>
  Buffer.from(
    data
      .replace(/_/g, ' ')
      .replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  )
