import type { Ctx } from '../../context.ts'
import { ParserFailed } from './parsing/child-process.ts'

/**
 * What a stored mail says to a reader, whatever its encoding: people, subject and text, without its attachments.
 * @returns nothing for a mail that cannot be read
 */
export async function wordsOfMail(ctx: Ctx, raw: Buffer): Promise<string> {
  try {
    const { subject, from, replyTo, to, cc, text } = await ctx.mailParser.parse(raw, async () => {})
    const people = [...(from ? [from] : []), ...replyTo, ...to, ...cc].map(({ name, address }) => `${name} ${address}`)
    return [subject, ...people, text].join('\n')
  } catch (error) {
    if (error instanceof ParserFailed) return ''
    throw error
  }
}
