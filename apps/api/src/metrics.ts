/**
 * Figures for a monitor, in the text format of Prometheus: how far the log and the read models are,
 * what was asked and how it was answered. Routes and statuses, no person and no record.
 *
 * @module
 */
import type { Forsat } from '@forsat/application'
import type { FastifyInstance } from 'fastify'
import { undocumented } from './operation.ts'

type Labels = Readonly<Record<string, string | number>>

const line = (name: string, labels: Labels, value: number): string => {
  const pairs = Object.entries(labels).map(([label, of]) => `${label}="${escaped(String(of))}"`)
  return pairs.length === 0 ? `${name} ${value}` : `${name}{${pairs.join(',')}} ${value}`
}

const escaped = (text: string): string =>
  text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')

interface Metric {
  readonly name: string
  readonly type: 'counter' | 'gauge'
  readonly help: string
  readonly values: readonly (readonly [Labels, number])[]
}

const written = ({ name, type, help, values }: Metric): string =>
  [
    `# HELP ${name} ${help}`,
    `# TYPE ${name} ${type}`,
    ...values.map(([labels, value]) => line(name, labels, value)),
  ].join('\n')

interface Requests {
  readonly labels: Labels
  count: number
  seconds: number
}

export const metricsRoute = (app: FastifyInstance, { store, projections }: Forsat): void => {
  const requests = new Map<string, Requests>()

  app.addHook('onResponse', async ({ method, routeOptions }, { statusCode, elapsedTime }) => {
    const labels = { method, route: routeOptions.url ?? 'unknown', status: statusCode }
    const key = Object.values(labels).join(' ')
    const known = requests.get(key) ?? { labels, count: 0, seconds: 0 }
    known.count += 1
    known.seconds += elapsedTime / 1000
    requests.set(key, known)
  })

  app.get('/metrics', undocumented, async (_request, reply) => {
    const [head, statuses] = await Promise.all([store.head(), projections.status()])
    const asked = [...requests.values()]
    const metrics: readonly Metric[] = [
      {
        name: 'forsat_log_position',
        type: 'gauge',
        help: 'Position of the last event.',
        values: [[{}, head]],
      },
      {
        name: 'forsat_projection_lag',
        type: 'gauge',
        help: 'Positions a read model is behind the log.',
        values: statuses.map(({ name, lag }) => [{ projection: name }, lag]),
      },
      {
        name: 'forsat_projection_live',
        type: 'gauge',
        help: 'Whether a read model follows the log.',
        values: statuses.map(({ name, state }) => [{ projection: name }, Number(state === 'live')]),
      },
      {
        name: 'forsat_http_requests_total',
        type: 'counter',
        help: 'Requests answered.',
        values: asked.map(({ labels, count }) => [labels, count]),
      },
      {
        name: 'forsat_http_request_seconds_total',
        type: 'counter',
        help: 'Time that answering took.',
        values: asked.map(({ labels, seconds }) => [labels, seconds]),
      },
    ]
    return reply
      .type('text/plain; version=0.0.4; charset=utf-8')
      .send(`${metrics.map(written).join('\n')}\n`)
  })
}
