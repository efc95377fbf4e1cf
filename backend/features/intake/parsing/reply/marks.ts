/** A line that only separates, such as mail programs put above what they quote. */
export const SEPARATOR = /^[>*\s]*[-_=—–]{3,}\s*$/

/** Words between dashes above a quoted mail. */
const ORIGINAL = new RegExp(
  `^[>\\s]*[-_=—–*]{2,}\\s*(${[
    'original message',
    'original-nachricht',
    'originalnachricht',
    'ursprüngliche nachricht',
    'antwort nachricht',
    "message d'origine",
    'message original',
    'mensaje original',
    'mensagem original',
    'messaggio originale',
    'oorspronkelijk bericht',
    'originalmeddelande',
    'ursprungligt meddelande',
    'oprindelig (besked|meddelelse)',
    'original(e|)? melding',
    'opprinnelig melding',
    'alkuperäinen viesti',
    'wiadomość oryginalna',
    'původní zpráva',
    'eredeti üzenet',
    'исходное сообщение',
    '原始邮件',
    '原始郵件',
    '元のメッセージ',
    '원본 메시지',
    'reply message',
    'reply above this line',
  ].join('|')})\\s*[-_=—–*]*\\s*$`,
  'i',
)

const REPLY_ABOVE =
  /^#{2,}.{0,20}reply above this line.{0,20}#{2,}$|^[-=#\s]*(please )?(type your )?reply above this line[-=#\s]*$/i

export const isSeparatingWords = (line: string): boolean =>
  line.length <= 120 &&
  (ORIGINAL.test(line) || /^[>\s]*-{3,}.{1,60} wrote -{3,}\s*$/i.test(line) || REPLY_ABOVE.test(line.trim()))

/** How mail programs call the fields of a mail that they quote. */
const SENDER =
  /^[>*\s]*(from|von|de|da|fra|från|van|od|от|отправитель|lähettäjä|gönderen|kimden|feladó|expéditeur|发件人|寄件者|差出人|보낸 사람)\*? ?[:：]\*? ?\S/i
export const isSender = (line: string): boolean => line.length <= 400 && SENDER.test(line)

const FIELDS =
  /^[>*\s]*(sent|date|to|cc|subject|reply-to|gesendet|datum|an|kopie|betreff|envoyé( le)?|à|a|copie( à)?|objet|sujet|inviato|data|oggetto|enviado( el| em)?|para|asunto|assunto|fecha|til|dato|emne|kopi|sendt|till|skickat|ämne|verzonden|aan|onderwerp|do|wysłano|temat|kopia|lähetetty|vastaanottaja|aihe|päivämäärä|дата|кому|копия|тема|отправлено|发送时间|收件人|主题|寄件日期|收件者|主旨|送信日時|宛先|件名|보낸 날짜|받는 사람|제목)\*? ?[:：]/i
const MESSAGE_OF = /^[>\s]*message du ?:/i

/** How many lines below the sender the other fields stand; long values go over several lines. */
const FIELDS_WITHIN = 8

/** Whether the header of a quoted mail begins here: its sender, and at least two more of its fields. */
export function isQuotedHeader(lines: readonly string[], at: number): boolean {
  const line = lines[at] ?? ''
  if (
    line.length > 400 ||
    !(SENDER.test(line) || MESSAGE_OF.test(line) || /^[>*\s]*(date|data|sent|datum)\*? ?:/i.test(line))
  )
    return false
  const next = lines.slice(at + 1, at + 1 + FIELDS_WITHIN)
  const fields = next.filter((one) => one.length <= 1_000 && (FIELDS.test(one) || SENDER.test(one)))
  return fields.length >= 2
}

/** Words for writing, as the line above a quote has them. */
const WROTE =
  /(wrote|writes|\bsent:|schrieb|a écrit|écrit|escribió|ha scritto|scrisse|schreef|geschreven|skrev|escreveu|napisał(a|\(a\))?|kirjoitti|написал(а|\(а\))?|пишет|писал(а|\(а\))?|napsal(a|\(a\))?|írta|yazdı|a scris|έγραψε|napísal|je napisa[ol]|написа|пише|va escriure|kirjutas|rašė|rakstīja|skrifaði|menulis|đã viết|כתב|كتب|เขียน|のメール|写道|寫道|작성)/i
