/**
 * Erasing the data of somebody who asks to be forgotten, and the register of what was erased.
 *
 * @module
 */
import { commandInputs, type Forsat } from '@forsat/application'
import { Kept } from '@forsat/domain'
import type { FastifyReply, FastifyRequest } from 'fastify'
import * as z from 'zod'
import { contextOf, creationHeaders, readHeaders } from '../asking.ts'
import { bodyWith, dataOf, recordPath } from '../command-body.ts'
import { known } from '../lists.ts'
import { type Api, answers, none, operation } from '../operation.ts'
import { granted } from '../problem.ts'
import { awaited } from '../records.ts'

const tag = 'Erasures'

const KeptView = Kept.omit({ keys: true })

const Erasure = z
  .strictObject({
    erased: z
      .array(z.string())
      .describe('The person and the records linked to it; empty where nothing was left to erase.'),
    kept: z.array(KeptView).describe('What the law keeps, why, and until when.'),
  })
  .meta({ id: 'Erasure' })

const Register = z
  .strictObject({
    erasures: z.array(
      z.strictObject({
        position: z.string(),
        id: z.string(),
        stream: z.string(),
        company: z.string().optional(),
        recordedAt: z.string(),
        actor: z.string(),
        subjects: z.array(z.string()),
        purposes: z.array(z.string()),
        ground: z.string(),
        requestedBy: z.string(),
        approvedBy: z.string().optional(),
        completeBy: z.string().describe('The last backup of the keys is gone by then.'),
        kept: z.array(KeptView),
      }),
    ),
    findings: z.array(
      z.strictObject({
        code: z.literal('ERASED_WITHOUT_RECORD'),
        position: z.string(),
        company: z.string().optional(),
        subject: z.string(),
        purpose: z.string(),
        missing: z.enum(['key', 'box']),
      }),
    ),
    keys: z.enum(['present', 'absent']).describe('Absent: nobody can tell what is lost.'),
    parts: z.strictObject({
      sealed: z.int(),
      readable: z.int(),
      erased: z.int(),
    }),
  })
  .meta({ id: 'ErasureRegister' })

const { subject, ground, requestedBy, approvedBy } = commandInputs.ErasePersonalData.shape
const dryRun = z.boolean().optional().describe('Only tells what would go and what would stay.')
const example = { ground: 'Asked for by the person', requestedBy: 'the person' }

/** Why, where whoever asks does not say. */
const usualGround = 'Asked for by the person'

interface Asked {
  readonly dryRun?: boolean
}

export const erasureRoutes = (api: Api, forsat: Forsat): void => {
  const carryOut = async (
    data: object,
    { dryRun: isTried = false }: Asked,
    request: FastifyRequest,
    reply: FastifyReply,
    occurredAt: string | undefined,
  ): Promise<z.input<typeof Erasure>> => {
    const context = contextOf(request, occurredAt)
    if (isTried) {
      const { erased, kept } = granted(await forsat.planErasure(data, context))
      return { erased: [...erased], kept: [...kept] }
    }
    const command = { type: 'ErasePersonalData', data }
    const outcome = granted(await forsat.executeUnchecked(command, context))
    await awaited(forsat, outcome.position, reply)
    const { erased, kept } = await forsat.erasureOf(outcome)
    return { erased: [...erased], kept: [...kept] }
  }

  api.post(
    '/erasures',
    {
      schema: {
        ...operation({
          summary: 'Erases the personal data of somebody',
          tag,
          role: 'manage',
          command: 'ErasePersonalData',
          description:
            'Of a contact, a user, or an opportunity without a contact, and of all that was ever linked to it. What happened stays in the history, figures stay as they are; names, addresses and notes read `{"erased":true}` for ever. Asked again it changes nothing.',
        }),
        params: none,
        querystring: none,
        headers: creationHeaders,
        body: bodyWith(
          { subject, ground, requestedBy, approvedBy, dryRun },
          { subject: '01J8ZQ4T5V6W7X8Y9Z0A1B2C3D', ...example },
        ),
        response: answers(Erasure),
      },
    },
    async (request, reply) => {
      const { occurredAt, data } = dataOf(request.body)
      const { dryRun: isTried, ...asked } = data
      return carryOut(asked, { dryRun: isTried === true }, request, reply, occurredAt)
    },
  )
  api.post(
    '/contacts/:id/erase',
    {
      schema: {
        ...operation({
          summary: 'Erases the personal data of a contact',
          tag,
          role: 'manage',
          command: 'ErasePersonalData',
        }),
        params: recordPath,
        querystring: none,
        headers: creationHeaders,
        body: bodyWith(
          {
            ground: ground.optional(),
            requestedBy: requestedBy.optional(),
            approvedBy,
            dryRun,
          },
          example,
        ).optional(),
        response: answers(Erasure),
      },
    },
    async (request, reply) => {
      const { occurredAt, data } = dataOf(request.body ?? {})
      const { dryRun: isTried, ...reasons } = data
      const { id } = request.params
      const usual = { ground: usualGround, requestedBy: request.caller.actor }
      const asked = { subject: id, ...usual, ...reasons }
      return carryOut(asked, { dryRun: isTried === true }, request, reply, occurredAt)
    },
  )
  api.get(
    '/audit/erasures',
    {
      schema: {
        ...operation({
          summary: 'The register of erasures, held against what is missing',
          tag,
          role: 'read',
          description: 'Data that is gone without an erasure was lost or taken away: a finding.',
        }),
        params: none,
        querystring: none,
        headers: readHeaders,
        response: answers(Register),
      },
    },
    async ({ caller }) => {
      const { erasures, findings, keys, parts } = await forsat.erasures(caller.company)
      return {
        erasures: erasures.map((each) => ({
          ...known(each),
          subjects: [...each.subjects],
          purposes: [...each.purposes],
          kept: [...each.kept],
        })),
        findings: findings.map(known),
        keys,
        parts,
      }
    },
  )
}
