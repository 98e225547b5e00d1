/**
 * The log of a company as a bundle: what an auditor takes along and checks elsewhere.
 *
 * @module
 */
import { Readable } from 'node:stream'
import { ExportFilter, type Forsat } from '@forsat/application'
import { type BundleFile, tarEnd, tarFile } from '@forsat/ledger'
import type { FastifyReply } from 'fastify'
import * as z from 'zod'
import { contextOf, readHeaders } from '../asking.ts'
import { known } from '../lists.ts'
import { type Api, answers, none, operation } from '../operation.ts'
import { granted } from '../problem.ts'

const { from, to } = ExportFilter.shape

export const bundleRoute = (api: Api, forsat: Forsat): void => {
  api.get(
    '/audit/bundle',
    {
      schema: {
        ...operation({
          summary: 'Hands over the log as a bundle with its own verifier',
          tag: 'Audit',
          role: 'manage',
          description:
            'A tar of the company’s events, the leaves of the whole tree, signed checkpoints, sums and a program that checks them with Node alone. What is personal stays sealed. That it was taken is recorded in the log.',
        }),
        params: none,
        querystring: z.strictObject({ from, to }),
        headers: readHeaders,
        response: answers({
          description: 'The bundle.',
          content: {
            'application/x-tar': { schema: z.string().meta({ contentEncoding: 'binary' }) },
          },
        }),
      },
    },
    async (request, reply) => {
      const { company } = request.caller
      const context = { ...contextOf(request), companies: [company] }
      const { parts } = granted(forsat.export.bundle(known(request.query), context))
      return sendArchive(reply, parts)
    },
  )
}

const sendArchive = (reply: FastifyReply, files: AsyncIterable<BundleFile>) => {
  reply.header('content-disposition', 'attachment; filename="forsat-bundle.tar"')
  return reply.type('application/x-tar').send(Readable.from(archive(files)))
}

async function* archive(files: AsyncIterable<BundleFile>): AsyncGenerator<Uint8Array> {
  for await (const file of files) yield tarFile(file)
  yield tarEnd()
}
