/**
 * The server: what it lets in, what it serves, and how it ends.
 *
 * @module
 */
import { existsSync } from 'node:fs'
import { constants } from 'node:zlib'
import compress from '@fastify/compress'
import rateLimit from '@fastify/rate-limit'
import serveFiles from '@fastify/static'
import type { Forsat } from '@forsat/application'
import Fastify, { type FastifyBaseLogger, type FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { identifying } from './caller.ts'
import { closingOf } from './closing.ts'
import { needFeature } from './feature.ts'
import { healthRoutes } from './health.ts'
import { jsonBodies } from './json-bodies.ts'
import { type Logging, loggerOf, RequestLog } from './logging.ts'
import { metricsRoute } from './metrics.ts'
import { documentation } from './openapi.ts'
import { undocumented } from './operation.ts'
import { type Patience, usualPatience } from './patience.ts'
import { problems, respond, respondUnread } from './problem.ts'
import { readQueryString } from './query-string.ts'
import { accessRoute } from './routes/access.ts'
import { assignmentRoutes } from './routes/assignment.ts'
import { auditRoutes } from './routes/audit.ts'
import { bundleRoute } from './routes/bundle.ts'
import { catalogueRoutes } from './routes/catalogue.ts'
import { companyRoutes } from './routes/companies.ts'
import { contactRoutes } from './routes/contacts.ts'
import { erasureRoutes } from './routes/erasures.ts'
import { eventRoutes } from './routes/events.ts'
import { exchangeRateRoutes } from './routes/exchange-rates.ts'
import { opportunityRoutes } from './routes/opportunities.ts'
import { orderRoutes } from './routes/orders.ts'
import { projectionRoutes } from './routes/projections.ts'
import { publicRoutes } from './routes/public.ts'
import { quotationRoutes } from './routes/quotations.ts'
import { reportRoutes } from './routes/reports.ts'
import { scoringRoutes } from './routes/scoring.ts'
import { templateRoutes } from './routes/templates.ts'
import { testClockRoute } from './routes/test-clock.ts'
import { userRoutes } from './routes/users.ts'
import { checkingSerializerCompiler, serializerCompiler, validatorCompiler } from './schemas.ts'
import { securityHeaders } from './security-headers.ts'
import { unansweredOf } from './unanswered.ts'
import { limitVisitors, usualVisitorLimits, type VisitorLimits } from './visitors.ts'

export interface AppOptions {
  readonly forsat: Forsat
  /** `none` takes every caller for the local user: only for a server that nobody else can reach. */
  readonly auth: 'keys' | 'none'
  /** The clock that `PUT /v1/test/clock` moves; without it there is no such route. */
  readonly testClock?: { set(instant: string): void } | undefined
  /** The folder of the pages; without it `/` leads to the documentation. */
  readonly webRoot?: string | undefined
  readonly logging?: Logging | undefined
  /** How many requests a caller may send a minute. */
  readonly requestsPerMinute?: number | undefined
  /** How many those may send who come without a key, by a customer's link. */
  readonly visitorLimits?: VisitorLimits | undefined
  /** How long it waits for whom, and how much it takes on at once, where that is not as usual. */
  readonly patience?: Partial<Patience> | undefined
  /** Where customers reach the server, without a slash at the end; else where a request came to. */
  readonly publicUrl?: string | undefined
  /** Holds every answer to its schema once more; for tests. */
  readonly checkAnswers?: boolean | undefined
}

const usualRequestsPerMinute = 120_000
const bodyLimit = 256 * 1024

/** Small answers take longer to compress than to send, and so do larger ones at the highest quality. */
const compression = {
  threshold: 8 * 1024,
  brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } },
  globalDecompression: false,
}

/** A clock at which what comes due is done: mails are sent, though nobody waits for them, and leads dealt out. */
const movedAloud = (
  clock: { set(instant: string): void },
  forsat: Forsat,
  log: FastifyBaseLogger,
) => ({
  set: (instant: string) => {
    clock.set(instant)
    forsat
      .deliverDue({ actor: 'system:mail' })
      .catch((error: unknown) => log.warn({ err: error }, 'mails'))
    forsat
      .assignDue({ actor: 'system:assignment' })
      .catch((error: unknown) => log.warn({ err: error }, 'leads'))
  },
})

