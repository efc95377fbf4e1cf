/** A line that only separates, such as mail programs put above what they quote. */
export const SEPARATOR = /^[>*\s]*[-_=—–]{5,}\s*$/

/** Words between dashes above a quoted mail. */
const ORIGINAL = new RegExp(
  `^[>\\s]*[-_=—–*]{2,}\\s*(${[
    'original message',
    'original-nachricht',
    'originalnachricht',
    'ursprüngliche nachricht',
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
    'пересылаемое сообщение',
    'пересланное сообщение',
    '原始邮件',
    '原始郵件',
    '元のメッセージ',
    '원본 메시지',
    'forwarded message',
    'weitergeleitete nachricht',
    'message transféré',
    'mensaje reenviado',
    'reply message',
    'reply above this line',
  ].join('|')})\\s*[-_=—–*]*\\s*$`,
  'i',
)

const REPLY_ABOVE =
  /^#{2,}.{0,20}reply above this line.{0,20}#{2,}$|^[-=#\s]*(please )?(type your )?reply above this line[-=#\s]*$/i

export const isSeparatingWords = (line: string): boolean =>
  line.length <= 120 && (ORIGINAL.test(line) || REPLY_ABOVE.test(line.trim()))

/** How mail programs call the fields of a mail that they quote. */
const SENDER =
  /^[>*\s]*(from|von|de|da|fra|från|van|od|от|отправитель|lähettäjä|gönderen|kimden|feladó|expéditeur|发件人|寄件者|差出人|보낸 사람)\*? ?[:：]\*? ?\S/i
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

/** Verbs and words that end or stand in the line above a quote. */
const WROTE =
  /(wrote|writes|schrieb|a écrit|écrit|escribió|ha scritto|scrisse|schreef|skrev|escreveu|napisał(a|\(a\))?|kirjoitti|написал(а|\(а\))?|пишет|писал(а|\(а\))?|napsal(a|\(a\))?|írta|yazdı|a scris|έγραψε|のメール|写道|寫道|작성)/i
const ADDRESS_AT_END = /[<(\s"][^\s<>()]{1,120}@[^\s<>()]{1,250}[>)]?"?>?\s*:?\s*$/
const ENDS_BY_COLON = /[:：]\s*$/
const HAS_TIME = /\d{1,2}[:.h]\d{2}|\b(19|20)\d\d\b|\d{1,2}[/.-]\d{1,2}[/.-]\d{2}/

/** A line of its own, however long its words are wrapped. */
const MOST_LINES = 4
const LONGEST = 400

/**
 * How many lines from here are the line above a quote, such as "On 3 May 2026, Ada <ada@example.com> wrote:"; 0 when they are none.
 * Any language: a time, then a word for writing or an address at the end.
 */
export function attributionLines(lines: readonly string[], at: number): number {
  let joined = ''
  for (let count = 1; count <= MOST_LINES; count++) {
    const line = lines[at + count - 1]?.trim() ?? ''
    const inner = line.replace(/^(> ?)+/, '')
    if (inner === '' && count <= 1) return 0
    joined = `${joined} ${inner}`.trim()
    if (joined.length > LONGEST) return 0
    if (isAttribution(joined)) return count
    if (inner === '' && !/<$/.test(joined)) return 0
  }
  return 0
}

function isAttribution(words: string): boolean {
  if (!HAS_TIME.test(words)) return false
  const wrote = WROTE.exec(words)
  if (wrote && (ENDS_BY_COLON.test(words) || wrote.index + wrote[0].length >= words.length - 2)) return true
  return ENDS_BY_COLON.test(words) && ADDRESS_AT_END.test(words)
}

const DEVICE =
  /^[>\s]*(sent (from|via|with|using)|get outlook for|envoyé (depuis|de|à partir de|avec)|télécharger outlook|gesendet (von|mit|über)|von meinem .{1,30} gesendet|enviado (desde|do|de|a partir)|inviato (da|dal)|verzonden (vanaf|met|vanuit|door)|skickat från|sendt fra|wysłan[eo] z|lähetetty|отправлено (из|с|от)|odesláno z)\b[^,.;!?]{0,80}(<[^<>\s]{1,200}>|\([^()\s]{1,200}\))?\.?\s*$/i

/** "Sent from my iPhone": nothing that anybody wrote. */
export const isDeviceLine = (line: string): boolean => line.length <= 300 && DEVICE.test(line.trim())

export const isSignatureMark = (line: string): boolean => /^[>\s]*(--|—|__) ?$/.test(line)

export const isQuoted = (line: string): boolean => /^\s{0,3}(>|\|)/.test(line) && !/^\s*\|.*\|.*\|/.test(line)
