import { fileTypeFromBuffer } from 'file-type'

/** First bytes of a file that are enough to tell what it is. */
export const HEAD_BYTES = 4_100

const OTHER = 'application/octet-stream'

/** Texts that are what their sender says, because bytes do not tell them apart. */
const TEXTS = new Set(['text/plain', 'text/csv', 'text/calendar', 'text/vcard', 'application/json', 'message/rfc822'])

/** What a browser would run or follow, under whatever name it comes. */
const MARKUP =
  /^\s*(?:<\?xml|<!--|<!doctype|<html|<head|<body|<script|<svg|<iframe|<img|<a\s|<table|<div|<p>|<style|<link|<meta)/i

/**
 * What a file is, by its content; the mail's word counts only among texts.
 * @param head its first HEAD_BYTES
 */
export async function typeOf(head: Buffer, declared: string): Promise<string> {
  if (head.length === 0) return OTHER
  const found = await fileTypeFromBuffer(head)
  if (found) return found.mime
  if (!isText(head)) return OTHER
  if (MARKUP.test(head.toString('latin1')))
    return /svg/i.test(head.toString('latin1', 0, 1_000)) ? 'image/svg+xml' : 'text/html'
  return TEXTS.has(declared) ? declared : 'text/plain'
}

/** Text has neither zero bytes nor other control characters, whatever its charset. */
function isText(head: Buffer): boolean {
  for (const byte of head) if (byte < 9 || (byte > 13 && byte < 27) || (byte > 27 && byte < 32)) return false
  return true
}

/** What a browser may show in place: pictures, and text that it is told is text. Everything else is saved. */
const SHOWN = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'text/plain'])

export const mayBeShown = (contentType: string): boolean => SHOWN.has(contentType)

/** Types that are served under their own name; all others as bytes that nobody knows. */
const NAMED = new Set([...SHOWN, 'application/pdf', 'text/csv', 'text/calendar', 'application/zip'])

export const servedAs = (contentType: string): string => {
  if (!NAMED.has(contentType)) return OTHER
  return contentType.startsWith('text/') ? `${contentType}; charset=utf-8` : contentType
}