const ADDRESS_AT_END = /[<(\s"][^\s<>()]{1,120}@[^\s<>()]{1,250}[>)]?"?>?\s*:?\s*$/
const ENDS_BY_COLON = /[:：]\s*$/
const HAS_TIME = /\d{1,2}[:.h]\d{2}|\b(19|20)\d\d\b|\d{1,2}[/.-]\d{1,2}[/.-]\d{2}/

/** However mail programs wrap it. */
const MOST_LINES = 5
const LONGEST = 400

/**
 * How many lines from here are the line above a quote, such as "On 3 May 2026, Ada <ada@example.com> wrote:"; 0 when they are none.
 * Any language: a time, then a word for writing or an address at the end; or either of them right above quoted lines.
 */
export function attributionLines(lines: readonly string[], at: number, looksBelow = true): number {
  if (!/[\d<]|@/.test(lines[at] ?? '') && !WROTE.test(lines[at] ?? '')) return 0
  let joined = ''
  for (let count = 1; count <= MOST_LINES; count++) {
    const inner = withoutMark(lines[at + count - 1])
    joined = `${joined} ${inner}`.trim()
    if (inner === '' && (count === 1 || !HAS_TIME.test(joined))) return 0
    if (joined.length > LONGEST) return 0
    if (isAttribution(joined, lines, at + count))
      return count > 1 && looksBelow && !beginsOne(lines[at]) && attributionLines(lines, at + 1, false) > 0 ? 0 : count
  }
  return 0
}

/** A line with a time in it that is no end of a sentence; any other may be the last one of what somebody wrote. */
const beginsOne = (line = ''): boolean => HAS_TIME.test(line) && !/[.!?]\s*$/.test(line)

const withoutMark = (line = ''): string => line.trim().replace(/^(> ?)+/, '')

function isAttribution(words: string, lines: readonly string[], next: number): boolean {
  const wrote = WROTE.exec(words)
  const ends = ENDS_BY_COLON.test(words)
  const atEnd = wrote !== null && (ends || /^[\s:\-—>)]*$/.test(words.slice(wrote.index + wrote[0].length)))
  const addressed = ADDRESS_AT_END.test(words)
  if (HAS_TIME.test(words) && (atEnd || (ends && addressed))) return true
  if (!((atEnd && addressedAnywhere(words)) || (addressed && HAS_TIME.test(words)))) return false
  const below = lines.slice(next).find((line) => line.trim() !== '') ?? ''
  return isQuoted(below) && !isTail(below)
}

/** The bracket of an address that was wrapped looks like the mark of a quote: `> wrote:`. */
const isTail = (line: string): boolean =>
  line.length <= 40 && WROTE.test(line) && ENDS_BY_COLON.test(line) && !HAS_TIME.test(line)

const addressedAnywhere = (words: string): boolean => /[^\s<>()]{1,120}@[^\s<>()]{1,250}/.test(words)

/** The program puts this between an answer and the mail that it answers, which it does not mark. */
export const isOutlookMobile = (line: string): boolean =>
  line.length <= 300 && isDeviceLine(line) && /outlook/i.test(line) && /https:\/\/aka\.ms\//i.test(line)

/** What stands below is what the mail is about: it was passed on. */
export const isForwarding = (line: string): boolean =>
  line.length <= 120 &&
  /^[-\s]{0,40}(begin forwarded message|forwarded message|fwd|weitergeleitete nachricht|anfang der weitergeleiteten nachricht|message transféré|mensaje reenviado|messaggio inoltrato|mensagem encaminhada|doorgestuurd bericht|пересылаемое сообщение)[-:\s]{0,40}$/i.test(
    line.trim(),
  )

/** Formal closings: what follows in a few short lines is who wrote, which the desk shows anyway. */
const CLOSING =
  /^((kind|best|warm|many)? ?regards|yours (sincerely|faithfully|truly)|sincerely( yours)?|mit freundlichen grüßen|freundliche grüße|viele grüße|cordialement|bien cordialement|cordiali saluti|distinti saluti|atentamente|un saludo|saludos( cordiales)?|atenciosamente|met vriendelijke groet|med vänlig hälsning|med venlig hilsen|z poważaniem|с уважением)\s*[,.!]?$/i

export const isClosing = (line: string): boolean => line.length <= 60 && CLOSING.test(line.trim())

const DEVICE =
  /^[>\s]*(sent (from|via|with|using)|get outlook for|envoyé (depuis|de|à partir de|avec)|télécharger outlook|gesendet (von|mit|über)|von meinem .{1,30} gesendet|enviado (desde|do|de|a partir)|inviato (da|dal)|verzonden (vanaf|met|vanuit|door)|skickat från|sendt fra|wysłan[eo] z|lähetetty|отправлено (из|с|от)|odesláno z)\b[^,.;!?]{0,80}(<[^<>\s]{1,200}>|\([^()\s]{1,200}\))?\.?\s*$/i

/** "Sent from my iPhone": nothing that anybody wrote. */
export const isDeviceLine = (line: string): boolean => line.length <= 300 && DEVICE.test(line.trim())

export const isSignatureMark = (line: string): boolean => /^[>\s]*(--|—|__) ?$/.test(line)

export const isQuoted = (line: string): boolean => /^\s{0,3}(>|\|)/.test(line) && !/^\s*\|.*\|.*\|/.test(line)
