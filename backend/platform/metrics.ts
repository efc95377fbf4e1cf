import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

export type Metrics = ReturnType<typeof createMetrics>

/** What /metrics answers, in Prometheus' format; labels hold closed sets only, never ids or addresses. */
export function createMetrics(options: { runtime: boolean } = { runtime: true }) {
  const registry = new Registry()
  const registers = [registry]
  if (options.runtime) collectDefaultMetrics({ register: registry })
  const buckets = [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10]
  return {
    registry,
    requests: new Histogram({
      name: 'sidedesk_http_request_seconds',
      help: 'Time to answer, by endpoint and status',
      labelNames: ['endpoint', 'status'],
      buckets,
      registers,
    }),
    jobs: new Histogram({
      name: 'sidedesk_job_seconds',
      help: 'Time of a job, by its name and how it ended',
      labelNames: ['job', 'outcome'],
      buckets,
      registers,
    }),
    mails: new Counter({
      name: 'sidedesk_mails_total',
      help: 'Mails read, by how they ended',
      labelNames: ['outcome'],
      registers,
    }),
    outside: new Counter({
      name: 'sidedesk_outside_calls_total',
      help: 'Calls to other systems, by system, method and how they ended',
      labelNames: ['system', 'method', 'outcome'],
      registers,
    }),
    webhooks: new Counter({
      name: 'sidedesk_webhooks_total',
      help: 'Webhooks that came in, by system, topic and what became of them',
      labelNames: ['system', 'topic', 'outcome'],
      registers,
    }),
    liveViewers: new Gauge({
      name: 'sidedesk_live_viewers',
      help: 'Pages that are kept up to date by this process right now',
      registers,
    }),
    freedWorkers: new Gauge({
      name: 'sidedesk_freed_workers',
      help: 'Workers found dead whose jobs were given back since this process started',
      registers,
    }),
  }
}
