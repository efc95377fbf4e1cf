import { keepLake } from './features/analytics/index.ts'
import { giveWay } from './platform/priority.ts'
import { runProcess } from './process.ts'

await giveWay() // whoever waits for a page comes before figures
await runProcess('lake', keepLake)
