import type { Mailer } from './story.ts'

export interface Quoted {
  from: string
  text: string
  at: Date
}

export interface Look {
  text: string
  html?: string
  headers: Record<string, string>
}

/** The body as this program writes it, with the mail it answers quoted in the program's own way. */
export function lookOf(mailer: Mailer, text: string, quoted?: Quoted): Look {
  switch (mailer) {
    case 'plain':
      return {
        text: quoted ? `${text}\n\n${introduction(quoted)}\n${arrows(quoted.text)}` : text,
        headers: { 'User-Agent': 'Mozilla Thunderbird' },
      }
    case 'phone':
      return {
        text: quoted ? `${text}\n\nSent from my phone\n\n> ${introduction(quoted)}\n${arrows(quoted.text)}` : text,
        headers: { 'X-Mailer': 'iPhone Mail (22G100)' },
      }
    case 'gmail':
      return gmail(text, quoted)
    case 'apple':
      return apple(text, quoted)
    case 'outlook':
      return outlook(text, quoted)
  }
}

function gmail(text: string, quoted?: Quoted): Look {
  const quote = quoted
    ? `<br><div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">${escaped(introduction(quoted))}<br></div><blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);padding-left:1ex">${lines(quoted.text)}</blockquote></div>`
    : ''
  return {
    text: quoted ? `${text}\n\n${introduction(quoted)}\n\n${arrows(quoted.text)}` : text,
    html: `<div dir="ltr">${text
      .split('\n')
      .map((line) => `<div>${escaped(line) || '<br>'}</div>`)
      .join('')}</div>${quote}`,
    headers: {},
  }
}

function apple(text: string, quoted?: Quoted): Look {
  const quote = quoted
    ? `<div><br><blockquote type="cite"><div>${escaped(introduction(quoted))}</div><br class="Apple-interchange-newline"><div>${lines(quoted.text)}</div></blockquote></div>`
    : ''
  return {
    text: quoted ? `${text}\n\n> ${introduction(quoted)}\n${arrows(quoted.text)}` : text,
    html: `<html><head><meta http-equiv="content-type" content="text/html; charset=utf-8"></head><body style="overflow-wrap: break-word; -webkit-nbsp-mode: space; line-break: after-white-space;">${lines(text)}${quote}</body></html>`,
    headers: { 'X-Mailer': 'Apple Mail (2.3826.700.81)' },
  }
}

const OUTLOOK_STYLE =
  '<style><!-- @font-face {font-family:Aptos;} p.MsoNormal, li.MsoNormal, div.MsoNormal {margin:0cm; font-size:11.0pt; font-family:"Aptos",sans-serif;} --></style>'

function outlook(text: string, quoted?: Quoted): Look {
  const head = quoted ? `From: ${quoted.from}\nSent: ${quoted.at.toUTCString()}\n` : ''
  const quote = quoted
    ? `<div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm">${paragraphs(head)}</div>${paragraphs(quoted.text)}`
    : ''
  return {
    text: quoted ? `${text}\n\n________________________________\n${head}\n${quoted.text}` : text,
    html: `<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word"><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8">${OUTLOOK_STYLE}</head><body lang="EN-GB" link="#467886" style="word-wrap:break-word"><div class="WordSection1">${paragraphs(text)}${quote}</div></body></html>`,
    headers: { 'X-Mailer': 'Microsoft Outlook 16.0', 'Thread-Index': 'AQHbPq0m3cFh2JkXw0eWq1c8lS4vUg==' },
  }
}

const introduction = ({ from, at }: Quoted) =>
  `On ${at.toLocaleDateString('en-GB', { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' })} at ${at.toISOString().slice(11, 16)}, ${from} wrote:`

const arrows = (text: string) =>
  text
    .split('\n')
    .map((line) => (line ? `> ${line}` : '>'))
    .join('\n')

const lines = (text: string) =>
  text
    .split('\n')
    .map((line) => `<div>${escaped(line) || '<br>'}</div>`)
    .join('')

const paragraphs = (text: string) =>
  text
    .split('\n')
    .map((line) => `<p class="MsoNormal">${escaped(line) || '<o:p>&nbsp;</o:p>'}</p>`)
    .join('')

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
