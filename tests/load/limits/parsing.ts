import { simpleParser } from 'mailparser'
import { makeMails } from '../mail/mails.ts'

/** One thread that does nothing but parse the measured mails. Prints mails a second. */
const mails = makeMails(Number(process.argv[2]), 11)
for (const mail of mails.slice(0, 100)) await simpleParser(mail)
const started = performance.now()
for (const mail of mails) await simpleParser(mail)
console.log(`parses ${mails.length / ((performance.now() - started) / 1_000)}`)