export const createApp = async ({
  forsat,
  auth,
  testClock,
  webRoot,
  logging,
  requestsPerMinute = usualRequestsPerMinute,
  visitorLimits = usualVisitorLimits,
  patience: unusual,
  publicUrl,
  checkAnswers = false,
}: AppOptions): Promise<FastifyInstance> => {
  const patience = { ...usualPatience, ...unusual }
  const app = Fastify({
    logger: loggerOf(logging),
    logController: new RequestLog(),
    return503OnClosing: false,
    bodyLimit,
    genReqId: () => forsat.ids.next(),
    routerOptions: { querystringParser: readQueryString, maxParamLength: 200 },
    frameworkErrors: respond,
    clientErrorHandler: respondUnread,
    requestTimeout: patience.requestMs,
    http: { headersTimeout: patience.headMs, connectionsCheckingInterval: patience.lookMs },
  })
  await app.register(problems)
  const unanswered = unansweredOf(app, { most: patience.unanswered })
  const closing = closingOf(app, unanswered)
  const secured = securityHeaders({
    contentSecurityPolicy: { directives: { upgradeInsecureRequests: null } },
  })
  app.addHook('onRequest', async (_request, reply) => {
    reply.headers(secured)
  })
  await app.register(compress, compression)
  await app.register(rateLimit, {
    max: requestsPerMinute,
    timeWindow: '1 minute',
    // However the scheme is written: a key is counted as one.
    keyGenerator: ({ headers, ip }) => headers.authorization?.replace(/^bearer +/i, '') ?? ip,
  })
  await documentation(app)
  healthRoutes(app, forsat)
  metricsRoute(app, forsat)

  await app.register(
    async (scope) => {
      // Only in this scope: routes of plugins carry schemas of other kinds.
      scope.setValidatorCompiler(validatorCompiler)
      scope.setSerializerCompiler(checkAnswers ? checkingSerializerCompiler : serializerCompiler)
      jsonBodies(scope)
      scope.addHook('onRequest', async (_request, reply) => {
        reply.header('cache-control', 'no-store')
      })
      scope.addHook('onRequest', identifying({ forsat, auth }))

      const api = scope.withTypeProvider<ZodTypeProvider>()
      opportunityRoutes(api, forsat)
      quotationRoutes(api, forsat, { publicUrl })
      orderRoutes(api, forsat)
      contactRoutes(api, forsat)
      erasureRoutes(api, forsat)
      bundleRoute(api, forsat)
      accessRoute(api, forsat)
      catalogueRoutes(api, forsat)
      await scope.register(async (templates) => {
        needFeature(templates, forsat, 'templates')
        templateRoutes(templates.withTypeProvider<ZodTypeProvider>(), forsat)
      })
      companyRoutes(api, forsat)
      exchangeRateRoutes(api, forsat)
      assignmentRoutes(api, forsat)
      userRoutes(api, forsat)
      scoringRoutes(api, forsat)
      reportRoutes(api, forsat)
      eventRoutes(api, forsat, { closing, patience })
      auditRoutes(api, forsat)
      projectionRoutes(api, forsat)
      if (testClock !== undefined) testClockRoute(api, movedAloud(testClock, forsat, scope.log))
      await scope.register(async (visited) => {
        limitVisitors(visited, visitorLimits)
        publicRoutes(visited.withTypeProvider<ZodTypeProvider>(), forsat)
      })
    },
    { prefix: '/v1' },
  )

  if (webRoot !== undefined && existsSync(webRoot)) {
    await app.register(serveFiles, { root: webRoot, wildcard: false })
    // The page is the same for every link: what is behind one, it asks the API. Helmet sends no referrer.
    app.get('/q/:token', undocumented, async (_request, reply) =>
      reply.header('cache-control', 'no-store').sendFile('quotation.html', { cacheControl: false }),
    )
  } else {
    app.get('/', undocumented, async (_request, reply) => reply.redirect('/docs'))
  }
  return app
}
