/** The bytes of a mail as it goes over the wire. */
export const rawMail = (headers: Record<string, string>, body = 'text'): Buffer =>
  Buffer.from(
    `${Object.entries(headers)
      .map(([name, value]) => `${name}: ${value}\r\n`)
      .join('')}\r\n${body}`,
  )
