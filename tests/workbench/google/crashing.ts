import { ADA, fromAda, NORA, question, start } from './start.ts'

/** Delivers mails for ever and names each one only after it was taken, until somebody kills the process. */
const google = await start({ dataDir: process.argv[2] ?? '' })
for (let n = 0; ; n++) {
  const { copies } = google.deliver(
    question([], `<q${n}@customer.example>`),
    n % 2 ? fromAda : { from: ADA, to: [NORA] },
  )
  if (!process.stdout.write(`${copies[0]?.id}\n`)) await new Promise((done) => process.stdout.once('drain', done))
}
